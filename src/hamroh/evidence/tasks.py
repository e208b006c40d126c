"""Background work of profiles."""

from django_tasks import task

from hamroh.evidence.actions import postponing
from hamroh.web import daily


@task()
def remind_reviewers_daily() -> int:
    """Remind reviewers whose last day is near; the worker starts it once, and it comes again by itself."""
    daily.again(remind_reviewers_daily)
    return postponing.remind()
