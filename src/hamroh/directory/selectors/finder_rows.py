"""What a card says of services that stands in the database: read in four plain queries, and kept as it was read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.directory import phones
from hamroh.directory.models import Channel, Location, Party, Phone, Schedule, Service
from hamroh.directory.models.services import Confidentiality
from hamroh.directory.selectors.finder_pool import knowledge, opening
from hamroh.kernel import hours

Texts = Mapping[str, str]
_OF_A_SERVICE = (
    *("code", "names", "state", "visibility", "operation", "verified_date", "next_review_date", "description"),
    *("when_calling", "do_not", "alert", "cost", "sources", "languages", "traits", "secret_place__ask"),
    *("party__names", "party__kind", "party__state", "party__visibility", "party__country"),
)
#: the first column orders the rows of the second
_OF_A_RULE = ("pk", "service_id", "unit_id", "days", "date", "opens_at", "closes_at", "valid_from", "valid_to", "note")
_OF_A_SITE = ("unit_id", "confidentiality", "address", "directions", "accessibility", "printed")
_OF_A_PLACE = ("at_services", "at_services__service", "pk", *_OF_A_SITE)
_OF_A_PHONE = (
    *("pk", "party_id", "service_id", "location_id", "number", "kind", "safe_to_call", "note"),
    *("dialable", "printed", "invented"),
)


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
class Told:
    """A service with all that is told of it; of a secret place there are no sites, and only its hotline.

    ``rules`` and ``notes`` are in the order of their dates, ``visited`` holds the unit and the note of each single
    date; ``clocks`` are ISO codes from the place up to the country: the first whose clock is known counts.
    """

    service: Service
    rules: tuple[hours.Opening, ...]
    visited: tuple[tuple[hours.Opening, Texts, Texts], ...]
    notes: tuple[Texts, ...]
    sites: tuple[Site, ...]
    numbers: tuple[Number, ...]
    clocks: tuple[str, ...]

    @property
    def is_secret(self) -> bool:
        return is_secret(self.service)


def is_secret(service: Service) -> bool:
    return hasattr(service, "secret_place")


def read(keys: Iterable[UUID]) -> dict[UUID, Told]:
    """Services by their keys, with no more of them than cards say."""
    services = Service.objects.filter(pk__in=list(keys)).select_related("party", "secret_place")
    return told(services.only(*_OF_A_SERVICE))


def told(services: QuerySet[Service]) -> dict[UUID, Told]:
    """What is told of some services, which bring their party and their secret place.

    Rows are put in order here: it costs less than to ask for it, and empty dates stand first on every database.
    """
    found = {service.pk: service for service in services}
    parties = {service.party_id for service in found.values()}
    rules = _rows(Schedule.objects.filter(service__in=found), _OF_A_RULE)
    places = _rows(Location.objects.filter(at_services__service__in=found), _OF_A_PLACE)
    numbers = _rows(Phone.objects.filter(party__in=parties), _OF_A_PHONE)
    return {
        key: _told(service, rules[key], [] if is_secret(service) else places[key], numbers[service.party_id])
        for key, service in found.items()
    }


def _rows(asked: QuerySet[Any], columns: Iterable[str]) -> Mapping[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(asked.values_list(*columns, named=True), key=itemgetter(0)):
        found[row[1]].append(row)
    return found


@dataclass(frozen=True)
class Contact:
    """A party with all its ways that its own page tells too; its services have theirs."""

    party: Party
    numbers: tuple[Number, ...]
    sites: tuple[Site, ...]
    channels: tuple[Any, ...]


def contacts(parties: Sequence[Party]) -> list[Contact]:
    """How to reach some parties themselves, in their order."""
    of_them = {"party__in": parties}
    places = _rows(Location.objects.filter(**of_them), ("pk", "party_id", *_OF_A_SITE))
    numbers = _rows(Phone.objects.filter(service=None, **of_them), _OF_A_PHONE)
    channels = _rows(Channel.objects.filter(**of_them), ("pk", "party_id", "kind", "value", "printed"))
    return [
        Contact(
            party=party,
            numbers=tuple(map(_number, _dialled_first(numbers[party.pk]))),
            sites=tuple(map(_site, places[party.pk])),
            channels=tuple(channels[party.pk]),
        )
        for party in parties
    ]


def _told(service: Service, rules: list[Any], places: list[Any], numbers: list[Any]) -> Told:
    rules = sorted(rules, key=_when)
    units = [row.unit_id for row in rules] + [place.unit_id for place in places] + [service.party.country_id]
    above = knowledge(units).above
    openings = [opening(row) for row in rules]
    visits = () if is_secret(service) else zip(openings, rules, strict=True)
    return Told(
        service=service,
        rules=tuple(openings),
        visited=tuple((rule, _names_of(row.unit_id), row.note) for rule, row in visits if rule.date),
        notes=tuple(row.note for row in rules if row.note),
        sites=tuple(map(_site, places)),
        numbers=tuple(map(_number, _phones(service, {place.pk for place in places}, numbers))),
        clocks=tuple(unit.iso for key in units if key for unit in above[key]),
    )


def _when(rule: Any) -> tuple[dt.date, dt.time]:
    return rule.date or dt.date.min, rule.opens_at or dt.time.min


def _names_of(unit: UUID | None) -> Texts:
    return knowledge([unit]).by_key[unit].names if unit else {}


def _phones(service: Service, offices: set[UUID], numbers: list[Any]) -> list[Any]:
    """Its own numbers and those of its offices, else those of its party; of a secret place only the hotline."""
    own = [phone for phone in numbers if phone.service_id == service.pk]
    if is_secret(service):
        hotline = [phone for phone in numbers if phone.pk == service.secret_place.ask_id]
        return hotline or [phone for phone in own if phone.kind == Phone.Kind.HOTLINE]
    own += [phone for phone in numbers if phone.service_id is None and phone.location_id in offices]
    own = own or [phone for phone in numbers if phone.service_id is None and phone.location_id is None]
    return _dialled_first(own)


def _dialled_first(numbers: Iterable[Any]) -> list[Any]:
    return sorted(numbers, key=lambda phone: (not phone.dialable, phone.kind == Phone.Kind.FAX))


def _number(phone: Any) -> Number:
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


def _site(place: Any) -> Site:
    public = place.confidentiality == Confidentiality.PUBLIC
    return Site(
        unit=_names_of(place.unit_id),
        address=place.address if public else {},
        directions=place.directions if public else {},
        accessibility=place.accessibility,
        told=place.confidentiality,
        printed=place.printed,
    )
