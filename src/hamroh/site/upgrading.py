"""Whether a version that still serves can live with the tables of the next one, which are made while it does.

Tables that are added and columns that may be empty hurt nobody. What takes a table or a column away stops the old version
from reading; what asks more of a row than it knows stops it from writing.
"""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from django.db.migrations import Migration, operations
from django.db.models import NOT_PROVIDED

_TAKES_AWAY = (
    operations.RemoveField,
    operations.RenameField,
    operations.DeleteModel,
    operations.RenameModel,
    operations.AlterModelTable,
)
_ASKS_MORE = (operations.AddConstraint, operations.AlterUniqueTogether)


@dataclass(frozen=True)
class Hurt:
    """A step of a migration that the version before cannot live with, and what it then cannot do."""

    migration: str
    step: str
    stops: str

    def __str__(self) -> str:
        return f"{self.migration}: {self.step} (stops {self.stops})"


def hurts(migrations: Iterable[Migration], state: Any) -> Iterator[Hurt]:
    """What the migrations do to a version that knows the tables as in ``state``; tables that they make themselves are theirs."""
    new: set[tuple[str, str]] = set()
    for migration in migrations:
        name = f"{migration.app_label}.{migration.name}"
        for step in migration.operations:
            new |= {(migration.app_label, each) for each in _made(step)}
            if (migration.app_label, _of(step)) not in new and (stops := _stops(step, migration.app_label, state)):
                yield Hurt(name, step.describe(), stops)
            step.state_forwards(migration.app_label, state)


def _made(step: Any) -> list[str]:
    parts = [step, *getattr(step, "operations", ())]
    return [each.name_lower for each in parts if isinstance(each, operations.CreateModel)]


def _of(step: Any) -> str:
    return str(getattr(step, "model_name", None) or getattr(step, "name", "")).lower()


def _stops(step: Any, app: str, state: Any) -> str:
    if isinstance(step, _TAKES_AWAY):
        return "reading"
    if isinstance(step, _ASKS_MORE):
        return "writing"
    if isinstance(step, operations.AddField):
        return "writing" if _must_be_given(step.field) else ""
    if isinstance(step, operations.AlterField):
        before = state.models[app, step.model_name_lower].fields[step.name]
        return "writing" if _asks_more(before, step.field) else ""
    return ""


def _must_be_given(field: models.Field[Any, Any]) -> bool:
    """Whether a row of a version that does not know the column is refused."""
    return not (field.null or field.many_to_many or getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED)


def _asks_more(before: models.Field[Any, Any], now: models.Field[Any, Any]) -> bool:
    shorter = (now.max_length or 0) < (before.max_length or 0) if now.max_length else False
    return (before.null and not now.null) or (now.unique and not before.unique) or shorter


def waiting() -> tuple[int, list[Hurt]]:
    """How many migrations wait, and what of them the version that serves cannot live with."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    applied = [key for key in executor.loader.applied_migrations if key in executor.loader.graph.nodes]
    return len(plan), list(hurts(plan, executor.loader.project_state(applied)))


@contextmanager
def alone(run: Path) -> Iterator[None]:
    """Only one upgrade at a time; the second waits until the first is over, and then finds nothing to do."""
    with (run / "upgrade.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
