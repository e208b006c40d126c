"""What the worker does for the library."""

from django_tasks import task

from hamroh.library import actions
from hamroh.library.models import Attachment


@task()
def take_words(file: str) -> None:
    """Read the words of a file into the index; a file that was removed meanwhile is nothing to do."""
    found = Attachment.objects.filter(pk=file).first()
    if found is not None:
        actions.take_words(actor=None, file=found)
