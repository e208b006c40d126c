"""Reading many rows while something else is written."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet


def in_batches(rows: QuerySet[Any], size: int = 500) -> Iterator[Any]:
    """Every row in the order of its key, ``size`` at a time, without a statement that stays open between them.

    ``QuerySet.iterator`` leaves one open, and that is a reader of the whole database to SQLite: whoever writes meanwhile, in this
    process or another, waits for it, and two that wait for each other are both told "database is locked" at once.
    """
    rows = rows.order_by("pk")
    found = list(rows[:size])
    while found:
        yield from found
        found = list(rows.filter(pk__gt=found[-1].pk)[:size]) if len(found) == size else []
