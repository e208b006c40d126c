"""The facts that the help finder ranks by, kept in memory by each process and brought up to date from the journal.

Membership here is only a proposal: what a page shows is read from the database again, so that a withdrawn consent or
an archived entry is never shown, however young it is.
"""

import datetime as dt
import gc
import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q

from hamroh.directory.models import (
    AdminUnit,
    HelpKind,
    ListingConsent,
    Location,
    Need,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from hamroh.directory.models.services import Cost, Trait
from hamroh.kernel import hours
from hamroh.kernel.helpfinder import Mask, Offer, Offers, Point
from hamroh.thesaurus.models import ConceptAncestor
from hamroh.vault.models import JournalLine

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WIDE_LEVELS = ("country", "region")  # their points are capitals and seats, too coarse for a site
_REMOTE = frozenset({Trait.BY_PHONE, Trait.ONLINE, Trait.SHORT_NUMBER})
_LATE = dt.timedelta(minutes=5)  # a transaction may commit its line after younger ones were seen
_KNOWLEDGE = ("directory.adminunit", "directory.need", "thesaurus.scheme", "thesaurus.concept")
_MOST_SHOWN = 3000
_MANY = 300  # changed entries after which reading everything anew is quicker


@dataclass(frozen=True)
class Facts:
    """A service as the ranking sees it, with its party and what the filters ask of it."""

    offer: Offer
    party: UUID
    traits: frozenset[str]
    openings: tuple[hours.Opening, ...]


@dataclass(frozen=True)
class Knowledge:
    """What changes only when the package's knowledge is loaded: units by code and by key, and where needs lead."""

    units: Mapping[int, AdminUnit]
    by_key: Mapping[UUID, AdminUnit]
    above: Mapping[UUID, tuple[AdminUnit, ...]]
    inside: Mapping[UUID, frozenset[UUID]]
    needs: Mapping[int, Need]
    leads_to: Mapping[int, Mapping[UUID, float]]
    narrower: Mapping[UUID, frozenset[UUID]]
    labels: Mapping[UUID, HelpKind]


@dataclass(frozen=True)
class Pool:
    """All services that might be shown on a day, by key, and the stamp of the database they were read from."""

    day: dt.date
    stamp: Any
    seen: frozenset[UUID]
    known: Knowledge
    facts: Mapping[UUID, Facts] = field(default_factory=dict)
    #: what cards say of services (``finder_rows.Told``), as they were last shown; each goes when it changes
    shown: dict[UUID, Any] = field(default_factory=dict)
    #: which services have a trait or are open on a day, once it was asked
    masks: dict[str | dt.date, Mask] = field(default_factory=dict)

    @cached_property
    def offers(self) -> Offers:
        return Offers(facts.offer for facts in self.facts.values())

    @cached_property
    def row(self) -> tuple[Facts, ...]:
        """The facts as the offers stand in their row."""
        return tuple(self.facts[offer.key] for offer in self.offers.row)

    @cached_property
    def checked(self) -> Mask:
        """Which services somebody verified."""
        return self.offers.where(lambda offer: offer.verified != dt.date.min)

    def of_parties(self, keys: Container[UUID]) -> Mask:
        """Which services are given by some parties."""
        return self._where(lambda facts: facts.party in keys)

    def served(self, *, unchecked: bool) -> set[UUID]:
        """Parties of the services that somebody verified, or of all."""
        return {facts.party for facts, checked in zip(self.row, self.checked, strict=True) if checked or unchecked}

    def with_trait(self, trait: str) -> Mask:
        if trait not in self.masks:
            self.masks[trait] = self._where(lambda facts: trait in facts.traits)
        return self.masks[trait]

    def open_on(self, day: dt.date) -> Mask:
        """Which services are open on a day; a place's own clock may be a day ahead of another's."""
        if day not in self.masks:
            self.masks[day] = self._where(lambda facts: hours.open_on(facts.openings, day))
        return self.masks[day]

    def _where(self, holds: Callable[[Facts], bool]) -> Mask:
        return np.fromiter(map(holds, self.row), dtype=np.bool_, count=len(self.row))


_lock = threading.Lock()
_current: Pool | None = None


def pool(day: dt.date) -> Pool:
    """The facts of a day, as the database stands now."""
    global _current
    with _lock:
        known, stamp = _current, _stamp()
        if known is None or known.day != day or known.stamp != stamp:
            _current = _read(day, stamp)
        elif lines := _new_lines(known):
            _current = _refreshed(known, lines)
        assert _current is not None
        return _current


def knowledge(units: Iterable[UUID | None] = ()) -> Knowledge:
    """Units, needs and kinds of help; read anew with the pool, and where one of ``units`` has come since."""
    global _current
    today = dt.datetime.now(dt.UTC).date()
    known = (_current or pool(today)).known
    if all(key in known.by_key for key in units if key):
        return known
    with _lock:
        _current = _read(today, _stamp())
        return _current.known


def told_of(
    keys: Iterable[UUID], known: Pool, read: Callable[[list[UUID]], dict[UUID, Any]]
) -> tuple[dict[UUID, Any], list[UUID]]:
    """What cards say of services, by key, and the keys of those that were read for it just now.

    ``read`` fetches those that no page has shown since they changed.
    """
    kept, wanted = known.shown, list(keys)
    found = {key: told for key in wanted if (told := kept.get(key)) is not None}  # other threads fill and clear it
    fresh = read(missing) if (missing := [key for key in wanted if key not in found]) else {}
    if len(kept) + len(fresh) > _MOST_SHOWN:
        kept.clear()
    kept.update(fresh)
    return {**found, **fresh}, list(fresh)


def opening(row: Schedule) -> hours.Opening:
    """A row of a service's hours as the kernel reads it."""
    return hours.Opening(
        days=frozenset(DAYS.index(day) for day in row.days if day in DAYS),
        date=row.date,
        opens=row.opens_at,
        closes=row.closes_at,
        first=row.valid_from,
        last=row.valid_to,
    )


def _stamp() -> Any:
    """Changes with every entry that comes, also by a restored backup."""
    return Service.objects.order_by("-pk").values_list("pk", flat=True).first()


def _new_lines(known: Pool) -> list[JournalLine]:
    lines = _lines_since(dt.datetime.now(dt.UTC) - _LATE)
    return [line for line in lines if line.pk not in known.seen]


def _lines_since(moment: dt.datetime) -> Iterable[JournalLine]:
    """Lines about entries of the directory; their keys grow with time."""
    first = UUID(int=int(moment.timestamp() * 1000) << 80)
    rooms = Q(record_kind__startswith="directory.") | Q(record_kind__startswith="thesaurus.")
    return JournalLine.objects.filter(rooms, pk__gte=first).only("record_kind", "record_id")


def _read(day: dt.date, stamp: Any) -> Pool:
    seen = frozenset(line.pk for line in _lines_since(dt.datetime.now(dt.UTC) - 2 * _LATE))
    fresh = Pool(day, stamp, seen, _knowledge(), _facts(Service.objects.all(), day))
    gc.collect()
    gc.freeze()  # what lives for a day need not be walked again by every collection, in the middle of a page
    return fresh


def _refreshed(old: Pool, lines: list[JournalLine]) -> Pool:
    keys = _touched(lines)
    if len(keys) > _MANY or any(line.record_kind in _KNOWLEDGE for line in lines):
        return _read(old.day, old.stamp)
    seen = old.seen | {line.pk for line in lines}
    facts = {key: facts for key, facts in old.facts.items() if key not in keys}
    shown = {key: service for key, service in old.shown.items() if key not in keys}
    facts |= _facts(Service.objects.filter(pk__in=keys), old.day)
    return Pool(old.day, old.stamp, seen, old.known, facts, shown)


def _knowledge() -> Knowledge:
    units = {unit.pk: unit for unit in AdminUnit.objects.all()}
    above = {pk: tuple(_chain(unit, units)) for pk, unit in units.items()}
    inside: dict[UUID, set[UUID]] = defaultdict(set)
    for pk, chain in above.items():
        for unit in chain:
            inside[unit.pk].add(pk)
    needs = {need.code: need for need in Need.objects.order_by("rank", "code").prefetch_related("leads_to")}
    narrower = _grouped(ConceptAncestor.objects.filter(distance__gt=0).values_list("ancestor_id", "concept_id"))
    return Knowledge(
        units={unit.code: unit for unit in units.values()},
        by_key=units,
        above=above,
        inside={pk: frozenset(parts) for pk, parts in inside.items()},
        needs=needs,
        leads_to={code: {row.concept_id: row.weight for row in need.leads_to.all()} for code, need in needs.items()},
        narrower={pk: frozenset(parts) for pk, parts in narrower.items()},
        labels={kind.pk: kind for kind in HelpKind.objects.select_related("concept").order_by("rank")},
    )


def _chain(unit: AdminUnit, units: Mapping[UUID, AdminUnit]) -> Iterator[AdminUnit]:
    yield unit
    if unit.parent_id:
        yield from _chain(units[unit.parent_id], units)


def _touched(lines: list[JournalLine]) -> set[UUID]:
    """Services that the lines are about, themselves or through their party."""
    named: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        named[line.record_kind].add(line.record_id)
    consents = ListingConsent.objects.filter(pk__in=named["directory.listingconsent"]).values("party")
    about = Q(pk__in=named["directory.service"]) | Q(party__in=named["directory.party"]) | Q(party__in=consents)
    return set(Service.objects.filter(about).values_list("pk", flat=True))


def _facts(services: Any, day: dt.date) -> dict[UUID, Facts]:
    """Facts of those services that are public and active on the day, in a fixed number of queries."""
    public = Service.objects.public(day).filter(operation="active", pk__in=services.values("pk"))
    rows = list(public.only("party_id", "languages", "traits", "cost", "crisis", "verified_date", "next_review_date"))
    keys = public.values("pk")
    kinds = _grouped(Service.kinds.through.objects.filter(service__in=keys).values_list("service_id", "concept_id"))
    serves = _grouped(ServiceArea.objects.filter(service__in=keys).values_list("service_id", "unit_id"))
    sites, rules = _sites(keys, day), _rules(keys)
    return {
        row.pk: Facts(
            offer=_offer(row, kinds.get(row.pk), serves.get(row.pk), tuple(sites.get(row.pk, ())), day),
            party=row.party_id,
            traits=frozenset(row.traits),
            openings=tuple(rules.get(row.pk, ())),
        )
        for row in rows
    }


def _offer(
    row: Service, kinds: set[UUID] | None, serves: set[UUID] | None, sites: tuple[Any, ...], day: dt.date
) -> Offer:
    return Offer(
        key=row.pk,
        kinds=frozenset(kinds or ()),
        serves=frozenset(serves or ()),
        sites=sites,
        remote=not _REMOTE.isdisjoint(row.traits),
        languages=frozenset(row.languages),
        free=row.cost == Cost.FREE,
        crisis=row.crisis,
        verified=row.verified_date or dt.date.min,
        overdue=row.is_overdue(day),
    )


def _sites(keys: Any, day: dt.date) -> dict[UUID, list[tuple[UUID, Point | None]]]:
    """Units of offices, and of villages that a mobile consultation will still visit. Secret places have none."""
    offices = ServiceAtLocation.objects.filter(
        service__in=keys, service__secret_place__isnull=True, location__unit__isnull=False
    ).exclude(location__kind__in=(Location.Kind.POSTAL, Location.Kind.VIRTUAL))
    coming = Schedule.objects.filter(
        service__in=keys, service__secret_place__isnull=True, unit__isnull=False, date__gte=day
    )
    found: dict[UUID, list[tuple[UUID, Point | None]]] = defaultdict(list)
    for rows, path in ((offices, "location__unit"), (coming, "unit")):
        facts = (f"{path}_id", f"{path}__level", f"{path}__latitude", f"{path}__longitude")
        for service, unit, level, latitude, longitude in rows.values_list("service_id", *facts):
            known = level not in WIDE_LEVELS and latitude is not None and longitude is not None
            found[service].append((unit, (latitude, longitude) if known else None))
    return found


def _rules(keys: Any) -> dict[UUID, list[hours.Opening]]:
    found: dict[UUID, list[hours.Opening]] = defaultdict(list)
    for row in Schedule.objects.filter(service__in=keys).defer("note"):
        found[row.service_id].append(opening(row))
    return found


def _grouped(rows: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for service, other in rows:
        found[service].add(other)
    return found
