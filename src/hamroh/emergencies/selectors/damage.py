"""What each source says was damaged; households by their alias."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.emergencies.models import Aid, DamageCard, Event, Household, RelocationOffer
from hamroh.kernel import damage
from hamroh.vault import opening

#: figures of households below this are not told: in a village everybody would know who it is
SMALL = 5


@dataclass(frozen=True)
class SourceSays:
    """What one source says of an event; ``covered`` are places that a wider one of the same source stands for."""

    kind: str
    name: str
    said: damage.Said
    covered: Sequence[AdminUnit]


def cards(*, event: Event) -> QuerySet[DamageCard]:
    """The cards of an event, the newest first."""
    rows: QuerySet[DamageCard] = DamageCard.objects.filter(event=event).select_related("place", "made_by")
    return rows.order_by("-on_date", "-made_at", "pk")


def sources(*, event: Event) -> list[SourceSays]:
    """What each source says of an event, each by itself."""
    rows = list(DamageCard.objects.filter(event=event).select_related("place").order_by("made_at", "pk"))
    units = {row.place_id: row.place for row in rows}
    said = damage.by_source([_card(row, at) for at, row in enumerate(rows)], _above(list(units)))
    places = {str(pk): unit for pk, unit in units.items()}
    found = []
    for key, each in said.items():
        kind, name = key.split("|", 1)
        covered = sorted((places[pk] for pk in each.covered), key=lambda unit: unit.key)
        found.append(SourceSays(kind, name, each, covered))
    return found


def _card(row: DamageCard, at: int) -> damage.Card:
    counts = {name: damage.Count(damage.Known(each["known"]), each["value"]) for name, each in row.counts.items()}
    return damage.Card(f"{row.source}|{row.source_name}", str(row.place_id), row.on_date, counts, at)


def _above(units: list[UUID]) -> dict[str, frozenset[str]]:
    """What each place lies in."""
    found: dict[str, set[str]] = {}
    rows = UnitAncestor.objects.filter(unit__in=units, distance__gt=0)
    for unit, ancestor in rows.values_list("unit_id", "ancestor_id"):
        found.setdefault(str(unit), set()).add(str(ancestor))
    return {unit: frozenset(above) for unit, above in found.items()}


# -- households ------------------------------------------------------------------------------------------------------


def household_rows(*, event: Event) -> QuerySet[Household]:
    """The households of an event, the newest first."""
    rows: QuerySet[Household] = Household.objects.filter(event=event).select_related("place")
    return rows.order_by("-made_at", "pk")


def households(*, rows: Sequence[Household], decision: Decision) -> list[dict[str, Any]]:
    """One page of households: the alias, and what was answered to the newest offer."""
    answers = _answers([row.pk for row in rows])
    return [
        {
            "row": row,
            "answer": answers.get(row.pk, ""),
            **opening.open_each(row, ("alias",), decision=decision, purpose="list"),
        }
        for row in rows
    ]


def _answers(ids: Sequence[UUID]) -> dict[UUID, str]:
    """What each household answered last."""
    offers = RelocationOffer.objects.filter(household__in=ids).order_by("on_date", "made_at", "pk")
    return {row.household_id: str(row.get_answer_display()) for row in offers}


def household_of(*, event: Event, pk: UUID, decision: Decision) -> dict[str, Any]:
    """A household of this very event, opened with what it received and was offered; Refused otherwise."""
    row = Household.objects.filter(event=event, pk=pk).select_related("place", "made_by").first()
    if row is None:
        raise policy.Refused("no such household of this event")
    aid = Aid.objects.filter(household=row).select_related("made_by").order_by("-on_date", "-made_at", "pk")
    offers = RelocationOffer.objects.filter(household=row).select_related("place", "made_by")
    opened = opening.open_each(row, ("alias", "members", "losses"), decision=decision, purpose="page")
    return {
        "row": row, "alias": opened["alias"], "members": plain(opened["members"]), "losses": plain(opened["losses"]),
        "aid": [{"row": each, "facts": _facts(each, decision)} for each in aid],
        "offers": [{"row": each, "facts": _facts(each, decision)} for each in offers.order_by("-on_date", "-made_at", "pk")],
    }  # fmt: skip


def _facts(row: Any, decision: Decision) -> dict[str, Any]:
    return plain(opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"])


def plain(value: Any) -> dict[str, Any]:
    """What was opened where it is a document; nothing where it does not open."""
    return value if isinstance(value, dict) else {}


def household_figures(*, event: Event) -> dict[str, int | None]:
    """How many households are known, received aid, were offered a place and what they answered; None where it is too few to be told.

    One small answer withholds all: it could be worked out from the others.
    """
    answers: dict[UUID, str] = dict(
        RelocationOffer.objects.filter(event=event)
        .order_by("on_date", "made_at", "pk")
        .values_list("household_id", "answer")
    )
    of = {
        "households": Household.objects.filter(event=event).count(),
        "aided": Aid.objects.filter(event=event).values("household").distinct().count(),
        "offered": len(answers),
        **{name: sum(each == name for each in answers.values()) for name in ("accepted", "refused", "undecided")},
    }
    if any(0 < number < SMALL for number in of.values()):
        return (
            dict.fromkeys(of, None)
            if 0 < of["households"] < SMALL
            else {**dict.fromkeys(of, None), "households": of["households"]}
        )
    return dict(of)
