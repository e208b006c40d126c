"""A file for a pool: handed over, tried row by row, taken in in the background, and taken back as a whole if it must be.

Its rows lie in the vault from the first moment; nothing of it stands on a disk in the clear. What was taken in when a machine stops
stays, and the rest goes on from there.
"""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.kernel.states import MoveRefused
from hamroh.tracing import naming
from hamroh.tracing.actions import foreign
from hamroh.tracing.actions.pools import BATCH, PoolRefused, bury, held_pool, match_later, write_records
from hamroh.tracing.models import Gone, Pool, PoolImport, PoolRecord
from hamroh.tracing.rows import EXPIRED, RECORDS, Fate, Row, fates
from hamroh.tracing.states import ImportLife
from hamroh.vault import files, journal, opening
from hamroh.vault.decisions import Decision
from hamroh.vault.models import SealedFile

#: faults that are kept to be read again; all are counted
MOST_FAULTS = 1000
PURPOSE = "import"


@transaction.atomic
def hand_over(
    *, actor: Any, pool: Pool, header: Sequence[str], rows: Sequence[Row], digest: str, mapping: Mapping[str, int]
) -> PoolImport:
    """Keep the rows of a file sealed until they are taken in or thrown away. PoolRefused where this very file is in the pool already."""
    decision = policy.require(actor, "pool.write", pool)
    if held_pool(pool.pk) is None:
        raise PoolRefused(_("This list has ended."))
    if RECORDS not in mapping and any(
        _facts(each, decision).get("digest") == digest
        for each in PoolImport.objects.filter(pool=pool, state__in=("running", "done"))
    ):
        raise PoolRefused(_("This very file was taken in already."))
    row = PoolImport(
        organisation_id=pool.organisation_id, pool=pool, rows=len(rows), made_by=actor,
        facts={"header": list(header), "mapping": dict(mapping), "digest": digest},
    )  # fmt: skip
    row.save()
    content = "".join(json.dumps([each.number, each.cells, each.formulas], ensure_ascii=False) + "\n" for each in rows)
    kept = files.store(
        io.BytesIO(content.encode()), name="rows", organisation_id=pool.organisation_id,
        record=("tracing.pool", str(pool.pk)), actor=actor, as_it_came=True,
    )  # fmt: skip
    PoolImport.objects.filter(pk=row.pk).update(file_id=kept.pk)
    row.file_id = kept.pk
    journal.record(actor=actor, verb="pool.hand_over", about=pool, facts={"import": str(row.pk), "rows": len(rows)})
    return row


def _facts(row: PoolImport, decision: Decision) -> dict[str, Any]:
    found = opening.open_each(row, ("facts",), decision=decision, purpose=PURPOSE)["facts"]
    return found if isinstance(found, dict) else {}


def rows_in(row: PoolImport, decision: Decision) -> Iterator[Row]:
    """The rows of a file that is still there, in order; none once it is gone."""
    file = SealedFile.objects.filter(pk=row.file_id).first() if row.file_id else None
    if file is None:
        return
    kept = b""
    for chunk in files.read(file, decision=decision, purpose=PURPOSE):
        *whole, kept = (kept + chunk).split(b"\n")
        for line in whole:
            number, cells, formulas = json.loads(line)
            yield Row(number, tuple(cells), tuple(formulas))


@transaction.atomic
def choose_columns(*, actor: Any, row: PoolImport, mapping: Mapping[str, int]) -> Mapping[str, int]:
    """Say which column is which, and try every row: how many would be taken in, and how many not, by fault."""
    decision = policy.require(actor, "pool.write", row)
    held = _held(row, "waiting")
    counts: Counter[str] = Counter()
    faults: list[list[Any]] = []
    for fate in foreign.settled(fates(rows_in(held, decision), mapping, held.pool), held.pool):
        counts[fate.code] += 1
        if fate.fault and len(faults) < MOST_FAULTS:
            faults.append([fate.number, fate.fault])
    held.facts = _facts(held, decision) | {"mapping": dict(mapping), "counts": dict(counts), "faults": faults}
    held.changed_at = timezone.now()
    held.save()
    return counts


def _held(row: PoolImport, *states: str) -> PoolImport:
    rows = PoolImport.objects.select_for_update(of=("self",)).select_related("pool__organisation")
    found: PoolImport | None = rows.filter(pk=row.pk, state__in=states).first()
    if found is None:
        raise PoolRefused(_("Somebody has decided about this file meanwhile."))
    return found


