"""The help finder's reads: candidates from the database, their order from the kernel, and wider choices when few fit."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from hamroh.directory.finder_codes import ANY_HELP, ANYWHERE, Choice, Filter
from hamroh.directory.models import (
    AdminUnit,
    EmergencyRoute,
    HelpKind,
    Location,
    Need,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from hamroh.directory.models.services import Cost, Trait
from hamroh.directory.selectors import places
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Ask, Found, Offer, Point, rank
from hamroh.kernel.text import sort_key
from hamroh.thesaurus.models import ConceptAncestor
from hamroh.web.texts import pick

PAGE = 10
#: how many candidates are ranked; beyond it the database has already put the best fitting and latest checked first
MOST = 600
HOME_COUNTRIES = ("tj", "az")
_NEAR_DEGREES = 0.55  # of latitude, a little more than the ranking's near
_WIDE_LEVELS = ("country", "region")  # their points are capitals and seats, too coarse for a site
_REMOTE = (Trait.BY_PHONE, Trait.ONLINE, Trait.SHORT_NUMBER)
_TRAIT_OF = {
    Filter.WOMAN_SPECIALIST: Trait.WOMAN_SPECIALIST,
    Filter.COMES_TO_VILLAGES: Trait.COMES_TO_VILLAGES,
    Filter.CHILDREN_WELCOME: Trait.CHILDREN_WELCOME,
}


@dataclass(frozen=True)
class Place:
    """A chosen unit with the units around it (itself first, the country last) and those within it."""

    unit: AdminUnit
    chain: tuple[AdminUnit, ...]
    inside: frozenset[UUID]

    @property
    def country(self) -> AdminUnit:
        return self.chain[-1]

    @property
    def parent(self) -> AdminUnit | None:
        return self.chain[1] if len(self.chain) > 1 else None

    @property
    def point(self) -> Point | None:
        if self.unit.level == "country":
            return None
        return point_of(self.unit)


@dataclass(frozen=True)
class Asked:
    """A choice with its records: what the page says back (``labels`` of kinds of help), and what the ranking is asked."""

    choice: Choice = field(default_factory=Choice)
    needs: tuple[Need, ...] = ()
    labels: tuple[Mapping[str, str], ...] = ()
    place: Place | None = None
    ask: Ask = field(default_factory=Ask)


@dataclass(frozen=True)
class Results:
    """A page of services in their order; ``unchecked`` are ones printed in old documents, in a demonstration only."""

    found: tuple[Found, ...]
    total: int
    page: int
    pages: int
    unchecked: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Wider:
    """A wider choice that finds something: ``why`` says what is given up."""

    why: str
    choice: Choice
    total: int
    unit: AdminUnit | None = None


def needs(*, actor: Any) -> QuerySet[Need]:  # noqa: ARG001 - needs are the same for everybody
    """The sentences of the first question, in their order."""
    return Need.objects.order_by("rank", "code")


def place_of(code: int, *, actor: Any) -> Place | None:
    """The unit of a code with the units around and within it."""
    unit = places.unit_by_code(actor=actor, code=code)
    if unit is None:
        return None
    chain = tuple(places.units_above(actor=actor, unit=unit)) or (unit,)
    inside = places.units_beneath(actor=actor, unit=unit).values_list("pk", flat=True)
    return Place(unit, chain, frozenset(inside) | {unit.pk})


def countries(*, actor: Any, lang: str) -> list[AdminUnit]:  # noqa: ARG001 - places are the same for everybody
    """Countries to choose from: the home countries first, then those that services or verified numbers are for."""
    served = ServiceArea.objects.filter(service__state="listed").values("unit")
    routed = EmergencyRoute.objects.public().order_by().values("country")
    known = Q(descendancy__unit__in=served) | Q(pk__in=routed) | Q(key__in=HOME_COUNTRIES)
    found = AdminUnit.objects.filter(known, level="country").distinct()
    return sorted(found, key=lambda unit: (_home_rank(unit), sort_key(pick(unit.names, lang).text, lang)))


def _home_rank(unit: AdminUnit) -> int:
    return HOME_COUNTRIES.index(unit.key) if unit.key in HOME_COUNTRIES else len(HOME_COUNTRIES)


def asked(choice: Choice, *, actor: Any) -> Asked:
    """Resolve the codes of a choice; unknown ones are left out as if they had not been in the address."""
    chosen = tuple(needs(actor=actor).filter(code__in=choice.needs).prefetch_related("leads_to"))
    keys = list(map(concept_key, choice.kinds))
    kinds = list(HelpKind.objects.filter(concept__key__in=keys).select_related("concept")) if keys else []
    place = place_of(choice.place, actor=actor) if choice.place else None
    weights = _weights(chosen, kinds)
    ask = Ask(
        kinds=weights,
        place=tuple(unit.pk for unit in place.chain) if place else (),
        inside=place.inside if place else frozenset(),
        point=place.point if place else None,
        language=choice.language_code,
        crisis_first=any(need.crisis_first for need in chosen),
    )
    known = choice.change(
        page=choice.page,
        needs=tuple(need.code for need in chosen) or ((ANY_HELP,) if ANY_HELP in choice.needs else ()),
        kinds=tuple(concept_number(kind.concept.key) for kind in kinds),
        place=place.unit.code if place else ANYWHERE if choice.place == ANYWHERE else None,
    )
    return Asked(known, chosen, tuple(kind.labels for kind in kinds), place, ask)


def concept_key(number: int) -> str:
    """The key of a concept of the own vocabulary: its keys are numbers that say nothing."""
    return f"hm{number:04d}"


def concept_number(key: str) -> int:
    return int(key.removeprefix("hm"))


def find(question: Asked, *, actor: Any, now: dt.datetime, unchecked: bool = False) -> Results:  # noqa: ARG001
    """The page of results that a choice asks for; ``now`` is aware, ``unchecked`` adds what nobody verified."""
    today = _today(question, now)
    ranked = _ranked(question, Service.objects.for_finder(today), now)
    pages = max(1, math.ceil(len(ranked) / PAGE))
    page = min(question.choice.page, pages)
    rest = Service.objects.public(today).filter(operation="active", verified_date__isnull=True)
    return Results(
        found=tuple(ranked[(page - 1) * PAGE : page * PAGE]),
        total=len(ranked),
        page=page,
        pages=pages,
        unchecked=tuple(_ranked(question, rest, now)[:PAGE]) if unchecked and page == pages else (),
    )


def everything(question: Asked, *, actor: Any, now: dt.datetime, limit: int) -> list[Found]:  # noqa: ARG001
    """The first services of all pages, for print and for a copy to keep."""
    return _ranked(question, Service.objects.for_finder(_today(question, now)), now)[:limit]


def wider(question: Asked, *, actor: Any, now: dt.datetime) -> list[Wider]:
    """Choices that give up one thing each and find something, the smallest loss first."""
    found = []
    for why, choice in _widenings(question):
        broader = asked(choice, actor=actor)
        total = len(_ranked(broader, Service.objects.for_finder(_today(broader, now)), now))
        if total:
            found.append(Wider(why, choice, total, broader.place.unit if broader.place else None))
    return found


def danger_routes(place: Place | None, *, actor: Any) -> list[EmergencyRoute]:  # noqa: ARG001
    """Verified numbers of the chosen country; of both home countries where none is chosen or none is known."""
    routes = EmergencyRoute.objects.public().select_related("country")
    if place is not None and (own := list(routes.filter(country=place.country))):
        return own
    return list(routes.filter(country__key__in=HOME_COUNTRIES).order_by("country__key", "rank", "key"))


def point_of(unit: AdminUnit) -> Point | None:
    if unit.latitude is None or unit.longitude is None:
        return None
    return unit.latitude, unit.longitude


def _weights(chosen: Iterable[Need], kinds: Iterable[HelpKind]) -> dict[Hashable, float]:
    """How well each kind of help fits, with narrower kinds as well as the kind they stand under."""
    weights: dict[Hashable, float] = {kind.pk: 1.0 for kind in kinds}
    for need in chosen:
        for link in need.leads_to.all():
            weights[link.concept_id] = max(link.weight, weights.get(link.concept_id, 0.0))
    narrower = ConceptAncestor.objects.filter(ancestor__in=list(weights), distance__gt=0)
    for concept, ancestor in narrower.values_list("concept_id", "ancestor_id") if weights else ():
        weights[concept] = max(weights[ancestor], weights.get(concept, 0.0))
    return weights


def _ranked(question: Asked, services: QuerySet[Service], now: dt.datetime) -> list[Found]:
    if question.choice.services:
        return _named(question, services)
    today = _today(question, now)
    found = rank(question.ask, _offers(_candidates(question, services), question, today))
    return _open_on(found, today) if Filter.OPEN_TODAY in question.choice.filters else found


def _today(question: Asked, now: dt.datetime) -> dt.date:
    """The day at the chosen place; where its clock is not known, the day of the first home country."""
    codes = [unit.iso for unit in question.place.chain] if question.place else []
    there = hours.local(now, [*codes, HOME_COUNTRIES[0].upper()])
    return (there or now).date()


def _named(question: Asked, services: QuerySet[Service]) -> list[Found]:
    """Services that were asked for by their own names, in the order of the address."""
    by_code = dict(services.filter(code__in=question.choice.services).values_list("code", "pk"))
    keys = [by_code[code] for code in question.choice.services if code in by_code]
    offers = {found.key: found for found in rank(Ask(), (Offer(key) for key in keys))}
    return [offers[key] for key in keys]


def _candidates(question: Asked, services: QuerySet[Service]) -> QuerySet[Service]:
    ask = question.ask
    if ask.kinds:
        tagged = Service.kinds.through.objects.filter(service=OuterRef("pk"), concept__in=list(ask.kinds))
        services = services.filter(Exists(tagged))
    for wanted in question.choice.filters & _TRAIT_OF.keys():
        services = _with_trait(services, _TRAIT_OF[wanted])
    if question.place is None:
        return services.order_by("-crisis", "-verified_date", "pk")[:MOST]
    services = services.annotate(traits_text=Cast("traits", TextField()))
    areas = ServiceArea.objects.filter(service=OuterRef("pk"))
    serves_all = areas.filter(unit=question.place.country)
    reaches = _reaches(question.place, areas)
    for_all = ExpressionWrapper(Exists(serves_all), output_field=BooleanField())
    return services.filter(reaches).order_by(for_all.desc(), "-crisis", "-verified_date", "pk")[:MOST]


def _with_trait(services: QuerySet[Service], trait: str) -> QuerySet[Service]:
    return services.annotate(traits_text=Cast("traits", TextField())).filter(traits_text__contains=f'"{trait}"')


def _reaches(place: Place, areas: QuerySet[ServiceArea]) -> Q:
    """Serves a unit around or within the place, stands or comes near it, or helps everybody from afar."""
    around = [unit.pk for unit in place.chain]
    sites = ServiceAtLocation.objects.filter(service=OuterRef("pk"), location__unit__in=_near(place))
    visited = Schedule.objects.filter(service=OuterRef("pk"), unit__in=place.inside)
    afar = Q()
    for trait in _REMOTE:
        afar |= Q(traits_text__contains=f'"{trait}"')
    return (
        Q(Exists(areas.filter(unit__in={*around, *place.inside})))
        | Q(Exists(sites))
        | Q(Exists(visited))
        | (~Q(Exists(areas)) & afar)
    )


def _near(place: Place) -> set[UUID]:
    """Units within the place, and those whose points lie in a box around its own."""
    if place.point is None:
        return set(place.inside)
    latitude, longitude = place.point
    width = _NEAR_DEGREES / max(0.2, math.cos(math.radians(latitude)))
    box = AdminUnit.objects.filter(
        latitude__range=(latitude - _NEAR_DEGREES, latitude + _NEAR_DEGREES),
        longitude__range=(longitude - width, longitude + width),
    ).exclude(level__in=_WIDE_LEVELS)
    return {*place.inside, *box.values_list("pk", flat=True)}


def _offers(services: QuerySet[Service], question: Asked, today: dt.date) -> list[Offer]:
    """Facts of candidates in five queries, however many they are."""
    rows = [*services.only("languages", "traits", "cost", "crisis", "verified_date", "next_review_date")]
    keys = [row.pk for row in rows]
    kinds = _kinds(keys, question.ask.kinds)
    serves = _serves(keys) if question.place else {}
    sites = _sites(keys, today) if question.place else {}
    return [
        Offer(
            key=row.pk,
            kinds=kinds.get(row.pk, frozenset()),
            serves=serves.get(row.pk, frozenset()),
            sites=sites.get(row.pk, ()),
            remote=not set(_REMOTE).isdisjoint(row.traits),
            languages=frozenset(row.languages),
            free=row.cost == Cost.FREE,
            crisis=row.crisis,
            verified=row.verified_date or dt.date.min,
            overdue=row.is_overdue(today),
        )
        for row in rows
    ]


def _kinds(keys: Sequence[UUID], wanted: Mapping[Any, float]) -> dict[UUID, frozenset[UUID]]:
    if not wanted:
        return {}
    tags = Service.kinds.through.objects.filter(service__in=keys, concept__in=list(wanted))
    return _grouped(tags.values_list("service_id", "concept_id"))


def _serves(keys: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    return _grouped(ServiceArea.objects.filter(service__in=keys).values_list("service_id", "unit_id"))


def _sites(keys: Sequence[UUID], today: dt.date) -> dict[UUID, tuple[tuple[UUID, Point | None], ...]]:
    """Units of offices, and of villages that a mobile consultation will still visit. Secret places have none."""
    offices = ServiceAtLocation.objects.filter(
        service__in=keys, service__secret_place__isnull=True, location__unit__isnull=False
    ).exclude(location__kind__in=(Location.Kind.POSTAL, Location.Kind.VIRTUAL))
    coming = Schedule.objects.filter(service__in=keys, unit__isnull=False, date__gte=today)
    found: dict[UUID, list[tuple[UUID, Point | None]]] = defaultdict(list)
    for rows, path in ((offices, "location__unit"), (coming, "unit")):
        facts = (f"{path}_id", f"{path}__level", f"{path}__latitude", f"{path}__longitude")
        for service, unit, level, latitude, longitude in rows.values_list("service_id", *facts):
            known = level not in _WIDE_LEVELS and latitude is not None and longitude is not None
            found[service].append((unit, (latitude, longitude) if known else None))
    return {service: tuple(sites) for service, sites in found.items()}


def _grouped(rows: Iterable[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for service, other in rows:
        found[service].add(other)
    return {service: frozenset(others) for service, others in found.items()}


def openings(schedules: Iterable[Schedule]) -> list[hours.Opening]:
    """Rows of a service's hours as the kernel reads them."""
    return [
        hours.Opening(
            days=frozenset(_DAYS.index(day) for day in row.days if day in _DAYS),
            date=row.date,
            opens=row.opens_at,
            closes=row.closes_at,
            first=row.valid_from,
            last=row.valid_to,
        )
        for row in schedules
    ]


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _open_on(found: list[Found], day: dt.date) -> list[Found]:
    """Those whose hours cover the day; who states no hours is left out, since nobody knows."""
    rows: dict[Any, list[Schedule]] = defaultdict(list)
    for row in Schedule.objects.filter(service__in=[one.key for one in found]):
        rows[row.service_id].append(row)
    return [one for one in found if hours.open_on(openings(rows[one.key]), day)]


def _widenings(question: Asked) -> Iterable[tuple[str, Choice]]:
    """What can be given up, one at a time and then together."""
    choice, place = question.choice, question.place
    if choice.filters:
        yield "filters", choice.change(filters=frozenset())
    if choice.language:
        yield "language", choice.change(language=0)
    bare = choice.change(filters=frozenset(), language=0)
    for unit in place.chain[1:] if place else ():
        yield "place", bare.change(place=unit.code)
    if place:
        yield "anywhere", bare.change(place=ANYWHERE)
    if choice.needs != (ANY_HELP,) or choice.kinds:
        yield "help", bare.change(needs=(ANY_HELP,), kinds=(), services=())
