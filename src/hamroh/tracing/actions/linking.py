"""Whole lists are linked in the background: pairs that are likely enough wait to be judged, and nobody is ever matched by it.

Where a machine stops, or somebody stops it, nothing is left behind but pairs that were entered; begun anew it finds nobody twice.
Requests that are not searched are never read, and who is taken off a list meanwhile is in no pair.
"""

import datetime as dt
import heapq
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.kernel.linkage.registers import Row, rows_of
from hamroh.kernel.names.reading import hearing
from hamroh.kernel.states import MoveRefused
from hamroh.tracing import bulk, naming
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.pools import BATCH, PoolRefused, held_pool
from hamroh.tracing.likeness import Weighing
from hamroh.tracing.models import Candidate, Linkage, Pair, PairVerdict, Pool, PoolRecord, Request
from hamroh.tracing.states import LinkageLife
from hamroh.vault import journal, opening

#: the least chance of a pair that is entered, and how many pairs anybody is in at most
LEAST, MOST = 0.5, 10
#: a worker that wrote nothing for so long is no more
STILL = dt.timedelta(minutes=15)
PURPOSE = "linkage of lists"
Pairs = Mapping[tuple[str, str], float]


class _Halted(Exception):
    """Somebody stopped it, or it is gone."""


# -- begin, stop, go on --------------------------------------------------------------------------------------------


@transaction.atomic
def link(*, actor: Any, pool: Pool, beside: Pool | None = None) -> Linkage:
    """Begin to compare a list with another one, or with all requests that are searched. PoolRefused says what stands against it."""
    row = begin(actor=actor, pool=pool, beside=beside)
    _later(row)
    return row


@transaction.atomic
def begin(*, actor: Any, pool: Pool, beside: Pool | None = None) -> Linkage:
    """The same for whoever does the work herself."""
    for each in filter(None, (pool, beside)):
        policy.require(actor, "pool.link", each)
    if beside is not None and (beside.pk == pool.pk or beside.organisation_id != pool.organisation_id):
        raise PoolRefused(_("Choose another list."))
    if any(held_pool(each.pk) is None for each in (pool, beside) if each is not None):
        raise PoolRefused(_("This list has ended."))
    refuse_unprepared()
    row = Linkage(organisation_id=pool.organisation_id, pool=pool, beside=beside, made_by=actor)
    _save_running(row)
    facts = {"linkage": str(row.pk), "beside": str(beside.pk) if beside else None}
    journal.record(actor=actor, verb="pool.link", about=pool, facts=facts)
    return row


def memory() -> int:
    """MiB that a linkage may take."""
    return bulk.memory()


def refuse_unprepared() -> None:
    """PoolRefused where what links whole lists is not installed."""
    if not bulk.is_there():
        raise PoolRefused(
            _(
                "What compares whole lists is not installed here. Whoever looks after the server runs “%(command)s” once."
            )
            % {"command": "./hamroh link"}
        )


def _save_running(row: Linkage) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise PoolRefused(_("Lists are being compared already. Wait until that is done, or stop it.")) from None


#: what links in the background, by the id of the linkage
_linkers: list[Callable[[str], Any]] = []


