"""Linked lists, what came of them, and two people of two lists side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.tracing import naming
from hamroh.tracing.likeness import Said, Weighing, in_words
from hamroh.tracing.models import Candidate, Linkage, Pair, PairVerdict, Pool
from hamroh.tracing.selectors.pools import FIELDS
from hamroh.tracing.selectors.requests import faced
from hamroh.vault import opening

PURPOSE = "search"
#: linkages that a list's page shows
SHOWN = 5


def others(*, actor: Any, pool: Pool) -> list[tuple[Pool, Any]]:
    """Lists that a list may be compared with, with their names."""
    rows = Pool.objects.filter(organisation=pool.organisation_id, ended_date=None).exclude(pk=pool.pk)
    decided = [(row, policy.allowed(actor, "pool.read", row)) for row in rows.order_by("-made_at", "pk")]
    return [
        (row, opening.open_each(row, ("name",), decision=decision, purpose="list")["name"])
        for row, decision in decided
        if decision.yes
    ]


def linkages(*, pool: Pool) -> list[Linkage]:
    """The last linkages that a list took part in."""
    rows = Linkage.objects.filter(Q(pool=pool) | Q(beside=pool)).select_related("pool", "beside", "made_by")
    return list(rows.order_by("-made_at", "pk")[:SHOWN])


def linkage_of(*, pool: Pool, pk: UUID) -> Linkage:
    """A linkage of this very list; Refused otherwise."""
    row: Linkage | None = (
        Linkage.objects.filter(pool=pool, pk=pk).select_related("pool", "beside__organisation").first()
    )
    if row is None:
        raise policy.Refused("no such linkage of this pool")
    return row


def pairs(*, actor: Any, linkage: Linkage) -> QuerySet[Pair]:
    """Pairs of the two lists, the likeliest first."""
    one, other = linkage.pool_id, linkage.beside_id
    rows = Pair.objects.filter(Q(pool=one, beside__pool=other) | Q(pool=other, beside__pool=one))
    return _readable(actor, rows).order_by("-chance", "pk")


def candidates(*, actor: Any, linkage: Linkage) -> QuerySet[Candidate]:
    """Requests beside people of a list that was compared with all of them, as far as the actor searches for them."""
    rows = Candidate.objects.filter(record__pool=linkage.pool, request__in=faced(actor, "tracing.search"))
    return rows.exclude(chance=None).select_related("request", "record").order_by("-chance", "pk")


def pairs_to_look_at(*, actor: Any, organisation: Organisation) -> QuerySet[Pair]:
    """Pairs of two lists that nobody looked at."""
    return _readable(actor, Pair.objects.filter(organisation=organisation, seen_at=None)).order_by("-found_at", "pk")


def _readable(actor: Any, rows: QuerySet[Pair]) -> QuerySet[Pair]:
    found: QuerySet[Pair] = policy.visible(actor, "pool.read", rows)
    return found.filter(beside__pool__in=policy.visible(actor, "pool.read", Pool.objects.all())).select_related(
        "pool", "record__pool", "beside__pool"
    )


def pair_of(*, actor: Any, pool: Pool, pk: UUID) -> Pair:
    """A pair of this very list, where the actor may read both; Refused otherwise."""
    row: Pair | None = _readable(actor, Pair.objects.filter(pool=pool, pk=pk)).first()
    if row is None:
        raise policy.Refused("no such pair of this pool")
    return row


def verdicts_on(*, pair: Pair) -> list[PairVerdict]:
    """What was said of the two, the oldest first."""
    rows = PairVerdict.objects.filter(record=pair.record, beside=pair.beside).select_related("made_by")
    return list(rows.order_by("made_at", "pk"))


def words_of(*, actor: Any, rows: Sequence[PairVerdict]) -> list[dict[str, Any]]:
    """Verdicts with their words, the newest first."""
    decided = [(row, policy.allowed(actor, "pool.read", row)) for row in rows]
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")}
        for row, decision in reversed(decided)
        if decision.yes
    ]


@dataclass(frozen=True)
class PairLine:
    """A pair as a list shows it, with both names and what our engine and the linkage say."""

    row: Pair
    names: tuple[Any, Any]
    said: Said


def pair_lines(*, actor: Any, rows: Sequence[Pair]) -> list[PairLine]:
    """One page of pairs with both names."""
    return [PairLine(row, _names(actor, row), Said.of(row.band, row.chance)) for row in rows]


def _names(actor: Any, row: Pair) -> tuple[Any, Any]:
    one, other = (
        opening.open_each(each, ("name",), decision=policy.require(actor, "pool.read", each), purpose="list")["name"]
        for each in (row.record, row.beside)
    )
    return one, other


@dataclass(frozen=True)
class TwoOfLists:
    """Two people of two lists as they were written, what is said of them, and the reasons of our engine."""

    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]
    said: Said
    reasons: tuple[str, ...]


def two_of_lists(*, actor: Any, pair: Pair) -> TwoOfLists:
    """Both originals, opened for the actor, and the reasons worked out anew."""
    one, other = (
        opening.open_each(each, FIELDS, decision=policy.require(actor, "pool.read", each), purpose=PURPOSE)
        for each in (pair.record, pair.beside)
    )
    both = [
        naming.record_of(row, _plain(values))
        for row, values in zip((pair.record, pair.beside), (one, other), strict=True)
    ]
    found, band = Weighing(naming.RECORDS, pair.organisation_id).alike(both[0], both[1])
    return TwoOfLists(one, other, Said.of(band, pair.chance), in_words(found))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}
