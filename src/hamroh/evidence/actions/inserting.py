"""Many rows of one table at once, without a record in memory for each."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_AT_ONCE = 2000


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], constants: Mapping[str, Any]
) -> None:
    """Insert rows of values for the fields ``names``; ``constants`` are the same in all. Every column of the model must be told.

    A relation is told by its key, and a value that repeats is put into the database's form once.
    """
    meta = model._meta  # noqa: SLF001 - the public face of models
    columns: list[Any] = [meta.get_field(name) for name in (*names, *constants)]
    same = tuple(_kept(column)(value) for column, value in zip(columns[len(names) :], constants.values(), strict=True))
    forms = [_kept(each) for each in columns[: len(names)]]
    prepared = ((*(form(value) for form, value in zip(forms, row, strict=True)), *same) for row in rows)
    quote = connection.ops.quote_name
    listed, marks = ", ".join(quote(each.column) for each in columns), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(meta.db_table)} ({listed}) VALUES ({marks})"  # noqa: S608 - names of our own models
    with connection.cursor() as cursor:
        while some := list(islice(prepared, _AT_ONCE)):
            cursor.executemany(statement, some)


def _kept(column: Any) -> Callable[[Any], Any]:
    """How a value of a column goes into the database."""
    if isinstance(column, models.CharField):
        return str
    known: dict[Any, Any] = {}
    is_json = isinstance(column, models.JSONField)

    def form(value: Any) -> Any:
        key = json.dumps(value, sort_keys=True) if is_json else value
        if key not in known:
            if len(known) > 50_000:
                known.clear()
            known[key] = column.get_db_prep_save(value, connection)
        return known[key]

    return form
