"""The indexes of name pools as a process has them: files that are mapped, and what is newer than they, read before each search.

The table is the truth. The files are made from it and can always be made again; each holds keyed hashes in clear, which tell no name,
but, to whoever has them, which records share one and how common it is: they stay in the home and in no backup.
"""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.entries import Entry
from hamroh.kernel.linkage.files import Unreadable
from hamroh.kernel.linkage.parts import tables
from hamroh.vault import poolentries
from hamroh.vault.errors import Tampered
from hamroh.vault.models import NamePool, PoolEntry
from hamroh.web import logs

_FOLDER, _CHUNK = "pools", 1000


@dataclass
class _Held:
    """An index, the turn up to which it knows the pool, and the mark of the entry that had this turn."""

    index: Index
    turn: int
    mark: str
    built: int


_held: dict[UUID, _Held] = {}
_locks: dict[UUID, threading.Lock] = {}


def at_hand(pool: NamePool) -> Index:
    """The index of a pool with all that the pool has now. VaultSealed, KeyDestroyed as for everything sealed."""
    reading = poolentries.Reading(pool)
    with _locks.setdefault(pool.pk, threading.Lock()):
        held = _held.get(pool.pk)
        if held is None or held.built < pool.built or not _follow(held, pool, reading):
            held = _mapped(pool, reading) or rebuilt(pool, reading)
        _held[pool.pk] = held
        return held.index


def forget() -> None:
    """Let go of every index of this process."""
    _held.clear()


def _follow(held: _Held, pool: NamePool, reading: poolentries.Reading) -> bool:
    """Take in what is newer; False where the index does not belong to what the table tells (a transaction that was rolled back, another
    copy of the database)."""
    if held.turn > pool.turn:
        return False
    rows = PoolEntry.objects.filter(pool=pool, turn__gte=held.turn, turn__lte=pool.turn).order_by("turn")
    newer = list(rows)
    if newer and newer[0].turn == held.turn:
        if _mark(newer[0]) != held.mark:
            return False
        del newer[0]
    held.index.withdraw(str(row.record_id) for row in newer)
    held.index.add_entries(_entries(newer, reading))
    if newer:
        held.turn, held.mark = newer[-1].turn, _mark(newer[-1])
    return True


def _mark(row: PoolEntry) -> str:
    """What an entry is, of which no two are alike."""
    return f"{row.record_id.hex}{bytes(row.sealed)[-16:].hex()}"


def _entries(rows: Any, reading: poolentries.Reading) -> Iterator[Entry]:
    """The entries of rows by today's tables; a broken one is told of and passed over."""
    for row in rows:
        if row.sealed and row.form == tables():
            try:
                yield reading.entry(row)
            except Tampered:
                logs.security("vault.tampered", record=f"{row.record_kind} {row.record_id}", reason="name pool")


def _mapped(pool: NamePool, reading: poolentries.Reading) -> _Held | None:
    """What the pool's folder holds, brought up to date; None where it holds nothing of use."""
    try:
        index = Index.opened(folder_of(pool), **_options(reading))
    except Unreadable:
        return None
    held = _Held(index, index.note["turn"], index.note["mark"], index.note["built"])
    return held if held.built >= pool.built and _follow(held, pool, reading) else None


def rebuilt(pool: NamePool, reading: poolentries.Reading | None = None) -> _Held:
    """Make the files anew from the table, while others go on with the older ones."""
    reading = reading or poolentries.Reading(pool)
    turn = NamePool.objects.values_list("turn", flat=True).get(pk=pool.pk)
    rows = PoolEntry.objects.filter(pool=pool, turn__lte=turn)
    index, last = Index(**_options(reading)), rows.filter(turn=turn).first()
    index.add_entries(_entries(rows.order_by("turn").iterator(_CHUNK), reading))
    mark = _mark(last) if last else ""
    index.save(folder_of(pool), {"turn": turn, "mark": mark, "built": pool.built, "entries": len(index)})
    return _Held(index, turn, mark, pool.built)


def renewed(pool: NamePool) -> None:
    """Make the files anew for all processes, and forget who was withdrawn before."""
    pool.built += 1
    held = rebuilt(pool)
    with transaction.atomic():
        PoolEntry.objects.filter(pool=pool, turn__lte=held.turn, sealed=b"").delete()
        NamePool.objects.filter(pk=pool.pk).update(built=pool.built)


def keep_up() -> int:
    """Once a day: entries of older tables are made anew, and files from which somebody must go, or that fell behind; how many pools."""
    count = 0
    for pool in NamePool.objects.all():
        poolentries.renew(pool)
        pool.refresh_from_db()
        if _is_behind(pool):
            renewed(pool)
            count += 1
    sweep()
    return count


def _is_behind(pool: NamePool) -> bool:
    """Whether anybody came, changed, was withdrawn or erased since the files were made."""
    try:
        note = Index.opened(folder_of(pool), **_options(poolentries.Reading(pool))).note
    except Unreadable:
        return True
    there = PoolEntry.objects.filter(pool=pool, form=tables()).exclude(sealed=b"").count()
    return (note["turn"], note["entries"]) != (pool.turn, there)


def sweep() -> None:
    """Remove the files of pools that are no more."""
    known = {pk.hex for pk in NamePool.objects.values_list("pk", flat=True)}
    for folder in settings.HOME.folder(_FOLDER).iterdir():
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


def folder_of(pool: NamePool) -> Path:
    path: Path = settings.HOME.folder(_FOLDER) / pool.pk.hex
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _options(reading: poolentries.Reading) -> dict[str, Any]:
    return {"hashing": reading.hashing, "keeps_records": False}
