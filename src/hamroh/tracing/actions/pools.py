"""Pools are made, filled and ended; whoever stands on a list is taken off at once when he says so."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.tracing import naming
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.actions.judging import follow
from hamroh.tracing.met import HELD, Met, lacks_consent
from hamroh.tracing.models import (
    LENT_DAYS,
    MOST_DAYS,
    Basis,
    Candidate,
    Gone,
    Origin,
    Pair,
    Pool,
    PoolImport,
    PoolRecord,
    Verdict,
)
from hamroh.vault import journal, pools

#: records that are written, withdrawn or expired in one transaction
BATCH = 200


class PoolRefused(ValueError):
    """Such a pool or record is not kept; the message says why and can be shown."""


@transaction.atomic
def make_pool(
    *, actor: Any, organisation: Organisation, name: str, origin: str, basis: str, of_a_shelter: bool, is_lent: bool,
    days: int = LENT_DAYS, facts: Mapping[str, Any] | None = None,
) -> Pool:  # fmt: skip
    """A pool that may be searched for so many days. PoolRefused for what is never one."""
    if of_a_shelter:
        raise PoolRefused(_("The people of a shelter or of a hidden place are in no pool. Nothing was kept."))
    if origin not in Origin.values or (basis == Basis.VITAL and origin != Origin.HOSPITAL):
        raise PoolRefused(
            _("Only of people in a hospital who cannot be asked may a list be kept without their consent.")
        )
    if not 1 <= days <= (LENT_DAYS if is_lent else MOST_DAYS):
        most = {"most": LENT_DAYS if is_lent else MOST_DAYS}
        raise PoolRefused(_("Such a list is kept for at most %(most)s days.") % most)
    row = Pool(
        organisation=organisation, name=name, origin=origin, basis=basis, is_lent=is_lent, facts=dict(facts or {}),
        made_by=actor, until_date=local_date(timezone.now(), organisation) + dt.timedelta(days=days),
    )  # fmt: skip
    policy.require(actor, "pool.write", row)
    row.save()
    journal.record(actor=actor, verb="pool.make", about=row, facts={"origin": origin, "basis": basis, "lent": is_lent})
    return row


def held_pool(pk: UUID) -> Pool | None:
    """A pool as it stands now, held for a write; None where it has ended or is gone."""
    rows = Pool.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.filter(pk=pk, ended_date=None).first()


@transaction.atomic
def add_record(*, actor: Any, pool: Pool, met: Met) -> PoolRecord:
    """One more person of a pool. PoolRefused where he did not agree, or the pool has ended."""
    policy.require(actor, "pool.write", pool)
    row = held_pool(pool.pk)
    if row is None:
        raise PoolRefused(_("This list has ended."))
    if lacks_consent(row, met):
        raise PoolRefused(_("Without the person’s consent nobody is kept on this list."))
    (record,) = write_records(row, [met])
    journal.record(actor=actor, verb="pool.add_record", about=row, facts={"record": str(record.pk)})
    match_later([record.pk])
    return record


def write_records(pool: Pool, people: Sequence[Met], batch: PoolImport | None = None) -> list[PoolRecord]:
    """Rows and their entries in the name pool, within the caller's transaction."""
    rows = [
        PoolRecord(
            organisation_id=pool.organisation_id,
            pool=pool,
            batch=batch,
            origin_line=each.line,
            **each.columns(),
            **each.home(),
        )
        for each in people
    ]
    for row in rows:
        row.save()
    told = [naming.record_of(row, each.columns()) for row, each in zip(rows, people, strict=True)]
    pools.put(naming.RECORDS, pool.organisation_id, told)
    return rows


#: what compares records that arrived with the requests, in the background, by their ids
_matchers: list[Callable[[list[str]], Any]] = []


def match_by(matcher: Callable[[list[str]], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if matcher not in _matchers:
        _matchers.append(matcher)


def match_later(ids: Iterable[UUID]) -> None:
    """Once this is committed, requests are compared with these records."""
    for matcher in _matchers:
        transaction.on_commit(partial(matcher, [str(pk) for pk in ids]), robust=True)


# -- going ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw_record(*, actor: Any, record: PoolRecord) -> None:
    """He is on this list no more: what was known of him is emptied, and no search finds him, from this moment on."""
    policy.require(actor, "pool.write", record)
    rows = PoolRecord.objects.select_for_update(of=("self",)).filter(pk=record.pk, gone_at=None)
    bury(actor, list(rows.select_related("pool__organisation")), Gone.WITHDRAWN)


def bury(actor: Any, rows: Sequence[PoolRecord], why: str) -> None:
    """Make tombstones of records: row and name index in the caller's transaction. What was judged by them is weighed anew."""
    if not rows:
        return
    ids = [row.pk for row in rows]
    pools.withdraw(naming.RECORDS, rows[0].organisation_id, ids)
    Candidate.objects.filter(record__in=ids).delete()
    Pair.objects.filter(Q(record__in=ids) | Q(beside__in=ids)).delete()
    for row in rows:
        for name in HELD:
            setattr(row, name, None)
        row.gone_at, row.gone_why = timezone.now(), why
        row.save()
    for pool, count in _by_pool(rows).items():
        journal.record(actor=actor, verb="pool.bury", about=pool, facts={"why": str(why), "records": count})
    touched = Verdict.objects.filter(record__in=ids).values_list("request", flat=True).distinct()
    for pk in sorted(touched, key=str):
        if request := request_for_work(pk):
            follow(actor, request)


def _by_pool(rows: Sequence[PoolRecord]) -> dict[Pool, int]:
    found: dict[Pool, int] = {}
    for row in rows:
        found[row.pool] = found.get(row.pool, 0) + 1
    return found


@transaction.atomic
def end_pool(*, actor: Any, pool: Pool) -> None:
    """The list goes back: everybody on it is taken off."""
    policy.require(actor, "pool.write", pool)
    row = held_pool(pool.pk)
    if row is not None:
        _end(actor, row, Gone.WITHDRAWN)


def _end(actor: Any, pool: Pool, why: str) -> None:
    rows = PoolRecord.objects.select_for_update(of=("self",)).filter(pool=pool, gone_at=None).select_related("pool")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        bury(actor, list(rows.filter(pk__in=ids[start : start + BATCH])), why)
    pool.ended_date = local_date(timezone.now(), pool.organisation)
    pool.save()
    journal.record(actor=actor, verb="pool.end", about=pool, facts={"why": str(why)})


def expire_pools() -> int:
    """End lists whose day is over; how many."""
    count = 0
    rows = Pool.objects.filter(ended_date=None, until_date__lt=timezone.now().date())
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            pool = held_pool(pk)
            if pool is not None and pool.until_date < local_date(timezone.now(), pool.organisation):
                _end(None, pool, Gone.EXPIRED)
                count += 1
    return count
