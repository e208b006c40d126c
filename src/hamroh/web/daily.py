"""Background work that comes again by itself: each run leaves one waiting successor, and tells when it last succeeded."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

#: results of work that is over, which say what ran and when
KEPT_FOR = dt.timedelta(days=30)


def again(task: Any, at: dt.time | None = None, *, moment: dt.datetime | None = None) -> None:
    """Leave one successor, tomorrow at this hour of the installation's zone, at a moment, or a day from now, however often it was started.

    Asked first of all in a task, so that work that fails comes again, too.
    """
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if task.get_backend().supports_defer and not waiting.exists():
        later = moment or (_tomorrow(at) if at else timezone.now() + dt.timedelta(days=1))
        task.using(run_after=later).enqueue()


def _tomorrow(at: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=1), at))


def last_run(task: Any) -> Any:
    """The newest run of a task that succeeded, with ``finished_at`` and ``return_value``; None where there is none."""
    runs = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.SUCCESSFUL)
    return runs.filter(finished_at__isnull=False).order_by("-finished_at").first()


def forget() -> int:
    """Forget results of a month ago; how many."""
    return int(DBTaskResult.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()[0])
