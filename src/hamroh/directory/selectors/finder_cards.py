"""What a result of the help finder says: who, what, when, how to reach them, and when somebody last checked it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from hamroh.directory import phones
from hamroh.directory.models import AdminUnit, Capacity, Location, Phone, Schedule, Service, ServiceAtLocation
from hamroh.directory.models.services import Confidentiality, Trait
from hamroh.directory.selectors.finder import openings
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Found, Reach, Why
from hamroh.thesaurus.models import Concept, Label
from hamroh.web.texts import Text, pick


@dataclass(frozen=True)
class Number:
    """A telephone number; ``href`` is empty unless it may be dialled, ``printed`` says where it was once printed."""

    shown: str
    href: str
    kind: str
    safe: str
    note: Text
    printed: str
    invented: bool


@dataclass(frozen=True)
class Site:
    """Where they can be met: lines only of a public address, otherwise how much of it is told."""

    unit: Text
    address: Text
    directions: Text
    told: str
    printed: str


@dataclass(frozen=True)
class Visit:
    """A day on which a mobile consultation comes, ``unit`` is where to."""

    date: dt.date
    opens: dt.time | None
    closes: dt.time | None
    unit: Text
    note: Text


@dataclass(frozen=True)
class Card:
    """One service as a visitor reads it; a service with a secret place has no sites, no visits and no capacity."""

    code: str
    kinds: tuple[Text, ...]
    name: Text
    party: Text
    description: Text
    alert: Text
    cost: str
    cost_note: Text
    traits: tuple[str, ...]
    languages: tuple[str, ...]
    numbers: tuple[Number, ...]
    ask_hotline: bool
    week: tuple[hours.Line, ...]
    situation: hours.Situation
    visits: tuple[Visit, ...]
    sites: tuple[Site, ...]
    when_calling: Text
    do_not: Text
    verified: dt.date | None
    overdue: bool
    why: tuple[Why, ...] = ()
    km: float | None = None


@dataclass(frozen=True)
class Details:
    """Everything about one service: its card, and what a page of its own has room for."""

    card: Card
    service: Service
    eligibility: Text
    how_to_apply: Text
    documents: tuple[Text, ...]
    areas: tuple[Text, ...]
    notes: tuple[Text, ...]
    capacities: tuple[Capacity, ...]


def cards(found: Sequence[Found], *, actor: Any, lang: str, now: dt.datetime) -> list[Card]:  # noqa: ARG001
    """Cards in the order of ``found``, in a fixed number of queries; ``now`` is aware."""
    services = _with_all(Service.objects.filter(pk__in=[one.key for one in found])).in_bulk()
    labels = _labels(services.values(), lang)
    return [_card(services[one.key], one, labels, lang, now) for one in found if one.key in services]


def details(code: str, *, actor: Any, lang: str, now: dt.datetime, unchecked: bool = False) -> Details | None:  # noqa: ARG001
    """One service that the help finder may show, or None; ``unchecked`` admits what nobody verified."""
    today = now.date()
    shown = Service.objects.public(today) if unchecked else Service.objects.for_finder(today)
    service = _with_all(shown.filter(code=code)).prefetch_related("areas__unit").first()
    if service is None:
        return None
    found = Found(service.pk, (), Reach.ANYWHERE, None)
    secret = hasattr(service, "secret_place")
    return Details(
        card=_card(service, found, _labels([service], lang), lang, now),
        service=service,
        eligibility=pick(service.eligibility, lang),
        how_to_apply=pick(service.how_to_apply, lang),
        documents=tuple(pick(texts, lang) for texts in service.documents),
        areas=() if secret else tuple(pick(area.unit.names, lang) for area in service.areas.all()),
        notes=tuple(pick(row.note, lang) for row in service.schedules.all() if row.note),
        capacities=() if secret else tuple(service.capacities.order_by("unit")),
    )


def _with_all(services: Any) -> Any:
    units = AdminUnit.objects.select_related("parent__parent__parent")
    return services.select_related("party__country", "secret_place__ask").prefetch_related(
        "kinds",
        "phones",
        Prefetch("party__phones", Phone.objects.filter(service__isnull=True, location__isnull=True)),
        Prefetch("schedules", Schedule.objects.order_by("date", "opens_at", "pk")),
        Prefetch("schedules__unit", units),
        Prefetch("at_locations", ServiceAtLocation.objects.select_related("location").order_by("pk")),
        Prefetch("at_locations__location__unit", units),
        "at_locations__location__phones",
    )


def _labels(services: Iterable[Service], lang: str) -> dict[UUID, Text]:
    """Preferred labels of the kinds of some services, in the language or the next best."""
    kinds: set[Concept] = {kind for service in services for kind in service.kinds.all()}
    texts: dict[UUID, dict[str, str]] = {kind.pk: {} for kind in kinds}
    rows = Label.objects.filter(concept__in=kinds, kind="pref").values_list("concept_id", "lang", "text")
    for concept, code, text in rows:
        texts[concept][code] = text[:1].upper() + text[1:]
    return {concept: pick(names, lang) for concept, names in texts.items()}


def _card(service: Service, found: Found, labels: dict[UUID, Text], lang: str, now: dt.datetime) -> Card:
    secret = hasattr(service, "secret_place")
    places = [] if secret else [row.location for row in service.at_locations.all()]
    rules = openings(service.schedules.all())
    local_now = hours.local(now, _zone_codes(service, places))
    today = (local_now or now).date()
    return Card(
        code=service.code,
        kinds=tuple(labels[kind.pk] for kind in service.kinds.all() if labels.get(kind.pk)),
        name=pick(service.names, lang),
        party=pick(service.party.names, lang),
        description=pick(service.description, lang),
        alert=pick(service.alert, lang),
        cost=service.cost,
        cost_note=pick(service.cost_note, lang),
        traits=tuple(str(Trait(trait).label) for trait in service.traits if trait in Trait.values),
        languages=tuple(service.languages),
        numbers=tuple(_number(phone, lang) for phone in _phones(service, places)),
        ask_hotline=secret,
        week=tuple(hours.week(rules, today)),
        situation=_situation(rules, local_now),
        visits=() if secret else _visits(service.schedules.all(), today, lang),
        sites=tuple(_site(place, lang) for place in places),
        when_calling=pick(service.when_calling, lang),
        do_not=pick(service.do_not, lang),
        verified=service.verified_date,
        overdue=service.is_overdue(today),
        why=found.why,
        km=found.km,
    )


def _zone_codes(service: Service, places: Iterable[Location]) -> list[str]:
    """ISO codes from the place up to the country of the party; the first whose clock is known counts."""
    units = [row.unit for row in service.schedules.all()] + [place.unit for place in places]
    codes = [iso for unit in units for iso in _codes_above(unit)]
    return [*codes, *_codes_above(service.party.country)]


def _codes_above(unit: AdminUnit | None) -> list[str]:
    return [unit.iso, *_codes_above(unit.parent)] if unit else []


def _situation(rules: list[hours.Opening], local_now: dt.datetime | None) -> hours.Situation:
    if local_now is None:
        return hours.Situation(hours.Moment.NOT_STATED)
    return hours.situation(rules, local_now)


def _phones(service: Service, places: Iterable[Location]) -> list[Phone]:
    """Its own numbers, else those of its offices, else the party's; of a secret place only the hotline."""
    if hasattr(service, "secret_place"):
        hotline = [service.secret_place.ask] if service.secret_place.ask else []
        return hotline or [phone for phone in service.phones.all() if phone.kind == Phone.Kind.HOTLINE]
    at_places = [phone for place in places for phone in place.phones.all() if phone.service_id in (None, service.pk)]
    all_own = [*service.phones.all(), *at_places] or list(service.party.phones.all())
    callable_first = sorted(all_own, key=lambda phone: (not phone.dialable, phone.kind == Phone.Kind.FAX))
    return list(dict.fromkeys(callable_first))


