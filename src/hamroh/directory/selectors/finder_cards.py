"""What a result of the help finder says: who, what, when, how to reach them, and when somebody last checked it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hamroh.directory.models import Capacity, ListingConsent, Party, Service
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.directory.models.services import Cost, Trait
from hamroh.directory.selectors import finder_rows
from hamroh.directory.selectors.finder import Asked, everything
from hamroh.directory.selectors.finder_pool import knowledge, pool, told_of
from hamroh.directory.selectors.finder_rows import Contact, Number, Site, Texts, Told
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Ask, Found, Offer, Reach, Why

#: looked up once: Django compares every lazy label each time it is asked for one
_TRAITS = {trait.value: trait.label for trait in Trait}
_COSTS = {cost.value: cost.label for cost in Cost}
_STATES = ("state", "visibility", "operation", "party__state", "party__visibility")
_PUBLIC = ["listed", "public", "active", "listed", "public"]
_ON_A_SHEET = 60  # services; more do not fit on paper that is handed out


@dataclass(frozen=True)
class Visit:
    """A day on which a mobile consultation comes, ``unit`` is where to."""

    date: dt.date
    opens: dt.time | None
    closes: dt.time | None
    unit: Texts
    note: Texts


@dataclass(frozen=True)
class Card:
    """One service as a visitor reads it; one with a secret place has no sites and no visits: ``ask_hotline``."""

    service: Service
    kinds: tuple[Texts, ...]
    cost: str
    traits: tuple[str, ...]
    numbers: tuple[Number, ...]
    ask_hotline: bool
    week: tuple[hours.Line, ...]
    situation: hours.Situation
    visits: tuple[Visit, ...]
    sites: tuple[Site, ...]
    overdue: bool
    why: tuple[Why, ...] = ()
    km: float | None = None


@dataclass(frozen=True)
class Details:
    """Everything about one service: its card, and what a page of its own has room for."""

    card: Card
    areas: tuple[Texts, ...]
    notes: tuple[Texts, ...]
    capacities: tuple[Capacity, ...]

    @property
    def service(self) -> Service:
        return self.card.service


@dataclass(frozen=True)
class Group:
    """What one party offers, on a printed sheet; ``checked`` is the oldest of the checks, None if one is missing."""

    cards: tuple[Card, ...]

    @property
    def party(self) -> Party:
        return self.cards[0].service.party

    @property
    def checked(self) -> dt.date | None:
        days = [card.service.verified_date for card in self.cards]
        return min((day for day in days if day), default=None) if all(days) else None


def cards(found: Sequence[Found], question: Asked, *, actor: Any, now: dt.datetime) -> list[Card]:  # noqa: ARG001
    """Cards in the order of ``found``, in a fixed number of queries; ``now`` is aware.

    What is no longer public at this moment is left out, whatever was known of it when it was found.
    """
    known = question.pool or pool(now.date())
    shown, fresh = told_of((one.key for one in found), known, finder_rows.read)
    public = _public_now(shown, fresh, now.date())
    return [_card(shown[one.key], one, question, now) for one in found if one.key in public]


def contacts(parties: Sequence[Party], *, actor: Any) -> list[Contact]:  # noqa: ARG001
    """How to reach parties that no service stands for; each was public when the question was read."""
    return finder_rows.contacts(parties) if parties else []


def details(code: str, *, actor: Any, now: dt.datetime, unchecked: bool = False) -> Details | None:  # noqa: ARG001
    """One service that the help finder may show, or None; ``unchecked`` admits what nobody verified."""
    today = now.date()
    shown = Service.objects.public(today) if unchecked else Service.objects.for_finder(today)
    told = next(iter(finder_rows.told(shown.filter(code=code).select_related("party", "secret_place")).values()), None)
    if told is None:
        return None
    service = told.service
    offer = Offer(service.pk, kinds=frozenset(service.kinds.values_list("pk", flat=True)))
    return Details(
        card=_card(told, Found(service.pk, Reach.ANYWHERE, None, Ask(), offer), Asked(), now),
        areas=() if told.is_secret else tuple(area.unit.names for area in service.areas.select_related("unit")),
        notes=told.notes,
        capacities=() if told.is_secret else tuple(service.capacities.order_by("unit")),
    )


def sheet(question: Asked, *, actor: Any, now: dt.datetime) -> list[Group]:
    """The services for a place, those of one party together, as a leaflet and a kept copy show them."""
    found = everything(question, actor=actor, now=now, limit=_ON_A_SHEET)
    groups: dict[UUID, list[Card]] = {}
    for card in cards(found, question, actor=actor, now=now):
        alone = card.service.pk if card.ask_hotline else card.service.party_id  # its hotline, not its party's offices
        groups.setdefault(alone, []).append(card)
    return [Group(tuple(group)) for group in groups.values()]


def _public_now(shown: Mapping[UUID, Told], fresh: Collection[UUID], today: dt.date) -> set[UUID]:
    """Which of them are public at this moment: those kept from before are asked of the database again.

    The rule of ``ServiceQuerySet.public``, read by key: beside a state, SQLite walks the index of all listed entries.
    """
    standing = [_standing(shown[key].service) for key in fresh]
    if kept := shown.keys() - set(fresh):
        standing += Service.objects.filter(pk__in=kept).values_list("pk", "party_id", "party__kind", *_STATES)
    listed = {pk: (party, kind) for pk, party, kind, *now in standing if now == _PUBLIC}
    choosing = {party for party, kind in listed.values() if kind in CONSENT_KINDS}
    unlisted = choosing - _consenting(choosing, today)
    return {key for key, (party, _kind) in listed.items() if party not in unlisted}


def _standing(service: Service) -> tuple[Any, ...]:
    party = service.party
    states = (service.state, service.visibility, service.operation, party.state, party.visibility)
    return service.pk, party.pk, party.kind, *states


def _consenting(parties: Collection[UUID], today: dt.date) -> set[UUID]:
    if not parties:
        return set()
    consents = ListingConsent.objects.current(today).filter(party__in=parties)
    return set(consents.values_list("party_id", flat=True))


def _card(told: Told, found: Found, question: Asked, now: dt.datetime) -> Card:
    service = told.service
    local_now = hours.local(now, told.clocks)
    today = (local_now or now).date()
    situation = hours.situation(told.rules, local_now) if local_now else hours.Situation(hours.Moment.NOT_STATED)
    return Card(
        service=service,
        kinds=_labels(found.offer.kinds, question.ask.kinds),
        cost=str(_COSTS[service.cost]),
        traits=tuple(str(_TRAITS[trait]) for trait in service.traits if trait in _TRAITS),
        numbers=told.numbers,
        ask_hotline=told.is_secret,
        week=tuple(hours.week(told.rules, today)),
        situation=situation,
        visits=tuple(_visits(told, today)),
        sites=told.sites,
        overdue=service.is_overdue(today),
        why=found.why,
        km=found.km,
    )


def _labels(kinds: Iterable[UUID], fit: Mapping[UUID, float]) -> tuple[Texts, ...]:
    """Short labels of kinds of help, those that fit the question best first."""
    known = knowledge().labels
    rows = [known[kind] for kind in kinds if kind in known]
    return tuple(row.labels for row in sorted(rows, key=lambda row: (-fit.get(row.pk, 0.0), row.rank)))


def _visits(told: Told, today: dt.date) -> Iterator[Visit]:
    for rule, unit, note in told.visited:
        if rule.date and rule.date >= today:
            yield Visit(rule.date, rule.opens, rule.closes, unit, note)
