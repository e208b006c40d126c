"""Rows as lines that read alike on both databases: ids that the database gave are replaced by what they mean elsewhere."""

import base64
import datetime as dt
import decimal
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import models

from hamroh.accounts.models import Organisation, User
from hamroh.site.moving.scope import NATURAL, Model, Table, tables
from hamroh.vault.fields import SealedField
from hamroh.vault.values import Sealed

BATCH = 500
#: columns that are told otherwise than they stand: the number by which values name their key
_FILLED = {"vault.OrganisationKey": "number", "vault.RecordKey": "number"}


class LeftOut(Exception):
    """A row cannot be without something that is another organisation's."""


def canonical(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def plain(value: Any) -> Any:
    """A column's value as JSON has it; bytes in base 64, times in UTC."""
    if isinstance(value, Sealed):
        value = value.ciphertext
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID | decimal.Decimal | dt.date | dt.time):
        return str(value)
    return value


def value_of(field: Any, told: Any) -> Any:
    """The same back, for a column."""
    if isinstance(field, SealedField):
        return Sealed(None if told is None else base64.b64decode(told))
    if told is None:
        return None
    if isinstance(field, models.BinaryField):
        return base64.b64decode(told)
    if isinstance(field, models.JSONField):
        return told
    return field.to_python(told)


class Names:
    """What ids of this installation are called on the way, for the rows of one organisation."""

    def __init__(self, hers: dict[Model, models.QuerySet[Any]]) -> None:
        self._hers = hers
        self._held: dict[Model, dict[Any, Any]] = {}
        self._public: dict[Model, dict[Any, list[str]]] = {}

    def told(self, field: Any, key: Any) -> Any:
        """What stands for a reference; None where it leads to a row that does not move."""
        target = field.related_model
        if key is None or target in (User, Organisation):
            return plain(key)
        if target._meta.label in NATURAL:  # noqa: SLF001
            return self._natural(target).get(key)
        if target not in self._held:
            self._held[target] = self._known(target)
        return self._held[target].get(key)

    def look(self, field: Any, keys: Iterable[Any]) -> None:
        """Read the names of public records at once."""
        target = field.related_model
        if target._meta.label in NATURAL:  # noqa: SLF001
            known = self._natural(target)
            if missing := {key for key in keys if key is not None} - set(known):
                rows = target._base_manager.filter(pk__in=missing)  # noqa: SLF001
                known.update({pk: list(name) for pk, *name in rows.values_list("pk", *NATURAL[target._meta.label])})  # noqa: SLF001

    def _natural(self, target: Model) -> dict[Any, list[str]]:
        return self._public.setdefault(target, {})

    def _known(self, target: Model) -> dict[Any, Any]:
        table, keys = tables()[target], self._hers[target].order_by("pk").values_list("pk", flat=True)
        if table.is_counted:
            return {key: place for place, key in enumerate(keys, 1)}
        return {key: plain(key) for key in keys}


def lines(table: Table, rows: models.QuerySet[Any], names: Names) -> Iterator[bytes]:
    """Every row that moves, in the order of ids; rows that hang on another organisation's are left out."""
    columns = table.columns
    references = [each for each in columns if each.is_relation]
    for batch in _batches(rows):
        for field in references:
            names.look(field, (getattr(row, field.attname) for row in batch))
        for row in batch:
            try:
                yield canonical({field.attname: _told(table, field, row, names) for field in columns})
            except LeftOut:
                continue


def _told(table: Table, field: Any, row: Any, names: Names) -> Any:
    if _FILLED.get(table.label) == field.name:
        return row.known_as
    value = getattr(row, field.attname)
    if not field.is_relation:
        return plain(value)
    told = names.told(field, value)
    if told is None and value is not None and not field.null:
        raise LeftOut
    return told


def _batches(rows: models.QuerySet[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows.order_by("pk").iterator(BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
