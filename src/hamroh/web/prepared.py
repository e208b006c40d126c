"""Queries that are asked with every request: their words are made once for each connection, and only their values change.

Django makes the words of a query anew each time it is asked, which takes several times what the database takes to answer a short one.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

#: where a connection keeps the queries that were made for it: a connection belongs to one thread
_HELD = "_hamroh_prepared"


@dataclass
class _Made:
    """One query as a connection asks it; of each parameter its name, or the value that never changes."""

    rows: QuerySet[Any]
    compiler: Any
    words: str
    parameters: list[tuple[str, Any]]


class Prepared:
    """A query by the names of its values: ``Prepared(lambda user: Model.objects.filter(user=user), user=UUID)``.

    ``build`` is called once for each connection, with stand-ins of the kinds that are named: ``UUID``, ``str`` or ``datetime``. It may
    not look at them. What it leaves out of the database's hands (a slice, a constant) stays as it was then.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], **kinds: type) -> None:
        self._build, self._kinds = build, kinds

    def ask(self, **values: Any) -> list[Any]:
        """The rows for these values."""
        made = self._made()
        told = {name: _as_told(value) for name, value in values.items()}
        parameters = tuple(told[name] if name else value for name, value in made.parameters)
        made.compiler.as_sql = lambda *_words, **_more: (made.words, parameters)
        read: Any = made.rows._iterable_class  # noqa: SLF001 - how a queryset reads itself
        return list(read(made.rows))

    def _made(self) -> _Made:
        own = connections[DEFAULT_DB_ALIAS]  # of this thread; what is called ``connection`` stands for that of each
        held: dict[Prepared, _Made] = own.__dict__.setdefault(_HELD, {})
        found = held.get(self)
        if found is None:
            found = held[self] = self._make()
        return found

    def _make(self) -> _Made:
        stand_ins = {name: _STAND_INS[kind](number) for number, (name, kind) in enumerate(self._kinds.items(), 1)}
        rows = self._build(**stand_ins)
        query: Any = rows.query
        compiler = query.get_compiler(rows.db)
        words, values = compiler.as_sql()
        names = {_as_told(value): name for name, value in stand_ins.items()}
        parameters = [(names.get(value, ""), value) for value in values]
        if missing := self._kinds.keys() - {name for name, _value in parameters}:
            raise ValueError(f"a query does not ask for {', '.join(sorted(missing))}")
        query.get_compiler = lambda *_words, **_more: compiler
        return _Made(rows, compiler, words, parameters)


#: values of each kind that no row holds
_STAND_INS: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0x5EED << 96 | number),
    str: lambda number: f"\ue000stand-in {number}\ue000",
    dt.datetime: lambda number: dt.datetime(1887, 1, number, 1, 2, 3, 456789, tzinfo=dt.UTC),
}


def _as_told(value: Any) -> Any:
    """A value as this database is told it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
