"""Background work of bulletins: letters go out, stories whose time is over leave, readers who never said yes are forgotten."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from hamroh.bulletins import actions
from hamroh.vault import journal
from hamroh.web import daily

#: how often it is looked
EVERY = dt.timedelta(minutes=2)


@task()
def send_bulletins_often() -> int:
    """What is due goes out; how many letters. It comes again by itself, in two minutes."""
    daily.again(send_bulletins_often, moment=timezone.now() + EVERY)
    with journal.openings("task"):
        actions.follow_time()
        actions.forget_unconfirmed()
        return actions.send_due()