def _number(phone: Phone, lang: str) -> Number:
    scheme = "sms" if phone.kind == Phone.Kind.TEXT else "tel"
    dialable = phone.dialable and phone.kind != Phone.Kind.FAX
    return Number(
        shown=phones.spoken(phone.number),
        href=f"{scheme}:{phone.number}" if dialable else "",
        kind=phone.kind,
        safe=phone.safe_to_call,
        note=pick(phone.note, lang),
        printed=phone.printed,
        invented=phone.invented,
    )


def _site(place: Location, lang: str) -> Site:
    public = place.confidentiality == Confidentiality.PUBLIC
    return Site(
        unit=pick(place.unit.names if place.unit else None, lang),
        address=pick(place.address if public else None, lang),
        directions=pick(place.directions if public else None, lang),
        told=place.confidentiality,
        printed=place.printed,
    )


def _visits(rows: Iterable[Schedule], today: dt.date, lang: str) -> tuple[Visit, ...]:
    coming = [row for row in rows if row.date is not None and row.date >= today]
    return tuple(
        Visit(
            date=row.date,
            opens=row.opens_at,
            closes=row.closes_at,
            unit=pick(row.unit.names if row.unit else None, lang),
            note=pick(row.note, lang),
        )
        for row in coming
        if row.date
    )
