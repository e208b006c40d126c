"""Erasing one record: its rows, what points to it, its keys, the descriptions and keys of its files; then their ciphertext.

All but the ciphertext goes in one transaction, so that a record is there whole or not at all. The ciphertext of a file whose key is
gone opens for nobody; its removal from the disk is taken up again after any interruption.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.deletion import Collector

from hamroh.vault import files, members, retention
from hamroh.vault.models import RecordKey, RecordKeyShare, ReleaseLine, SealedFile
from hamroh.vault.retention import RecordClass


@dataclass
class Erased:
    """What went: rows by table, and files whose ciphertext is still on the disk."""

    rows: Counter[str] = field(default_factory=Counter)
    files: list[UUID] = field(default_factory=list)

    def add(self, by_model: dict[str, int]) -> None:
        self.rows.update({label.lower(): count for label, count in by_model.items()})

    def told(self) -> dict[str, int]:
        return dict(sorted(self.rows.items()))


def _collected(record: models.Model) -> Collector:
    collector = Collector(using="default", origin=record)
    collector.collect([record])
    return collector


def _rows_of(collector: Collector) -> Iterator[models.Model]:
    """Every row that goes with a record by its relations, itself included."""
    for rows in collector.data.values():
        yield from rows
    for queryset in collector.fast_deletes:
        yield from queryset


def mark_of(of: RecordClass, pk: UUID) -> str:
    """A digest of a record with all that goes with it, as stored: another one once anything was written; empty where it is gone."""
    record = of.rows().filter(pk=pk).first()
    if record is None:
        return ""
    rows = list(_rows_of(_collected(record)))
    told = [f"{_kind(row)} {[_stored(row, column) for column in row._meta.concrete_fields]}" for row in rows]  # noqa: SLF001
    told += [
        f"file {pk}" for kind, ids in _by_kind(rows).items() for pk in _files(kind, ids).values_list("pk", flat=True)
    ]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()


def _stored(row: models.Model, column: Any) -> str:
    """The value of a column as it stands in the table; a sealed one is told by its ciphertext."""
    value = row.__dict__.get(column.attname)
    sealed = getattr(value, "ciphertext", value)
    return bytes(sealed).hex() if isinstance(sealed, bytes | memoryview) else repr(sealed)


def erase(of: RecordClass, record: models.Model) -> Erased:
    """Delete a record and all that goes with it, within the caller's transaction; files' ciphertext is left to ``unlink``.

    django.db.models.ProtectedError or RestrictedError where another table still needs it: then nothing is gone.
    """
    of.before(record)
    collector, found = _collected(record), Erased()
    for kind, ids in _by_kind(_rows_of(collector)).items():
        _erase_pointers(kind, ids, found)
        _erase_files(kind, ids, found)
        _shred(kind, ids, found)
    _told, by_model = collector.delete()
    found.add(by_model)
    return found


def _by_kind(rows: Iterable[models.Model]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(_kind(row), []).append(row.pk)
    return found


def _erase_pointers(kind: str, ids: list[Any], found: Erased) -> None:
    for model in retention.pointing():
        found.add(model._base_manager.filter(record_kind=kind, record_id__in=ids).delete()[1])  # noqa: SLF001


def _files(kind: str, ids: list[Any]) -> models.QuerySet[SealedFile]:
    return SealedFile.objects.filter(kind=kind, record_id__in=ids)


def _erase_files(kind: str, ids: list[Any], found: Erased) -> None:
    rows = _files(kind, ids)
    found.files += rows.values_list("pk", flat=True)
    found.add(rows.delete()[1])


def _shred(kind: str, ids: list[Any], found: Erased) -> None:
    """Destroy the own keys of locating records, with every share of them."""
    keyed = RecordKey.objects.filter(kind=kind, record_id__in=ids).values_list("record_id", flat=True)
    for pk in set(keyed):
        found.rows["vault.recordkey"] += members.shred_record((kind, str(pk)))


def unlink(line: ReleaseLine) -> None:
    """Remove the ciphertext of a line's files from the disk; again where it was interrupted."""
    for pk in line.files_left:
        files.path_of(SealedFile(pk=UUID(pk))).unlink(missing_ok=True)
    ReleaseLine.objects.filter(pk=line.pk).update(files_left=[])


def scrub(tables: Iterable[str]) -> None:
    """Let the database forget what was deleted, outside any transaction.

    SQLite has overwritten it already (secure_delete); a write-ahead log is emptied. PostgreSQL frees dead rows by VACUUM, as the owner
    of the tables; another role leaves that to autovacuum.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in sorted(set(tables)):
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")


def tables_of(of: RecordClass) -> set[str]:
    """Tables in which a class leaves dead rows."""
    touched: list[type[models.Model]] = [
        of.model,
        SealedFile,
        RecordKey,
        RecordKeyShare,
        *retention.pointing(),
        *goes_along(of.model),
    ]
    return {model._meta.db_table for model in touched}  # noqa: SLF001


def goes_along(model: type[models.Model]) -> set[type[models.Model]]:
    """Models whose rows the database deletes with a row of this one, at any depth."""
    found: set[type[models.Model]] = set()
    waiting = [model]
    while waiting:
        new = {each.related_model for each in relations_of(waiting.pop()) if each.on_delete is models.CASCADE} - found
        found |= new
        waiting += new
    return found - {model}


def relations_of(model: type[models.Model]) -> list[Any]:
    """Relations by which other tables' rows point to a model's."""
    fields = model._meta.get_fields(include_hidden=True)  # noqa: SLF001
    return [
        each for each in fields if (each.one_to_many or each.one_to_one) and each.auto_created and not each.concrete
    ]


def _kind(row: models.Model) -> str:
    return row._meta.label_lower  # noqa: SLF001
