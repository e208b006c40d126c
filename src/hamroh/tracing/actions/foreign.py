"""Records that have their home elsewhere: taken in once, brought up to date by their identifier, wiped when they end there.

What a file says to be one person is a proposal: it becomes a candidate that somebody judges, never a judgement.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.tracing import naming
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.pools import BATCH, bury, write_records
from hamroh.tracing.met import Foreign, Met
from hamroh.tracing.models import (
    Candidate,
    Gone,
    PassedRecord,
    Pool,
    PoolImport,
    PoolRecord,
    Request,
    Route,
    Step,
    StepKind,
    Verdict,
)
from hamroh.tracing.pfif import homes, theirs
from hamroh.tracing.rows import Fate
from hamroh.tracing.states import SEARCHED
from hamroh.vault import opening, pools

PROPOSED = "possible"


def known(rows: Any, organisation_id: UUID, ids: Iterable[str]) -> dict[str, list[PoolRecord]]:
    """Those of some records that have these identifiers, by identifier, those that are there first."""
    index: Any = PoolRecord._meta.get_field("foreign_index")  # noqa: SLF001 - Django's documented face
    of_token = index.plaintexts(set(ids), organisation_id)
    found: dict[str, list[PoolRecord]] = {}
    for row in rows.filter(organisation_id=organisation_id, foreign_index__in=list(of_token)).order_by(
        "-gone_at", "pk"
    ):
        found.setdefault(of_token[bytes(row.foreign_index)], []).append(row)
    return {each: sorted(some, key=lambda row: row.gone_at is not None) for each, some in found.items()}


def fault_of(row: PoolRecord | None, foreign: Foreign) -> str:
    """Why a record is not taken in beside the one that is here, by code; nothing where it is."""
    if homes.is_ours(foreign.record_id):
        return "ours"
    if row is None:
        return ""
    if row.gone_why == Gone.WITHDRAWN:
        return "withdrawn"
    if foreign.source_at is None or row.source_at is None or foreign.has_expired:
        return "older" if _is_before(foreign, row) else ""
    stands = row.gone_at is None
    return "older" if foreign.source_at < row.source_at or (not stands and foreign.source_at == row.source_at) else ""


def _is_before(foreign: Foreign, row: PoolRecord) -> bool:
    return foreign.source_at is not None and row.source_at is not None and foreign.source_at < row.source_at


def settled(found: Iterable[Fate], pool: Pool) -> Iterator[Fate]:
    """Fates of a file with what is here of its records; fates of other files stay as they are."""
    for some in batched_of(found):
        ids = [each.mark for each in some if each.met is not None and each.met.foreign is not None]
        here = known(PoolRecord.objects.filter(pool=pool), pool.organisation_id, ids) if ids else {}
        yield from (_settled(each, here) for each in some)


def batched_of(found: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """In lots of what one transaction writes."""
    left = iter(found)
    while some := tuple(each for each, _place in zip(left, range(BATCH), strict=False)):
        yield some


def _settled(fate: Fate, here: dict[str, list[PoolRecord]]) -> Fate:
    foreign = fate.met.foreign if fate.met is not None else None
    if foreign is None:
        return fate
    code = fault_of(next(iter(here.get(foreign.record_id, ())), None), foreign)
    return replace(fate, met=None, fault=code) if code else fate


# -- writing -------------------------------------------------------------------------------------------------------


def write(pool: Pool, people: Sequence[Met], batch: PoolImport | None = None) -> list[PoolRecord]:
    """Take records in, bring those up to date that are here, wipe those that have ended; the records that can be found anew."""
    told = {each.foreign.record_id: each for each in people if each.foreign is not None}
    rows = PoolRecord.objects.select_for_update(of=("self",)).select_related("pool__organisation")
    here = known(rows.filter(pool=pool), pool.organisation_id, told)
    new, changed, ended = [], [], []
    for record_id, met in told.items():
        row = next(iter(here.get(record_id, ())), None)
        if fault_of(row, _foreign(met)):
            continue
        if _foreign(met).has_expired:
            ended.append(met)
        elif row is not None and row.gone_at is None:
            changed.append(_corrected(row, met, batch))
        else:
            new.append(met)
    _end(pool, rows, ended)
    return [*write_records(pool, new, batch=batch), *changed]


def _foreign(met: Met) -> Foreign:
    assert met.foreign is not None
    return met.foreign


def _corrected(row: PoolRecord, met: Met, batch: PoolImport | None) -> PoolRecord:
    """A record that is here as its home has it now."""
    consent = opening.open(row, "consent", decision=naming.by_upkeep(row), purpose="import") or {}
    for name, value in met.columns().items():
        setattr(row, name, value)
    if "passed" in consent:  # what he said here of being passed on stands, whatever his home tells
        row.consent = {**(met.consent or {}), "passed": consent["passed"]}
    row.batch, row.origin_line = batch, met.line
    row.source_at, row.expires_at = _foreign(met).source_at, _foreign(met).expires_at
    row.save()
    pools.put(naming.RECORDS, row.organisation_id, [naming.record_of(row, met.columns())])
    return row


def _end(pool: Pool, rows: Any, people: Sequence[Met]) -> None:
    """Wipe what the organisation has of these records, on whichever list; one that never was here leaves a tombstone, too."""
    here = known(rows, pool.organisation_id, [_foreign(each).record_id for each in people])
    for met in people:
        foreign = _foreign(met)
        there = here.get(foreign.record_id, [])
        for row in there:
            row.source_at, row.expires_at = foreign.source_at or row.source_at, foreign.expires_at
        bury(None, [row for row in there if row.gone_at is None], Gone.EXPIRED)
        if not any(row.pool_id == pool.pk for row in there):
            _tombstone(pool, foreign)


def _tombstone(pool: Pool, foreign: Foreign) -> None:
    PoolRecord(
        organisation_id=pool.organisation_id, pool=pool, foreign_id=foreign.record_id, source_at=foreign.source_at,
        expires_at=foreign.expires_at, gone_at=timezone.now(), gone_why=Gone.EXPIRED,
    ).save()  # fmt: skip


def expire_records() -> int:
    """Wipe records whose day is over at their home; how many."""
    rows = PoolRecord.objects.select_for_update(of=("self",)).select_related("pool__organisation")
    ids = PoolRecord.objects.filter(gone_at=None, expires_at__lte=timezone.now()).order_by("organisation_id", "pk")
    count = 0
    for some in batched_of(list(ids.values_list("pk", "organisation_id"))):
        for house in {each for _pk, each in some}:
            with transaction.atomic():
                held = list(rows.filter(pk__in=[pk for pk, each in some if each == house], gone_at=None))
                bury(None, held, Gone.EXPIRED)
                count += len(held)
    return count


# -- what is said to be one person ---------------------------------------------------------------------------------


def follow_links(pool: Pool, cells: Iterable[str]) -> int:
    """What a file says to be one person waits to be judged, and what it says of our own records is read there; how many candidates are new."""
    new = 0
    for cell in cells:
        found, _sign = theirs.of_cell(cell)
        if found.person is None:
            continue
        notes = [each.fields for each in found.person.notes]
        new += sum(
            _propose(pool, found.record_id, each["linked_person_record_id"])
            for each in notes
            if "linked_person_record_id" in each
        )
        if (request := _our_request(pool, found.record_id)) is not None:
            _keep_words(request, theirs.words_of_notes(found.person))
    return new


def _propose(pool: Pool, one: str, other: str) -> int:
    """Candidates for what two identifiers name: a request of ours beside a record, or whatever stands beside the one beside the other."""
    requests = [ours for each in (one, other) if (ours := _our_request(pool, each)) is not None]
    here = known(PoolRecord.objects.filter(gone_at=None, pool__ended_date=None), pool.organisation_id, (one, other))
    records = [row for some in here.values() for row in some]
    for row in records:
        requests += _beside(row)
    return sum(
        matching.propose(request, row.pk, PROPOSED)
        for request in {each.pk: each for each in requests}.values()
        for row in records
    )


def _our_request(pool: Pool, record_id: str) -> Request | None:
    """A request of ours that was passed on under this identifier, as long as it may be searched."""
    public_id = homes.public_id(record_id)
    if public_id is None:
        return None
    passed = PassedRecord.objects.filter(
        organisation_id=pool.organisation_id, public_id=public_id, ended_at=None
    ).first()
    return _searched(Request.objects.filter(pk=passed.request_id)).first() if passed is not None else None


def _searched(rows: Any) -> Any:
    return rows.filter(route=Route.SEARCH, state__in=SEARCHED).select_related("organisation", "case", "owner")


def _beside(record: PoolRecord) -> list[Request]:
    """Requests for which somebody looks at this record already."""
    ids = {
        *Candidate.objects.filter(record=record).values_list("request", flat=True),
        *Verdict.objects.filter(record=record, answer="same").values_list("request", flat=True),
    }
    return list(_searched(Request.objects.filter(pk__in=ids)))


def _keep_words(request: Request, words: str) -> None:
    if words:
        Step(organisation_id=request.organisation_id, request=request, kind=StepKind.NOTE, words=words).save()
