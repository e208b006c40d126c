"""The help finder's reads: candidates from the database, their order from the kernel, and wider choices when few fit."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hamroh.directory.finder_codes import ANY_HELP, ANYWHERE, Choice, Filter
from hamroh.directory.models import (
    AdminUnit,
    EmergencyRoute,
    HelpKind,
    Need,
    Party,
)
from hamroh.directory.models.services import Trait
from hamroh.directory.selectors.finder_pool import Knowledge, Pool, knowledge, pool
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Ask, Found, Point, Ranked
from hamroh.kernel.text import sort_key
from hamroh.web.texts import pick

PAGE = 5
_MOST_WIDER = 3
_MOST_OF_A_NAME = 40  # services that nobody checked, of whoever was asked for by name
HOME_COUNTRIES = ("tj", "az")
_OF_A_ROUTE = ("country_id", "key", "number", "names", "rank")
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
    """A choice with its records: what the page says back (``labels`` of kinds of help), and what the ranking is asked.

    ``parties`` are called as she said, as far as they are public.
    """

    choice: Choice = field(default_factory=Choice)
    needs: tuple[Need, ...] = ()
    labels: tuple[Mapping[str, str], ...] = ()
    parties: tuple[Party, ...] = ()
    place: Place | None = None
    ask: Ask = field(default_factory=Ask)
    pool: Pool | None = None


@dataclass(frozen=True)
class Results:
    """A page of services in their order; ``unchecked`` are ones printed in old documents, in a demonstration only.

    ``parties`` were found by their name and have no service that could be shown.
    """

    found: tuple[Found, ...]
    total: int
    page: int
    pages: int
    unchecked: tuple[Found, ...] = ()
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Wider:
    """A wider choice that finds something: ``why`` says what is given up."""

    why: str
    choice: Choice
    total: int
    unit: AdminUnit | None = None


def needs(*, actor: Any) -> list[Need]:  # noqa: ARG001 - needs are the same for everybody
    """The sentences of the first question, in their order."""
    return list(knowledge().needs.values())


def place_of(code: int, *, actor: Any) -> Place | None:  # noqa: ARG001 - places are the same for everybody
    """The unit of a code with the units around and within it."""
    known = knowledge()
    unit = known.units.get(code)
    return Place(unit, known.above[unit.pk], known.inside[unit.pk]) if unit else None


def countries(*, actor: Any, lang: str, now: dt.datetime) -> list[AdminUnit]:  # noqa: ARG001 - the same for everybody
    """Countries to choose from: the home countries first, then those that services or verified numbers are for."""
    facts = pool(_day(now))
    units = facts.offers.by_area.keys() | facts.offers.by_site.keys()
    reached = {facts.known.above[unit][-1].pk for unit in units if unit in facts.known.above}
    reached |= set(EmergencyRoute.objects.public().values_list("country", flat=True))
    found = [unit for unit in facts.known.units.values() if unit.pk in reached or unit.key in HOME_COUNTRIES]
    return sorted(found, key=lambda unit: (_home_rank(unit), sort_key(pick(unit.names, lang).text, lang)))


def parts_of(unit: AdminUnit, *, actor: Any, lang: str) -> list[AdminUnit]:  # noqa: ARG001 - the same for everybody
    """The units in force that lie directly in it, in the order of the alphabet."""
    parts = [part for part in knowledge().units.values() if part.parent_id == unit.pk and not part.valid_to]
    return sorted(parts, key=lambda part: sort_key(pick(part.names, lang).text, lang))


def have_parts() -> frozenset[Any]:
    """Keys of the units that have parts to choose from."""
    return frozenset(unit.parent_id for unit in knowledge().units.values() if not unit.valid_to)


def _home_rank(unit: AdminUnit) -> int:
    return HOME_COUNTRIES.index(unit.key) if unit.key in HOME_COUNTRIES else len(HOME_COUNTRIES)


def asked(choice: Choice, *, actor: Any, now: dt.datetime) -> Asked:
    """Resolve the codes of a choice; unknown ones are left out as if they had not been in the address."""
    return _resolved(choice, pool(_day(now)), _public(choice.called, now), actor)


def _public(codes: Sequence[str], now: dt.datetime) -> tuple[Party, ...]:
    """Those parties that are public, in the order of their codes."""
    parties = Party.objects.public(now.date()).filter(code__in=codes) if codes else ()
    return tuple(sorted(parties, key=lambda party: codes.index(party.code)))


def _resolved(choice: Choice, facts: Pool, parties: tuple[Party, ...], actor: Any) -> Asked:
    known = facts.known
    codes = tuple(code for code in choice.needs if code in known.needs)
    keys = set(map(concept_key, choice.kinds))
    kinds = [kind for kind in known.labels.values() if kind.concept.key in keys] if keys else []
    place = place_of(choice.place, actor=actor) if choice.place else None
    ask = Ask(
        kinds=_weights(codes, kinds, known),
        place=tuple(unit.pk for unit in place.chain) if place else (),
        inside=place.inside if place else frozenset(),
        point=place.point if place else None,
        language=choice.language_code,
        crisis_first=any(known.needs[code].crisis_first for code in codes),
    )
    kept = choice.change(
        page=choice.page,
        needs=codes or ((ANY_HELP,) if ANY_HELP in choice.needs else ()),
        kinds=tuple(concept_number(kind.concept.key) for kind in kinds),
        called=tuple(party.code for party in parties),
        place=place.unit.code if place else ANYWHERE if choice.place == ANYWHERE else None,
    )
    sentences, labels = (known.needs[code] for code in codes), (kind.labels for kind in kinds)
    return Asked(kept, tuple(sentences), tuple(labels), parties, place, ask, facts)


def concept_key(number: int) -> str:
    """The key of a concept of the own vocabulary: its keys are numbers that say nothing."""
    return f"hm{number:04d}"


def concept_number(key: str) -> int:
    return int(key.removeprefix("hm"))


def find(question: Asked, *, actor: Any, now: dt.datetime, unchecked: bool = False) -> Results:  # noqa: ARG001
    """The page of results that a choice asks for; ``now`` is aware, ``unchecked`` adds what nobody verified."""
    ranked = _ranked(question, now)
    pages = max(1, math.ceil(len(ranked) / PAGE))
    page = min(question.choice.page, pages)
    most = _MOST_OF_A_NAME if question.choice.is_by_name else PAGE
    rest = _ranked(question, now, checked=False).found(0, most) if unchecked and page == pages else []
    shown = tuple(ranked.found((page - 1) * PAGE, page * PAGE))
    alone = _without_services(question, now, unchecked=unchecked) if question.choice.is_by_name else []
    return Results(shown, len(ranked), page, pages, tuple(rest), tuple(alone if page == pages else ()))


def everything(question: Asked, *, actor: Any, now: dt.datetime, limit: int) -> list[Found]:  # noqa: ARG001
    """The first services of all pages, for print and for a copy to keep."""
    return _ranked(question, now).found(0, limit)


def wider(question: Asked, *, actor: Any, now: dt.datetime) -> list[Wider]:
    """The first choices that give up one thing each and find something, the smallest loss first."""
    facts, found = question.pool or pool(_day(now)), []
    for why, choice in _widenings(question):
        broader = _resolved(choice, facts, (), actor)
        if total := len(_ranked(broader, now)):
            found.append(Wider(why, choice, total, broader.place.unit if broader.place else None))
        if len(found) == _MOST_WIDER:
            break
    return found


def danger_routes(place: Place | None, *, actor: Any, lang: str) -> list[EmergencyRoute]:
    """Verified numbers of the chosen country; of both home countries where none is chosen or none is known.

    The country of the reader's language comes first.
    """
    known = knowledge().by_key
    countries = [place.country] if place else [unit for unit in known.values() if unit.key in HOME_COUNTRIES]
    routes = list(EmergencyRoute.objects.public().filter(country__in=countries).only(*_OF_A_ROUTE))
    for route in routes:
        route.country = known[route.country_id]
    if place and not routes:
        return danger_routes(None, actor=actor, lang=lang)
    first = "az" if lang == "az" else "tj"
    return sorted(routes, key=lambda route: (route.country.key != first, route.country.key, route.rank, route.key))


def point_of(unit: AdminUnit) -> Point | None:
    if unit.latitude is None or unit.longitude is None:
        return None
    return unit.latitude, unit.longitude


def _weights(codes: Iterable[int], kinds: Iterable[HelpKind], known: Knowledge) -> dict[UUID, float]:
    """How well each kind of help fits, with narrower kinds as well as the kind they stand under."""
    weights: dict[UUID, float] = {kind.pk: 1.0 for kind in kinds}
    for code in codes:
        for concept, weight in known.leads_to[code].items():
            weights[concept] = max(weight, weights.get(concept, 0.0))
    for concept, weight in list(weights.items()):
        for narrower in known.narrower.get(concept, ()):
            weights[narrower] = max(weight, weights.get(narrower, 0.0))
    return weights


def _ranked(question: Asked, now: dt.datetime, *, checked: bool = True) -> Ranked:
    """Every service that fits, best first; ``checked`` False gives those that nobody ever verified."""
    known, choice = question.pool or pool(_day(now)), question.choice
    among = known.checked if checked else ~known.checked
    if choice.is_by_name:
        return known.offers.ranked(Ask(), among & known.of_parties({party.pk for party in question.parties}))
    for wanted in choice.filters & _TRAIT_OF.keys():
        among = among & known.with_trait(_TRAIT_OF[wanted])
    if Filter.OPEN_TODAY in choice.filters:
        among = among & known.open_on(_day(now, question.place))
    return known.offers.ranked(question.ask, among)


def may_be_named(parties: Iterable[Party], *, now: dt.datetime, unchecked: bool = False) -> list[Party]:
    """Parties that a name may lead to: they or a service of theirs were verified, or that is not asked."""
    served = pool(_day(now)).served(unchecked=unchecked)
    return [party for party in parties if unchecked or party.verified_date or party.pk in served]


def _without_services(question: Asked, now: dt.datetime, *, unchecked: bool) -> list[Party]:
    """Those asked for by name that no service stands for."""
    served = (question.pool or pool(_day(now))).served(unchecked=unchecked)
    return [party for party in question.parties if party.pk not in served and (unchecked or party.verified_date)]


def _day(now: dt.datetime, place: Place | None = None) -> dt.date:
    """The day at a place; where its clock is not known, the day of the first home country."""
    codes = [unit.iso for unit in place.chain] if place else []
    there = hours.local(now, [*codes, HOME_COUNTRIES[0].upper()])
    return (there or now).date()


def _widenings(question: Asked) -> Iterable[tuple[str, Choice]]:
    """What can be given up, one at a time and then together."""
    choice, place = question.choice, question.place
    if choice.is_by_name:
        yield "help", choice.change(needs=(ANY_HELP,), called=())
        return
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
        yield "help", bare.change(needs=(ANY_HELP,), kinds=())
