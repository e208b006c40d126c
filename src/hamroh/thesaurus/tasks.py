"""Work that need not be waited for."""

from django_tasks import task

from hamroh.thesaurus import actions


@task()
def index_scheme(code: str) -> int:
    """Bring the public index up to date with one vocabulary."""
    return actions.index_scheme(actor=None, code=code)
