"""Gatherings and what they asked, for the desk."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.training.models import Gathering, Recommendation, RecommendationLine

#: what is still to be done
PENDING = ("open", "taken_up")


def gatherings(*, actor: Any, organisation: Organisation) -> QuerySet[Gathering]:
    """Gatherings of an organisation, the newest first, with how many of what they asked is still to be done."""
    rows = policy.visible(actor, "gathering.see", Gathering.objects.filter(organisation=organisation))
    pending = Count("recommendations", filter=Q(recommendations__state__in=PENDING))
    told = rows.select_related("place").annotate(asked=Count("recommendations"), pending=pending)
    found: QuerySet[Gathering] = told.order_by("-on_date", "pk")
    return found


def gathering_of(*, actor: Any, code: str, verb: str = "gathering.see") -> tuple[Gathering, Decision]:
    """The gathering of a code; Refused otherwise."""
    return policy.fetch(actor, verb, Gathering.objects.select_related("organisation", "place").filter(code=code))


def recommendations(*, gathering: Gathering) -> list[dict[str, Any]]:
    """What it asked, with what became of each, by two queries."""
    rows = list(
        Recommendation.objects.filter(gathering=gathering)
        .select_related("addressee", "follows")
        .order_by("made_at", "pk")
    )
    lines: dict[Any, list[RecommendationLine]] = {row.pk: [] for row in rows}
    for line in (
        RecommendationLine.objects.filter(gathering=gathering).select_related("made_by").order_by("made_at", "pk")
    ):
        lines[line.recommendation_id].append(line)
    return [{"row": row, "lines": lines[row.pk]} for row in rows]


def pending(*, actor: Any, organisation: Organisation, today: dt.date) -> dict[str, list[Recommendation]]:
    """What others are to do: late, and due within a month."""
    rows = policy.visible(actor, "gathering.see", Recommendation.objects.filter(organisation=organisation))
    rows = rows.filter(state__in=PENDING, due_date__isnull=False, due_date__lte=today + dt.timedelta(days=31))
    found = list(rows.select_related("gathering", "addressee").order_by("due_date", "pk")[:50])
    return {
        "late": [row for row in found if row.due_date and row.due_date < today],
        "soon": [row for row in found if row.due_date and row.due_date >= today],
    }


def recommendation_of(*, gathering: Gathering, pk: UUID) -> Recommendation:
    """One of this very gathering; Refused otherwise."""
    row: Recommendation | None = Recommendation.objects.filter(gathering=gathering, pk=pk).first()
    if row is None:
        raise policy.Refused("no such recommendation of this gathering")
    return row
