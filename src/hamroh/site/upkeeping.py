"""Tasks of the background as an administrator sees them: their kind, state and times, never what they were given."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hamroh.accounts import policy
from hamroh.site.retrying import PAUSES
from hamroh.vault import journal

#: lines of each part of the page
MOST = 50
#: tries after which a task waits for a person
TRIES = len(PAUSES) + 1
_KEPT = (
    "pk",
    "status",
    "task_path",
    "enqueued_at",
    "started_at",
    "finished_at",
    "run_after",
    "worker_ids",
    "exception_class_path",
)


@dataclass(frozen=True)
class Line:
    """One task: its room and name in the code, how often it was tried, and the kind of its last fault."""

    pk: UUID
    room: str
    name: str
    tries: int
    since: dt.datetime | None
    next_at: dt.datetime | None
    fault: str


@dataclass(frozen=True)
class Tasks:
    """What failed for good, what runs, what waits and what was done last; and how many there are of each."""

    failed: list[Line]
    running: list[Line]
    waiting: list[Line]
    done: list[Line]
    counts: dict[str, int]


def tasks(*, actor: Any) -> Tasks:
    """The tasks of the installation, the most urgent of each state."""
    policy.require(actor, "upkeep.see")
    rows = DBTaskResult.objects.only(*_KEPT)
    counted = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return Tasks(
        failed=_lines(rows.failed().order_by("-finished_at"), "finished_at"),
        running=_lines(rows.running().order_by("started_at"), "started_at"),
        waiting=_lines(rows.filter(status=TaskResultStatus.READY).order_by("run_after"), "enqueued_at"),
        done=_lines(rows.successful().order_by("-finished_at"), "finished_at")[:10],
        counts={str(state).lower(): counted.get(state, 0) for state in TaskResultStatus.values},
    )


def _lines(rows: Any, since: str) -> list[Line]:
    return [_line(row, since) for row in rows[:MOST]]


def _line(row: Any, since: str) -> Line:
    parts = row.task_path.split(".")
    room = parts[1] if parts[0] == "hamroh" and len(parts) > 2 else ""
    waits = row.status == TaskResultStatus.READY and row.run_after.year < dt.MAXYEAR
    fault = row.exception_class_path.rpartition(".")[2]
    return Line(
        row.pk, room, parts[-1], len(row.worker_ids), getattr(row, since), row.run_after if waits else None, fault
    )


@transaction.atomic
def retry_task(*, actor: Any, task: UUID) -> None:
    """Have a task run as soon as the worker is free: one that failed, or that waits for its next try."""
    row = _mended(actor, task)
    row.status, row.started_at, row.finished_at = TaskResultStatus.READY, None, None
    row.run_after, row.worker_ids = timezone.now(), []
    row.save(update_fields=["status", "started_at", "finished_at", "run_after", "worker_ids"])
    journal.record(actor=actor, verb="site.retry_task", about=row)


@transaction.atomic
def drop_task(*, actor: Any, task: UUID) -> None:
    """Do without a task that failed. One that comes again by itself does so all the same."""
    row = _mended(actor, task)
    journal.record(actor=actor, verb="site.drop_task", about=row)
    row.delete()


def _mended(actor: Any, task: UUID) -> Any:
    """A task that failed at least once and does not run; anything else is not there to be touched."""
    policy.require(actor, "upkeep.manage")
    states = (TaskResultStatus.FAILED, TaskResultStatus.READY)
    row = DBTaskResult.objects.select_for_update().filter(pk=task, status__in=states).first()
    if row is None or not row.exception_class_path:
        raise Http404
    return row
