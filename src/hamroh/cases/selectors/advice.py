"""Days in villages with their tallies, and advice without a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases.models import TOPICS, Advice, AgeBand, MobileDay, Tally
from hamroh.vault import opening


@dataclass(frozen=True)
class Counted:
    """A topic on one day: of the age band that is asked for, and of all."""

    topic: str
    label: Any
    here: int
    all: int


def days(*, actor: Any, organisation: Organisation) -> QuerySet[MobileDay]:
    rows = MobileDay.objects.filter(organisation=organisation).select_related("owner").order_by("-on_date", "-made_at")
    found: QuerySet[MobileDay] = policy.visible(actor, "advice.count", rows)
    return found.annotate(seen=Sum("tallies__count", default=0))


def day_lines(*, actor: Any, rows: Sequence[MobileDay]) -> list[dict[str, Any]]:
    """Days with the names of their places."""
    return [{"day": row, "place": place_of(row, policy.require(actor, "advice.count", row))} for row in rows]


def day_of(*, actor: Any, day: UUID) -> tuple[MobileDay, Decision]:
    """A day in which the actor may count; Refused where there is none for her."""
    row, decision = policy.fetch(actor, "advice.count", MobileDay.objects.select_related("owner").filter(pk=day))
    return row, decision


def place_of(day: MobileDay, decision: Decision) -> Any:
    return opening.open_each(day, ("place",), decision=decision, purpose="list")["place"]


def tally(day: MobileDay, age_band: str) -> list[Counted]:
    """Every topic with its counts: one query."""
    rows = list(Tally.objects.filter(day=day).values_list("topic", "age_band", "count"))
    return [
        Counted(
            topic,
            label,
            here=sum(count for each, age, count in rows if (each, age) == (topic, age_band)),
            all=sum(count for each, _age, count in rows if each == topic),
        )
        for topic, label in TOPICS
    ]


def by_age(day: MobileDay) -> list[tuple[Any, int]]:
    """How many of each age band were counted."""
    counted = dict(Tally.objects.filter(day=day).values_list("age_band").annotate(Sum("count")))
    return [(label, counted.get(band, 0)) for band, label in AgeBand.choices]


def talks(*, actor: Any, organisation: Organisation) -> QuerySet[Advice]:
    """Talks without a case: one's own, the supervisor all."""
    rows = Advice.objects.filter(organisation=organisation).select_related("owner").order_by("-on_date", "-made_at")
    return policy.visible(actor, "advice.read", rows)


def advice_lines(*, actor: Any, rows: Sequence[Advice]) -> list[dict[str, Any]]:
    """Talks with their words."""
    decided = ((row, policy.require(actor, "advice.read", row)) for row in rows)
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="list")}
        for row, decision in decided
    ]
