"""Background work of the index."""

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from hamroh.search import actions


@task()
def rebuild_index() -> int:
    """Write the whole index anew from the producers that the settings name (``SEARCH_PRODUCERS``)."""
    return actions.rebuild([import_string(name) for name in settings.SEARCH_PRODUCERS])
