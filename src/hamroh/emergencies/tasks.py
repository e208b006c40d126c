"""Background work of emergencies: tasks that are due soon or late are told of."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from hamroh.emergencies.actions.work import raise_late_tasks
from hamroh.vault import journal
from hamroh.web import daily

#: how often it is looked
EVERY = dt.timedelta(minutes=10)


@task()
def raise_late_tasks_often() -> list[int]:
    """Remind who has a task, and tell who leads what is late; it comes again by itself, in ten minutes."""
    daily.again(raise_late_tasks_often, moment=timezone.now() + EVERY)
    with journal.openings("task"):
        return raise_late_tasks()
