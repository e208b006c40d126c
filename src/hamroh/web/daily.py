"""Background work that comes again by itself: each run leaves one waiting successor, and tells when it last succeeded."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

#: results of work that is over, which say what ran and when
KEPT_FOR = dt.timedelta(days=30)


def again(task: Any, after: dt.timedelta = dt.timedelta(days=1)) -> None:
    """Leave one successor, however often the worker was started. Asked first, so that work that fails comes again, too."""
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    if task.get_backend().supports_defer and not waiting.exists():
        task.using(run_after=timezone.now() + after).enqueue()


def last_run(task: Any) -> Any:
    """The newest run of a task that succeeded, with ``finished_at`` and ``return_value``; None where there is none."""
    runs = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.SUCCESSFUL)
    return runs.filter(finished_at__isnull=False).order_by("-finished_at").first()


def forget() -> int:
    """Forget results of a month ago; how many."""
    return int(DBTaskResult.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()[0])
