"""Tasks that fail are tried again after a pause, and what is kept and logged of a fault repeats nothing that anybody typed.

A task is a wrapper of one action, and an action is one transaction: what failed left nothing behind.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from hamroh.web import logs

#: before the second, third and fourth try
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1))


def begin() -> None:
    """From now on, in this process: to be called by the worker before it takes a task."""
    from django_tasks.signals import task_finished
    from django_tasks_db import models

    # what is kept of a fault: its kinds and places, for the message of an error often repeats what somebody typed
    models.format_exception = _trace  # type: ignore[attr-defined,assignment]
    task_finished.connect(_look, dispatch_uid="hamroh.site.retrying")


def _trace(error: BaseException) -> list[str]:
    logs.fault("task", error)
    return [logs.trace(error)]


def _look(task_result: Any, **_sent: Any) -> None:
    """Put a task back that failed, for after a pause; the last fault is final."""
    from django_tasks.base import TaskResultStatus

    if task_result.status == TaskResultStatus.FAILED:
        again(task_result.db_result)


def again(row: Any) -> bool:
    """Whether there is another try."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    tries = len(row.worker_ids)
    if not 1 <= tries <= len(PAUSES):
        return False
    failed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, run_after=timezone.now() + PAUSES[tries - 1],
    ))  # fmt: skip
