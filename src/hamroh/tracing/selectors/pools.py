"""Pools, their records and the files that are taken in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.tracing.models import Pool, PoolImport, PoolRecord, standing
from hamroh.vault import opening

#: files that a pool's page shows
FILES = 10
FIELDS = ("name", "names", "born", "sex", "place", "phone", "note", "consent")


def pools(*, actor: Any, organisation: Organisation) -> list[dict[str, Any]]:
    """The pools that the actor may read, those in force first, with how many people each has."""
    there = standing(PoolRecord.objects.filter(organisation=organisation))
    counts = dict(there.values_list("pool").annotate(Count("pk")).order_by())
    rows = Pool.objects.filter(organisation=organisation).order_by("ended_date", "-made_at", "pk")
    decided = ((row, policy.allowed(actor, "pool.read", row)) for row in policy.visible(actor, "pool.read", rows))
    return [
        {
            "row": row,
            "count": counts.get(row.pk, 0),
            **opening.open_each(row, ("name",), decision=decision, purpose="list"),
        }
        for row, decision in decided
        if decision.yes
    ]


def pool_of(*, actor: Any, code: str, verb: str = "pool.read") -> tuple[Pool, Decision]:
    """The pool of a code with the decision that opens it and its rows; Refused otherwise."""
    return policy.fetch(actor, verb, Pool.objects.select_related("organisation", "made_by").filter(code=code))


def records(*, pool: Pool) -> QuerySet[PoolRecord]:
    """The records of a pool that are there, the newest first."""
    rows: QuerySet[PoolRecord] = standing(PoolRecord.objects.filter(pool=pool))
    return rows.order_by("-made_at", "pk")


def record_of(*, pool: Pool, pk: UUID) -> PoolRecord:
    """A record of this very pool, be it a tombstone; Refused otherwise."""
    row: PoolRecord | None = PoolRecord.objects.filter(pool=pool, pk=pk).first()
    if row is None:
        raise policy.Refused("no such record in this pool")
    return row


def import_of(*, pool: Pool, pk: UUID) -> PoolImport:
    """A file of this very pool; Refused otherwise."""
    row: PoolImport | None = PoolImport.objects.filter(pool=pool, pk=pk).first()
    if row is None:
        raise policy.Refused("no such file of this pool")
    return row


def pool_facts(*, actor: Any, pool: Pool) -> dict[str, Any]:
    """What a list is called, from whom it is, whom to ask, what was agreed about it."""
    decision = policy.require(actor, "pool.read", pool)
    shown = opening.open_each(pool, ("name", "facts"), decision=decision, purpose="page")
    return {"name": shown["name"], "facts": shown["facts"] if isinstance(shown["facts"], dict) else {}}


def people(*, rows: Sequence[PoolRecord], decision: Decision) -> list[dict[str, Any]]:
    """One page of a list's people: the name and the year."""
    return [{"row": row, **opening.open_each(row, ("name", "born"), decision=decision, purpose="list")} for row in rows]


def record_details(*, record: PoolRecord, decision: Decision) -> dict[str, Any]:
    """Everything that a list says of somebody; of a tombstone nothing."""
    return opening.open_each(record, FIELDS, decision=decision, purpose="page")


def files(*, pool: Pool, decision: Decision) -> list[dict[str, Any]]:
    """The files of a pool, the newest first, with how many rows were not taken."""
    rows = (
        PoolImport.objects.filter(pool=pool)
        .exclude(state="thrown")
        .select_related("made_by")
        .order_by("-made_at", "pk")
    )
    return [{"row": row, **import_facts(row=row, decision=decision)} for row in rows[:FILES]]


def import_facts(*, row: PoolImport, decision: Decision) -> dict[str, Any]:
    """Header, columns and fates of a file."""
    found = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
    return found if isinstance(found, dict) else {"header": [], "mapping": {}}
