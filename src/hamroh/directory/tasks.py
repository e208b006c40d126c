"""What the worker does for the directory by itself."""

import datetime as dt

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hamroh.directory.actions import drop_lapsed


@task()
def drop_lapsed_daily() -> None:
    """Take entries whose consent ran out out of the index, now and shortly after every midnight.

    The worker starts it once; it leaves one waiting successor, however often the worker was started.
    """
    drop_lapsed()
    if drop_lapsed_daily.get_backend().supports_defer and not _waits():
        drop_lapsed_daily.using(run_after=_after_midnight()).enqueue()


def _waits() -> bool:
    waiting = DBTaskResult.objects.filter(task_path=drop_lapsed_daily.module_path, status=TaskResultStatus.READY)
    return waiting.exists()


def _after_midnight() -> dt.datetime:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(tomorrow, dt.time(0, 5)))