def link_by(linker: Callable[[str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if linker not in _linkers:
        _linkers.append(linker)


def _later(row: Linkage) -> None:
    for linker in _linkers:
        transaction.on_commit(partial(linker, str(row.pk)), robust=True)


def _held(row: Linkage) -> Linkage:
    rows = Linkage.objects.select_for_update(of=("self",)).select_related("pool", "beside")
    found: Linkage | None = rows.filter(pk=row.pk).first()
    if found is None:
        raise policy.Refused("no such linkage")
    return found


def _move(row: Linkage, after: str, fault: str = "") -> None:
    try:
        LinkageLife.check(row.state, after)
    except MoveRefused:
        raise PoolRefused(_("Somebody has decided about this meanwhile.")) from None
    row.state, row.fault, row.changed_at = after, fault, timezone.now()
    _save_running(row)


@transaction.atomic
def stop(*, actor: Any, row: Linkage) -> None:
    """Stop it. Pairs that were entered stay."""
    policy.require(actor, "pool.link", row)
    held = _held(row)
    _move(held, "stopped")
    journal.record(actor=actor, verb="pool.stop_linkage", about=held.pool, facts={"linkage": str(held.pk)})


@transaction.atomic
def go_on(*, actor: Any, row: Linkage) -> None:
    """Begin anew what was stopped, failed, or stands still since its worker is no more."""
    policy.require(actor, "pool.link", row)
    refuse_unprepared()
    held = _held(row)
    if held.state == "running":
        if not stands_still(held):
            raise PoolRefused(_("It is going on."))
        held.changed_at = timezone.now()
        held.save()
    else:
        held.done = 0
        _move(held, "running")
    journal.record(actor=actor, verb="pool.link", about=held.pool, facts={"linkage": str(held.pk)})
    _later(held)


def stands_still(row: Linkage) -> bool:
    return bool(row.state == "running" and row.changed_at < timezone.now() - STILL)


# -- the work ------------------------------------------------------------------------------------------------------


def work_off(linkage_id: UUID, tell: bulk.Told = lambda _done, _whole: None) -> int:
    """Link two lists; how many pairs nobody knew of. What stands against it stands in the row afterwards."""
    row = Linkage.objects.filter(pk=linkage_id, state="running").select_related("pool", "beside").first()
    if row is None:
        return 0
    try:
        found = _linked(row, _Progress(row, tell))
        return _enter(row, found)
    except _Halted:
        return 0
    except bulk.TooMuch:
        _end(row, "failed", "memory")
    except bulk.Failed:
        _end(row, "failed", "fault")
    return 0


class _Progress:
    """Writes how far it is: rows that were read, then rows that were linked. Raises _Halted where it is not wanted any more."""

    def __init__(self, row: Linkage, told: bulk.Told) -> None:
        self.row, self.told, self.people, self.read = row, told, 0, 0

    def count(self, people: int) -> None:
        self.people += people

    def more_read(self, people: int) -> None:
        self.read += people
        self._write(self.read)

    def linked(self, done: int, whole: int) -> None:
        self._write(self.people + self.people * done // whole)

    def _write(self, done: int) -> None:
        mine = Linkage.objects.filter(pk=self.row.pk, state="running")
        if not mine.update(done=done, whole=2 * self.people, changed_at=timezone.now()):
            raise _Halted
        self.told(done, 2 * self.people)


def _sides(row: Linkage) -> tuple[naming.Records, naming.Records | naming.Requests]:
    """Who opens the people of either side, for the installation."""
    house = Request.objects.filter(organisation_id=row.organisation_id)
    theirs = naming.Requests(house, naming.by_upkeep) if row.beside is None else _records(row.beside)
    return _records(row.pool), theirs


def _records(pool: Pool) -> naming.Records:
    return naming.Records(PoolRecord.objects.filter(pool=pool), naming.by_upkeep)


def _linked(row: Linkage, progress: _Progress) -> Pairs:
    sides = _sides(row)
    ids = [side.ids() for side in sides]
    for each in ids:
        progress.count(len(each))
    if not all(ids):
        return {}
    ours, theirs = (_rows(row, side, each, progress) for side, each in zip(sides, ids, strict=True))
    return fewer(bulk.linked(ours, theirs, least=LEAST, tell=progress.linked))


def _rows(row: Linkage, side: Any, ids: list[str], progress: _Progress) -> Iterator[Row]:
    """People as rows, opened a batch at a time; the journal says how many, whatever comes of it."""
    hear = hearing(1 << 16)
    with opening.scoring(PURPOSE) as scored:
        try:
            for start in range(0, len(ids), BATCH):
                for record in side.opened(ids[start : start + BATCH]).values():
                    yield from _rows_of(record, hear)
                progress.more_read(len(ids[start : start + BATCH]))
        finally:
            scored.tell(("tracing.pool", str(row.pool_id)), ())


def _rows_of(record: Mapping[str, Any], hear: Any) -> list[Row]:
    """What cannot be read is passed over: its words name somebody, and nobody waits for them here."""
    try:
        return list(rows_of(record, hear)) if record.get("name") else []
    except ValueError:
        return []


def fewer(found: Pairs) -> dict[tuple[str, str], float]:
    """The likeliest pairs of everybody: nobody is asked to look at a hundred for one person."""
    by: dict[tuple[int, str], list[tuple[float, tuple[str, str]]]] = {}
    for pair, chance in found.items():
        for side, of in enumerate(pair):
            by.setdefault((side, of), []).append((chance, pair))
    kept = [{pair for _chance, pair in heapq.nlargest(MOST, each)} for each in by.values()]
    counts: dict[tuple[str, str], int] = {}
    for each in kept:
        for pair in each:
            counts[pair] = counts.get(pair, 0) + 1
    return {pair: found[pair] for pair, count in counts.items() if count == 2}


def _end(row: Linkage, after: str, fault: str = "", **counts: int) -> None:
    mine = Linkage.objects.filter(pk=row.pk, state="running")
    if not mine.update(state=after, fault=fault, changed_at=timezone.now(), **counts):
        raise _Halted


# -- pairs ---------------------------------------------------------------------------------------------------------


def _enter(row: Linkage, found: Pairs) -> int:
    """Enter the pairs, the likeliest first, each with what our own engine says of it."""
    left, new = iter(sorted(found.items(), key=lambda each: (-each[1], each[0]))), 0
    while some := dict(islice(left, BATCH)):
        with transaction.atomic():
            if not Linkage.objects.select_for_update().filter(pk=row.pk, state="running").exists():
                raise _Halted
            new += _enter_some(row, some)
            Linkage.objects.filter(pk=row.pk).update(new=new, changed_at=timezone.now())
    _end(row, "done", proposed=len(found), new=new, done=row.whole or 0)
    journal.record(actor=None, verb="pool.link", about=row.pool, facts={"linkage": str(row.pk), "pairs": len(found)})
    return new


def _enter_some(row: Linkage, some: Pairs) -> int:
    """How many of these are new. Both of a pair are opened anew: who was taken off meanwhile is in none."""
    kind = naming.REQUESTS if row.beside is None else naming.RECORDS
    with opening.scoring(PURPOSE) as scored:
        mine, theirs = (side.opened(sorted({pair[at] for pair in some})) for at, side in enumerate(_sides(row)))
        scored.tell(("tracing.pool", str(row.pool_id)), ())
    new, weighing, entered = 0, Weighing(kind, row.organisation_id), _ask if row.beside is None else _pair
    for (one, other), chance in some.items():
        if one in mine and other in theirs:
            _found, band = weighing.alike(mine[one], theirs[other])
            new += entered(row, UUID(one), UUID(other), band, round(100 * chance))
    return new


def _ask(row: Linkage, record: UUID, request: UUID, band: str, chance: int) -> bool:
    """A request beside a record: a candidate as any other. One that waits already learns what the linkage says."""
    held = Request.objects.select_related("organisation", "case", "owner").get(pk=request)
    new = matching.propose(held, record, band)
    Candidate.objects.filter(request=held, record=record, organisation=row.organisation_id).update(chance=chance)
    return bool(new)


def _pair(row: Linkage, one: UUID, other: UUID, band: str, chance: int) -> bool:
    """Two records of two lists, whichever was asked about first; not where somebody has said what they are."""
    first, second = sorted((one, other), key=str)
    if PairVerdict.objects.filter(record=first, beside=second).exists():
        return False
    pool = PoolRecord.objects.values_list("pool", flat=True).get(pk=first)
    found, new = Pair.objects.get_or_create(
        record_id=first, beside_id=second,
        defaults={"organisation_id": row.organisation_id, "pool_id": pool, "band": band, "chance": chance},
    )  # fmt: skip
    if not new:
        Pair.objects.filter(pk=found.pk).update(band=band, chance=chance)
    return new
