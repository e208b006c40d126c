"""Places by id, parent and date: which unit a typed name means, what it is called in a language, how far two units are."""

import bisect
import datetime as dt
import functools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hamroh.kernel.datafiles import DataError, rows
from hamroh.kernel.placekeys import Key, place_keys

Match = Literal["exact", "folded", "prefix", "fuzzy"]
MATCHES: tuple[Match, ...] = ("exact", "folded", "prefix", "fuzzy")
#: in the order of who is meant first where one name fits several
LEVELS = ("country", "city", "region", "district", "city_district", "town")
KINDS = ("preferred", "short", "adjectival", "other", "former")
EARTH_KM = 6371.0088
LONGEST = 120  # letters of a typed name that are read
#: countries whose places are meant before those of others, and before each other where all else is equal
_NEAR = {"tj": 0, "az": 0, "ru": 1}
Rank = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A country, region, city, district, city district or town; `point` is (latitude, longitude) in degrees or None."""

    id: str
    code: int
    level: str
    parent: str | None
    point: tuple[float, float] | None
    iso: str
    valid_from: str
    valid_to: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a unit; a year is None where it is not known or where the name is still in use."""

    unit: str
    lang: str
    text: str
    kind: str
    from_year: int | None
    to_year: int | None
    note: str

    def in_use(self, on: dt.date | None) -> bool:
        """Whether the unit bore it in the year of `on`, or bears it now; in the year of a change both names hold."""
        if on is None or (self.kind == "former" and self.to_year is None):
            return self.kind != "former"
        return (self.from_year or 0) <= on.year <= (self.to_year or 9999)


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a typed name may mean: by which name, how it matched, and whether it was called so at the date asked for."""

    unit_id: str
    name: str
    lang: str
    kind: str
    match: Match
    in_use: bool
    since: int | None
    until: int | None

    @property
    def reason(self) -> str:
        """Why it was found, in English; `since` and `until` are there to say it in another language."""
        years = [f"since {self.since}"] if self.since else []
        years += [f"until {self.until}"] if self.until else []
        if not years:
            return "called so" if self.kind != "former" else "formerly called so"
        return "called so " + " ".join(years)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: Name
    key: Key
    is_part: bool = False


class Gazetteer:
    """The table of places. Look-ups by name give every unit that may be meant; only an id means one place."""

    def __init__(self, units: Iterable[Unit], names: Iterable[Name]) -> None:
        self.units = {unit.id: unit for unit in units}
        self.names: dict[str, list[Name]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent:
                self._children[unit.parent].append(unit.id)
        self._codes = {unit.code: unit for unit in self.units.values()}
        self._index([*names])

    def _index(self, names: list[Name]) -> None:
        self._entries: list[_Entry] = []
        for name in names:
            self.names[name.unit].append(name)
            keys = place_keys(name.text, name.lang)
            self._entries += [_Entry(name, key, is_part=place > 0) for place, key in enumerate(keys)]
        self._entries.sort(key=lambda entry: entry.key.bare)
        self._bare = [entry.key.bare for entry in self._entries]

    def unit(self, code: int) -> Unit | None:
        """The unit with the code that addresses of pages carry."""
        return self._codes.get(code)

    def ancestors(self, unit_id: str) -> tuple[str, ...]:
        """Ids from the parent up to the country; KeyError for an unknown id."""
        parent = self.units[unit_id].parent
        return (parent, *self.ancestors(parent)) if parent else ()

    def children(self, unit_id: str) -> tuple[str, ...]:
        """Ids of the units that lie directly in it."""
        return tuple(self._children[unit_id]) if unit_id in self._children else ()

    def name(self, unit_id: str, lang: str, on: dt.date | None = None) -> str:
        """What the unit is called in a language, now or at a date; English where the language lacks a name."""
        return self._name(unit_id, lang, on) or self._name(unit_id, "en", on) or unit_id

    def _name(self, unit_id: str, lang: str, on: dt.date | None) -> str | None:
        own = [name for name in self.names[unit_id] if name.lang == lang]
        preferred = [name for name in own if name.kind == "preferred"]
        then = [name for name in own if name.kind == "former" and on and name.in_use(on)]
        fits = [name for name in preferred if name.in_use(on)] or then or preferred
        return fits[0].text if fits else None

    def breadcrumb(self, unit_id: str, lang: str, on: dt.date | None = None) -> tuple[str, ...]:
        """Names from the unit up to its country."""
        return tuple(self.name(each, lang, on) for each in (unit_id, *self.ancestors(unit_id)))

    def distance_km(self, one: str, other: str) -> float | None:
        """Great-circle distance of two units, each by its own point or that of its nearest ancestor that has one."""
        a, b = self._point(one), self._point(other)
        return haversine_km(a, b) if a and b else None

    def _point(self, unit_id: str) -> tuple[float, float] | None:
        chain = (self.units[each].point for each in (unit_id, *self.ancestors(unit_id)))
        return next((point for point in chain if point), None)

    def find(self, text: str, *, on: dt.date | None = None, within: str | None = None, limit: int = 10) -> list[Found]:
        """Units that a typed name may mean, best first, one row each.

        Read are all four languages, other scripts, missing marks, endings, the beginning of a name or of one of its words,
        one typo, and what a name lies in after a comma. `on` puts those first that were called so in that year (without
        it: that are called so now); `within` keeps one unit's parts.
        """
        first, *outer = text[:LONGEST].split(",")[:3]
        found = [found for key in place_keys(first, typed=True)[:1] for found in self._ranked(key, on, within)]
        around = {each.unit_id for name in outer for each in self.find(name, on=on)}
        inside = [each for each in found if around.intersection(self.ancestors(each.unit_id))]
        return (inside or found)[:limit]

    def _ranked(self, key: Key, on: dt.date | None, within: str | None) -> list[Found]:
        best: dict[str, tuple[Rank, Found]] = {}
        for match, entry in self._matches(key):
            unit_id = entry.name.unit
            if within and within not in (unit_id, *self.ancestors(unit_id)):
                continue
            rank = self._rank(key, match, entry, on)
            if unit_id not in best or rank < best[unit_id][0]:
                best[unit_id] = (rank, _found(match, entry.name, on))
        return [found for _, found in sorted(best.values(), key=lambda pair: pair[0])]

    def _matches(self, key: Key) -> Iterator[tuple[Match, _Entry]]:
        whole = [*self._starting(key.bare, whole=True)]
        for entry in whole:
            yield "prefix" if entry.is_part else "exact" if key.exact == entry.key.exact else "folded", entry
        if len(key.bare) > 1:
            yield from (("prefix", entry) for entry in self._starting(key.bare))
        yield from (("prefix", entry) for entry in self._with_ending(key.bare))
        if not whole and len(key.bare) > 3:
            yield from (("fuzzy", entry) for entry in self._one_typo_away(key.bare))

    def _starting(self, bare: str, *, whole: bool = False) -> Iterator[_Entry]:
        for index in range(bisect.bisect_left(self._bare, bare), len(self._bare)):
            if not self._bare[index].startswith(bare) or (whole and self._bare[index] != bare):
                return
            yield self._entries[index]

    def _with_ending(self, bare: str) -> Iterator[_Entry]:
        """Names that the typed word inflects: it goes on for at most three letters (Kulobda, в Кулябе)."""
        for cut in range(1, 4):
            if len(bare) - cut > 3:
                yield from self._starting(bare[:-cut], whole=True)

    def _one_typo_away(self, bare: str) -> Iterator[_Entry]:
        near = process.extract(bare, self._bare, scorer=OSA.distance, score_cutoff=1, limit=None)
        return (entry for _, _, index in near if not (entry := self._entries[index]).is_part)

    def _rank(self, key: Key, match: Match, entry: _Entry, on: dt.date | None) -> Rank:
        unit = self.units[entry.name.unit]
        country = (unit.id, *self.ancestors(unit.id))[-1]
        return (
            0 if match in MATCHES[:2] else MATCHES.index(match),
            int(bool(key.levels) and unit.level not in key.levels),
            int(not entry.name.in_use(on)),
            MATCHES.index(match),
            int(entry.is_part),
            int(not entry.key.folded.startswith(key.folded[: len(entry.key.folded)])),
            int(bool(entry.key.levels) and not key.levels),
            int(country not in _NEAR),
            LEVELS.index(unit.level),
            _NEAR.get(country, 2),
            len(entry.key.bare),
            KINDS.index(entry.name.kind),
            unit.id,
        )


def _found(match: Match, name: Name, on: dt.date | None) -> Found:
    return Found(name.unit, name.text, name.lang, name.kind, match, name.in_use(on), name.from_year, name.to_year)


def haversine_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres of two points in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(math.radians, point)) for point in (a, b))
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


@functools.cache
def load() -> Gazetteer:
    """The gazetteer of the package's own tables; DataError with each fault if they are broken."""
    units = [_unit(row) for row in rows("places/units.csv")]
    return checked(units, [_name(row) for row in rows("places/unit_names.csv")])


