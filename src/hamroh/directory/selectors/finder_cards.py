"""What a result of the help finder says: who, what, when, how to reach them, and when somebody last checked it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hamroh.directory import phones
from hamroh.directory.models import (
    Capacity,
    ListingConsent,
    Location,
    Party,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.directory.models.services import Confidentiality, Cost, Trait
from hamroh.directory.selectors.finder import Asked, everything
from hamroh.directory.selectors.finder_pool import knowledge, opening, pool, shown
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Ask, Found, Offer, Reach, Why

Texts = Mapping[str, str]
#: looked up once: Django compares every lazy label each time it is asked for one
_TRAITS = {trait.value: trait.label for trait in Trait}
_COSTS = {cost.value: cost.label for cost in Cost}
_PUBLIC = ["listed", "public", "active", "listed", "public"]
_ON_A_SHEET = 60  # services; more do not fit on paper that is handed out


@dataclass(frozen=True)
class Number:
    """A telephone number; ``href`` is empty unless it may be dialled, ``printed`` says where it was once printed."""

    shown: str
    href: str
    kind: str
    safe: str
    note: Texts
    printed: str
    invented: bool


@dataclass(frozen=True)
class Site:
    """Where they can be met: lines only of a public address, ``told`` says how much is told otherwise."""

    unit: Texts
    address: Texts
    directions: Texts
    accessibility: Texts
    told: str
    printed: str


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
    services = _still_public(shown((one.key for one in found), known, _read), now.date())
    labels = _labels(question)
    return [_card(services[one.key], one, labels, now) for one in found if one.key in services]


def details(code: str, *, actor: Any, now: dt.datetime, unchecked: bool = False) -> Details | None:  # noqa: ARG001
    """One service that the help finder may show, or None; ``unchecked`` admits what nobody verified."""
    today = now.date()
    shown = Service.objects.public(today) if unchecked else Service.objects.for_finder(today)
    service = _with_all(shown.filter(code=code)).prefetch_related("areas__unit").first()
    if service is None:
        return None
    secret = _is_secret(service)
    offer = Offer(service.pk, kinds=frozenset(service.kinds.values_list("pk", flat=True)))
    return Details(
        card=_card(service, Found(service.pk, Reach.ANYWHERE, None, Ask(), offer), _labels(Asked()), now),
        areas=() if secret else tuple(area.unit.names for area in service.areas.all()),
        notes=tuple(row.note for row in service.schedules.all() if row.note),
        capacities=() if secret else tuple(service.capacities.order_by("unit")),
    )


def sheet(question: Asked, *, actor: Any, now: dt.datetime) -> list[Group]:
    """The services for a place, those of one party together, as a leaflet and a kept copy show them."""
    found = everything(question, actor=actor, now=now, limit=_ON_A_SHEET)
    groups: dict[UUID, list[Card]] = {}
    for card in cards(found, question, actor=actor, now=now):
        alone = card.service.pk if card.ask_hotline else card.service.party_id  # its hotline, not its party's offices
        groups.setdefault(alone, []).append(card)
    return [Group(tuple(group)) for group in groups.values()]


def _read(keys: list[UUID]) -> dict[UUID, Service]:
    return _with_all(Service.objects.filter(pk__in=keys)).in_bulk()


def _still_public(services: Mapping[UUID, Service], today: dt.date) -> dict[UUID, Service]:
    """Asked of the database at this moment: a consent that was just withdrawn counts at once.

    The rule of ``ServiceQuerySet.public``, read by key: beside a state, SQLite walks the index of all listed entries.
    """
    states = ("state", "visibility", "operation", "party__state", "party__visibility")
    rows = Service.objects.filter(pk__in=list(services)).values_list("pk", "party_id", "party__kind", *states)
    listed = {pk: (party, kind) for pk, party, kind, *now in rows if now == _PUBLIC}
    choosing = {party for party, kind in listed.values() if kind in CONSENT_KINDS}
    consents = (
        ListingConsent.objects.current(today).filter(party__in=choosing) if choosing else ListingConsent.objects.none()
    )
    unlisted = choosing - set(consents.values_list("party_id", flat=True))
    return {key: services[key] for key in services if key in listed and listed[key][0] not in unlisted}


def _is_secret(service: Service) -> bool:
    return hasattr(service, "secret_place")


def _with_all(services: QuerySet[Service]) -> QuerySet[Service]:
    numbers = Phone.objects.filter(Q(service__in=services.values("pk")) | Q(service=None) | Q(kind=Phone.Kind.HOTLINE))
    unused = ("description", "mandate", "registration", "sort_keys", "initials", "sources")
    return (
        services.select_related("party", "secret_place")
        .defer("sort_keys", "initials", *(f"party__{name}" for name in unused))
        .prefetch_related(
            Prefetch("schedules", Schedule.objects.order_by("date", "opens_at", "pk")),
            Prefetch("at_locations", ServiceAtLocation.objects.select_related("location").order_by("pk")),
            Prefetch("party__phones", numbers.order_by("pk")),
        )
    )


def _labels(question: Asked) -> dict[UUID, Texts]:
    """Short labels of kinds of help, those that fit the question best first."""
    kinds = knowledge().labels
    fitting = sorted(kinds, key=lambda kind: -question.ask.kinds.get(kind, 0.0))
    return {kind: kinds[kind].labels for kind in fitting}


def _card(service: Service, found: Found, labels: Mapping[UUID, Texts], now: dt.datetime) -> Card:
    secret = _is_secret(service)
    places = [] if secret else [row.location for row in service.at_locations.all()]
    rules = [opening(row) for row in service.schedules.all()]
    local_now = hours.local(now, _zone_codes(service, places))
    today = (local_now or now).date()
    return Card(
        service=service,
        kinds=tuple(label for kind, label in labels.items() if kind in found.offer.kinds),
        cost=str(_COSTS[service.cost]),
        traits=tuple(str(_TRAITS[trait]) for trait in service.traits if trait in _TRAITS),
        numbers=tuple(map(_number, _phones(service, places))),
        ask_hotline=secret,
        week=tuple(hours.week(rules, today)),
        situation=hours.situation(rules, local_now) if local_now else hours.Situation(hours.Moment.NOT_STATED),
        visits=() if secret else tuple(_visits(service.schedules.all(), today)),
        sites=tuple(map(_site, places)),
        overdue=service.is_overdue(today),
        why=found.why,
        km=found.km,
    )


def _zone_codes(service: Service, places: Iterable[Location]) -> list[str]:
    """ISO codes from the place up to the country of the party; the first whose clock is known counts."""
    units = [row.unit_id for row in service.schedules.all()] + [place.unit_id for place in places]
    units.append(service.party.country_id)
    above = knowledge(units).above
    return [unit.iso for key in units if key for unit in above[key]]


def _names_of(unit: UUID | None) -> Texts:
    return knowledge([unit]).by_key[unit].names if unit else {}


def _phones(service: Service, places: Iterable[Location]) -> list[Phone]:
    """Its own numbers and those of its offices, else those of its party; of a secret place only the hotline."""
    numbers = list(service.party.phones.all())
    own = [phone for phone in numbers if phone.service_id == service.pk]
    if _is_secret(service):
        hotline = [phone for phone in numbers if phone.pk == service.secret_place.ask_id]
        return hotline or [phone for phone in own if phone.kind == Phone.Kind.HOTLINE]
    offices = {place.pk for place in places}
    own += [phone for phone in numbers if phone.service_id is None and phone.location_id in offices]
    own = own or [phone for phone in numbers if phone.service_id is None and phone.location_id is None]
    return sorted(own, key=lambda phone: (not phone.dialable, phone.kind == Phone.Kind.FAX))


def _number(phone: Phone) -> Number:
    scheme = "sms" if phone.kind == Phone.Kind.TEXT else "tel"
    dialable = phone.dialable and phone.kind != Phone.Kind.FAX
    return Number(
        shown=phones.spoken(phone.number),
        href=f"{scheme}:{phone.number}" if dialable else "",
        kind=phone.kind,
        safe=phone.safe_to_call,
        note=phone.note,
        printed=phone.printed,
        invented=phone.invented,
    )


def _site(place: Location) -> Site:
    public = place.confidentiality == Confidentiality.PUBLIC
    return Site(
        unit=_names_of(place.unit_id),
        address=place.address if public else {},
        directions=place.directions if public else {},
        accessibility=place.accessibility,
        told=place.confidentiality,
        printed=place.printed,
    )


def _visits(rows: Iterable[Schedule], today: dt.date) -> Iterable[Visit]:
    for row in rows:
        if row.date is not None and row.date >= today:
            yield Visit(row.date, row.opens_at, row.closes_at, _names_of(row.unit_id), row.note)