def _move(row: PoolImport, after: str) -> None:
    try:
        ImportLife.check(row.state, after)
    except MoveRefused:
        raise PoolRefused(_("Somebody has decided about this file meanwhile.")) from None
    row.state, row.changed_at = after, timezone.now()
    row.save()


#: what takes a file in, in the background, by the id of the import
_takers: list[Callable[[str], Any]] = []


def take_by(taker: Callable[[str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if taker not in _takers:
        _takers.append(taker)


@transaction.atomic
def take_in(*, actor: Any, row: PoolImport) -> None:
    """Begin to take a file in; asked again it goes on where it stood still."""
    decision = policy.require(actor, "pool.write", row)
    held = _held(row, "waiting", "running")
    counts = _facts(held, decision).get("counts", {})
    if not counts.get("taken") and not counts.get(EXPIRED):
        raise PoolRefused(_("No row of this file can be taken in."))
    if held.state == "waiting":
        _move(held, "running")
        journal.record(actor=actor, verb="pool.take_in", about=held.pool, facts={"import": str(held.pk)})
    for taker in _takers:
        transaction.on_commit(partial(taker, str(held.pk)), robust=True)


def work_off(import_id: UUID) -> int:
    """Take in what is left of a file, a batch at a time; how many were taken in. Asked twice at once, nobody is taken in twice."""
    row = PoolImport.objects.filter(pk=import_id, state="running").select_related("pool").first()
    if row is None:
        return 0
    decision = naming.by_upkeep(row)
    mapping = _facts(row, decision).get("mapping", {})
    left = fates(rows_in(row, decision), mapping, row.pool)
    at, taken = 0, 0
    while some := list(islice(left, BATCH)):
        found = _take_some(row.pk, at, some)
        if found is None:
            return taken
        at, taken = at + len(some), taken + found
    with transaction.atomic():
        held = _held(row, "running")
        if RECORDS in mapping:
            foreign.follow_links(held.pool, (each.cells[0] for each in rows_in(held, decision)))
        _move(held, "done")
        _drop_file(held)
    return taken


def _take_some(pk: UUID, at: int, some: Sequence[Fate]) -> int | None:
    """Take in those of a batch that were not yet; None where the file is stopped or its pool has ended."""
    with transaction.atomic():
        row = PoolImport.objects.select_for_update(of=("self",)).filter(pk=pk, state="running").first()
        pool = held_pool(row.pool_id) if row is not None else None
        if row is None or pool is None:
            return None
        if row.done > at:  # taken in before, whole batches at a time
            return 0
        people = [each.met for each in some if each.met is not None]
        known = [each for each in people if each.foreign is not None]
        written = [
            *write_records(pool, [each for each in people if each.foreign is None], batch=row),
            *foreign.write(pool, known, batch=row),
        ]
        row.done, row.taken = at + len(some), row.taken + len(written)
        row.changed_at = timezone.now()
        row.save()
        match_later([each.pk for each in written])
        return len(written)


def _drop_file(row: PoolImport, actor: Any = None) -> None:
    file = SealedFile.objects.filter(pk=row.file_id).first() if row.file_id else None
    if file is not None:
        files.remove(file, actor=actor)
    PoolImport.objects.filter(pk=row.pk).update(file_id=None)


@transaction.atomic
def throw_away(*, actor: Any, row: PoolImport) -> None:
    """Forget a file that nobody said yes to."""
    policy.require(actor, "pool.write", row)
    held = _held(row, "waiting")
    _move(held, "thrown")
    _drop_file(held, actor)


@transaction.atomic
def take_back(*, actor: Any, row: PoolImport) -> None:
    """Undo a file: everybody who came by it is taken off the list."""
    policy.require(actor, "pool.write", row)
    held = _held(row, "running", "done")
    _move(held, "undone")
    _drop_file(held, actor)
    rows = PoolRecord.objects.select_for_update(of=("self",)).filter(batch=held, gone_at=None).select_related("pool")
    ids: list[UUID] = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        some = list(rows.filter(pk__in=ids[start : start + BATCH]))
        for each in some:  # the file was wrong, not the people: they may come by another one
            each.foreign_id = None
        bury(actor, some, Gone.WITHDRAWN)


def throw_old_away(oldest: Any) -> int:
    """Forget files that nobody came back for; how many."""
    rows = PoolImport.objects.filter(state="waiting", made_at__lt=oldest)
    found: Iterable[PoolImport] = list(rows)
    for row in found:
        with transaction.atomic():
            held = _held(row, "waiting")
            _move(held, "thrown")
            _drop_file(held)
    return len(list(found))
