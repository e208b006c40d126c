"""Background work of what came in."""

from django_tasks import task

from hamroh.fieldwork.actions import taking_out
from hamroh.vault import journal
from hamroh.web import daily


@task()
def wipe_answers_daily() -> int:
    """Wipe files of answers whose time is over; it comes again by itself."""
    daily.again(wipe_answers_daily)
    with journal.openings("task"):
        return taking_out.wipe_expired()
