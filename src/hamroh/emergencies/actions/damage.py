"""What sources say was damaged, and what became of single households."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.actions.frame import MEANWHILE, NotNow, held, of_event
from hamroh.emergencies.models import (
    MEMBERS,
    Aid,
    DamageCard,
    Event,
    Household,
    Incident,
    OfferAnswer,
    RelocationOffer,
)
from hamroh.kernel.damage import EFFECTS, SECTORS, Count
from hamroh.vault import journal


@dataclass(frozen=True)
class Told:
    """What one source says of one place on a day; ``origin`` is what a file or a form calls it."""

    place: AdminUnit
    source: str
    source_name: str
    on_date: dt.date
    counts: Mapping[str, Count]
    sectors: Sequence[str] = ()
    spot: str = ""
    words: str = ""
    origin: str = ""
    incident: Incident | None = None

    def columns(self) -> dict[str, Any]:
        return {
            "place": self.place, "source": self.source, "source_name": self.source_name, "on_date": self.on_date, "spot": self.spot,
            "counts": {name: {"known": str(each.known), "value": each.value} for name, each in self.counts.items()},
            "sectors": list(self.sectors), "words": self.words.strip() or None, "origin": self.origin, "incident": self.incident,
        }  # fmt: skip


@transaction.atomic
def enter_card(*, actor: Any, event: Event, told: Told) -> DamageCard:
    """What a source says. A later card of the same source for the place takes its place; this one stays."""
    of = held(actor, event, "damage.enter")
    row = _card(actor, of, told)
    journal.record(actor=actor, verb="damage.enter", about=of, facts={"card": str(row.pk), "source": told.source})
    return row


@transaction.atomic
def enter_many(*, actor: Any, event: Event, cards: Iterable[Told]) -> int:
    """The cards of a file; how many are new. One whose origin is here already is left alone."""
    of = held(actor, event, "damage.enter")
    there = set(DamageCard.objects.filter(event=of).exclude(origin="").values_list("origin", flat=True))
    new = [told for told in cards if told.origin not in there]
    for told in new:
        _card(actor, of, told)
    journal.record(actor=actor, verb="damage.bring", about=of, facts={"cards": len(new)})
    return len(new)


def _card(actor: Any, event: Event, told: Told) -> DamageCard:
    wrong = set(told.counts) - set(EFFECTS) | set(told.sectors) - set(SECTORS)
    if wrong or not (told.counts or told.sectors or told.words.strip()):
        raise NotNow(_("Say at least one thing that was damaged, or that there was none."))
    if told.on_date > timezone.now().date() + dt.timedelta(days=1):
        raise NotNow(_("This has not happened yet: look at the day."))
    if told.incident is not None:
        of_event(Incident, event, told.incident.pk)
    row = DamageCard(organisation_id=event.organisation_id, event=event, made_by=actor, **told.columns())
    row.save()
    return row


@dataclass(frozen=True)
class Hit:
    """A household by an alias; the shapes are those of ``Household``."""

    alias: str
    place: AdminUnit
    members: Mapping[str, int] = field(default_factory=dict)
    losses: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def enter_household(*, actor: Any, event: Event, hit: Hit) -> Household:
    """A household that was hit."""
    of = held(actor, event, "household.write")
    row = Household(organisation_id=of.organisation_id, event=of, made_by=actor, **_columns(hit))
    row.save()
    journal.record(actor=actor, verb="household.enter", about=of, facts={"household": str(row.pk)})
    return row


@transaction.atomic
def change_household(*, actor: Any, event: Event, household: Household, hit: Hit, seen: dt.datetime | None) -> None:
    """What is known of a household now. NotNow where somebody changed it after ``seen``."""
    of = held(actor, event, "household.read")
    policy.require(actor, "household.write", of)
    row = of_event(Household, of, household.pk)
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    for name, value in _columns(hit).items():
        setattr(row, name, value)
    row.changed_at = timezone.now()
    row.save()
    journal.record(actor=actor, verb="household.change", about=of, facts={"household": str(row.pk)})


def _columns(hit: Hit) -> dict[str, Any]:
    if set(hit.members) - set(MEMBERS):
        raise ValueError("members are counted by sex and age as the room does")
    return {
        "alias": hit.alias,
        "place": hit.place,
        "members": dict(hit.members) or None,
        "losses": dict(hit.losses) or None,
    }


@transaction.atomic
def give_aid(
    *, actor: Any, event: Event, household: Household, kind: str, on_date: dt.date, facts: Mapping[str, Any]
) -> Aid:
    """What a household received."""
    of = held(actor, event, "household.write")
    of_event(Household, of, household.pk)
    row = Aid(
        organisation_id=of.organisation_id,
        event=of,
        household=household,
        kind=kind,
        on_date=on_date,
        facts=dict(facts) or None,
        made_by=actor,
    )
    row.save()
    journal.record(actor=actor, verb="household.aid", about=of, facts={"household": str(household.pk), "kind": kind})
    return row


@transaction.atomic
def note_offer(
    *,
    actor: Any,
    event: Event,
    household: Household,
    place: AdminUnit,
    on_date: dt.date,
    answer: str,
    facts: Mapping[str, Any],
) -> RelocationOffer:
    """A place that a household was offered, and what it answered; a refusal needs the reason in its own words."""
    of = held(actor, event, "household.write")
    of_event(Household, of, household.pk)
    if answer == OfferAnswer.REFUSED and not str(facts.get("why", "")).strip():
        raise NotNow(_("Write down why the household refused, in its own words."))
    row = RelocationOffer(
        organisation_id=of.organisation_id, event=of, household=household, place=place, on_date=on_date, answer=answer,
        facts=dict(facts) or None, made_by=actor,
    )  # fmt: skip
    row.save()
    journal.record(
        actor=actor, verb="household.offer", about=of, facts={"household": str(household.pk), "answer": answer}
    )
    return row
