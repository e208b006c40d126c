"""Tasks that a worker left in the middle, because it was killed or the power failed: the next one runs them again.

A task is a wrapper of one action, and an action is one transaction: what was not finished left nothing behind.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

#: a task that ends its worker so often is the fault itself
MOST_TRIES = 3
#: nobody waits for the worker: it may wait longer for SQLite's one writer than a page
PATIENCE_SECONDS = 120


class Lost(RuntimeError):
    """The worker ended in the middle of the task, again and again."""


@contextmanager
def only_worker(run: Path) -> Iterator[bool]:
    """Whether this process is the home's only worker, as long as the block lasts; ``run`` is the home's folder for such files."""
    with (run / "worker.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def take_up() -> int:
    """Put tasks back that a worker began and did not end; how many. To be called where no other worker is at work."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    taken = 0
    for left in DBTaskResult.objects.running():
        if len(left.worker_ids) >= MOST_TRIES:
            left.set_failed(Lost(f"{len(left.worker_ids)} workers ended in the middle of it"))
        else:
            taken += DBTaskResult.objects.filter(pk=left.pk).update(status=TaskResultStatus.READY, started_at=None)
    return taken


def be_patient() -> None:
    """New connections of this process wait long for SQLite's one writer."""
    told = connections.settings["default"]
    if "sqlite" in told["ENGINE"]:
        told["OPTIONS"]["timeout"] = PATIENCE_SECONDS