def checked(units: list[Unit], names: list[Name]) -> Gazetteer:
    """The gazetteer of these tables; DataError with each fault if references, levels, kinds or codes are broken."""
    faults = [*_faults(units, names)]
    if faults:
        raise DataError("; ".join(faults))
    return Gazetteer(units, names)


def _unit(row: dict[str, str]) -> Unit:
    point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
    rest = {column: row[column] for column in ("level", "iso", "valid_from", "valid_to", "certainty", "note")}
    return Unit(id=row["id"], code=int(row["code"]), parent=row["parent"] or None, point=point, **rest)


def _name(row: dict[str, str]) -> Name:
    since, until = (int(row[column]) if row[column] else None for column in ("from_year", "to_year"))
    return Name(row["unit"], row["lang"], row["name"], row["kind"], since, until, row["note"])


def _faults(units: list[Unit], names: list[Name]) -> Iterator[str]:
    ids = {unit.id for unit in units}
    if len(ids) != len(units) or len({unit.code for unit in units}) != len(units):
        yield "an id or a code is there twice"
    yield from (f"{unit.id}: unknown parent {unit.parent}" for unit in units if unit.parent and unit.parent not in ids)
    yield from (f"{unit.id}: unknown level {unit.level}" for unit in units if unit.level not in LEVELS)
    yield from (f"{name.text}: unknown unit {name.unit}" for name in names if name.unit not in ids)
    yield from (f"{name.text}: unknown kind {name.kind}" for name in names if name.kind not in KINDS)
