"""What the worker does for the directory by itself."""

import datetime as dt

from django_tasks import task

from hamroh.directory.actions import drop_lapsed
from hamroh.web import daily


@task()
def drop_lapsed_daily() -> None:
    """Take entries whose consent ran out out of the index, now and shortly after every midnight."""
    daily.again(drop_lapsed_daily, dt.time(0, 5))
    drop_lapsed()
