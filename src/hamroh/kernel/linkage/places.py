"""Home places in two records of one person: one place under two names, one within the other, or two places.

>>> from hamroh.kernel.linkage.places import meet_places, read_place
>>> meeting = meet_places(read_place("Qurghonteppa"), read_place("город Бохтар"))
>>> meeting.level.name, meeting.said()
('SAME', 'Qurghonteppa = город Бохтар, renamed 2018')

A place says by sets of keys what it is, so that a pool of a million is compared through an inverted index, also where the keys
are blinded: the letter before ``:`` is the kind of a key, the rest may be anything that is the same for the same.
"""

import functools
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from hamroh.kernel.datafiles import rows
from hamroh.kernel.linkage.placenames import SHORT, Naming, Part, Table, Use, heard, name_sounds, phrases, sound, table

REASONS = "places/reasons.csv"
#: letters of a text that are read
LONGEST = 120
#: parts of an address that are read
MOST_PHRASES = 6
#: from the widest to the smallest
LEVELS = ("country", "region", "district", "city_district", "city", "town")
#: consonants from which on a name may meet another by them alone
_TELLING = 4
Levels = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.integer[npt.NBitBase]]
#: kinds of keys: a place meant; a place meant or round it; a region meant; a region meant or round it; a country; a sound; many meant
_MEANT, _NARROW, _REGION_MEANT, _REGION, _COUNTRY, _SOUND, _SEVERAL = "uplrcs+"


class PlaceLevel(IntEnum):
    """How two home places meet, from the same place to nothing known; the order is that of the evidence."""

    SAME = 0
    NAMED = 1
    WITHIN = 2
    UNKNOWN = 3
    ELSEWHERE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A home place as it was written.

    ``units`` are ids of all units that the text may mean; ``around`` those in which these lie, and the districts beside a city (also a
    unit that may be meant, but less likely than others);
    ``sounds`` are keys of the name (of the smallest place named), by which places that no table has meet each other.
    """

    written: str
    units: frozenset[str]
    around: frozenset[str]
    sounds: frozenset[str]

    def __hash__(self) -> int:
        return hash(self.written)

    @property
    def keys(self) -> frozenset[str]:
        """All that meetings are told by, as ``kind:key``."""
        return _keys(self.units, self.around, self.sounds)


@dataclass(frozen=True, slots=True)
class PlaceMeeting:
    """Two places and how they meet."""

    a: Place
    b: Place
    level: PlaceLevel

    def said(self, lang: str = "en") -> str:
        """The reason in words, in ``en``, ``tg``, ``az`` or ``ru``."""
        code, words = _reason(self, lang)
        return _reasons()[code][lang].format(a=self.a.written, b=self.b.written, **words)


def read_place(text: str) -> Place | None:
    """What places a text means, in any script and spelling; None for a text without letters. It raises nothing."""
    return _read(text[: 4 * LONGEST])


def meet_places(a: Place, b: Place) -> PlaceMeeting:
    """How two places meet; which comes first makes no difference to the level."""
    return PlaceMeeting(a, b, level_of(a.keys, b.keys))


@functools.lru_cache(maxsize=1 << 16)
def level_of(a: frozenset[str], b: frozenset[str]) -> PlaceLevel:
    """The level of two sets of keys."""
    shared = _kinds_of(a & b)
    kinds_a, kinds_b = _kinds_of(a), _kinds_of(b)
    if _MEANT in shared:
        one = _SOUND in shared or not (_SEVERAL in kinds_a and _SEVERAL in kinds_b)
        return PlaceLevel.SAME if one else PlaceLevel.NAMED
    apart = _apart(shared, kinds_a, kinds_b)
    meant = (_MEANT in kinds_a) + (_MEANT in kinds_b)
    if _SOUND in shared and meant < 2 and not apart:
        return PlaceLevel.SAME
    if _SOUND in shared and meant == 1:
        return PlaceLevel.UNKNOWN
    if _NARROW in shared or _in_region(a, b):
        return PlaceLevel.WITHIN
    return PlaceLevel.ELSEWHERE if apart else PlaceLevel.UNKNOWN


class PlaceIndex:
    """The places of a pool, so that all that meet a place are found at once.

    ``places`` in the order of the records, None where a record has none; ``levels`` answers in the same order.
    """

    def __init__(self, places: Sequence[Place | None]) -> None:
        self._fill([place.keys if place else frozenset() for place in places])

    @classmethod
    def from_keys(cls, pool: Sequence[frozenset[str]]) -> "PlaceIndex":
        """The index of sets of keys, which may be blinded behind their kind; an empty set is a record without a place."""
        index = cls(())
        index._fill(pool)
        return index

    def _fill(self, pool: Sequence[frozenset[str]]) -> None:
        numbers: dict[frozenset[str], int] = {}
        self._number = np.fromiter((numbers.setdefault(each, len(numbers)) for each in pool), np.int32, len(pool))
        lists: dict[str, list[int]] = {}
        for each, number in numbers.items():
            for key in each:
                lists.setdefault(key, []).append(number)
        self._with = {key: np.array(found, np.int32) for key, found in lists.items()}
        self._kinds = {kind: self._have(numbers, kind) for kind in (_MEANT, _NARROW, _REGION, _COUNTRY, _SEVERAL)}

    @staticmethod
    def _have(pool: Iterable[frozenset[str]], kind: str) -> npt.NDArray[np.bool_]:
        return np.array([any(key[0] == kind for key in each) for each in pool], np.bool_)

    def levels(self, query: Place, among: Rows | None = None) -> Levels:
        """A PlaceLevel for each record, or for the rows asked for, as `meet_places` gives it; UNKNOWN for a record without a place."""
        return self.levels_of(query.keys, among)

    def levels_of(self, query: frozenset[str], among: Rows | None = None) -> Levels:
        """The same for a set of keys."""
        kinds = _kinds_of(query)
        met = {kind: self._met(query, kind) for kind in (_MEANT, _NARROW, _REGION, _COUNTRY, _SOUND)}
        in_region = self._holding(_other_side(query))
        apart = self._apart(met, kinds)
        level = np.where(apart, PlaceLevel.ELSEWHERE, PlaceLevel.UNKNOWN).astype(np.uint8)
        level[met[_NARROW] | in_region] = PlaceLevel.WITHIN
        meant = self._kinds[_MEANT].astype(np.uint8) + (_MEANT in kinds)
        level[met[_SOUND] & (meant == 1)] = PlaceLevel.UNKNOWN
        level[met[_SOUND] & (meant < 2) & ~apart] = PlaceLevel.SAME
        unsure = self._kinds[_SEVERAL] & ~met[_SOUND] if _SEVERAL in kinds else np.zeros_like(apart)
        level[met[_MEANT]] = PlaceLevel.SAME
        level[met[_MEANT] & unsure] = PlaceLevel.NAMED
        return level[self._number if among is None else self._number[among]]

    def _apart(self, met: dict[str, npt.NDArray[np.bool_]], kinds: frozenset[str]) -> npt.NDArray[np.bool_]:
        """Whether places lie apart at the finest grade at which both are known."""
        apart = np.zeros(len(self._kinds[_MEANT]), np.bool_)
        open_yet = ~apart
        for kind in (_NARROW, _REGION, _COUNTRY):
            known = open_yet & self._kinds[kind] if kind in kinds else np.zeros_like(apart)
            apart |= known & ~met[kind]
            open_yet &= ~known
        return apart

    def _met(self, query: frozenset[str], kind: str) -> npt.NDArray[np.bool_]:
        return self._holding(key for key in query if key[0] == kind)

    def _holding(self, wanted: Iterable[str]) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self._kinds[_MEANT]), np.bool_)
        for key in wanted:
            if key in self._with:
                found[self._with[key]] = True
        return found


@functools.lru_cache(maxsize=1 << 16)
def _kinds_of(of: frozenset[str]) -> frozenset[str]:
    return frozenset(key[0] for key in of)


def _apart(shared: frozenset[str], kinds_a: frozenset[str], kinds_b: frozenset[str]) -> bool:
    """Whether two places lie apart at the finest grade at which both are known."""
    known = (kind for kind in (_NARROW, _REGION, _COUNTRY) if kind in kinds_a and kind in kinds_b)
    finest = next(known, None)
    return finest is not None and finest not in shared


def _in_region(a: frozenset[str], b: frozenset[str]) -> bool:
    return not (_other_side(a).isdisjoint(b) and _other_side(b).isdisjoint(a))


def _other_side(of: frozenset[str]) -> frozenset[str]:
    """The keys by which others lie in the regions meant, or mean the regions round this."""
    turned = {_REGION_MEANT: _REGION, _REGION: _REGION_MEANT}
    return frozenset(turned[key[0]] + key[1:] for key in of if key[0] in turned)


@functools.lru_cache(maxsize=1 << 16)
def _keys(units: frozenset[str], around: frozenset[str], sounds: frozenset[str]) -> frozenset[str]:
    kinds = {"country": ("", _COUNTRY), "region": (_REGION_MEANT, _REGION)}
    spots = table().spots
    found = {f"{_SOUND}:{sound}" for sound in sounds}
    for unit in units | around:
        meant, near = kinds.get(spots[unit].level, (_MEANT, _NARROW))
        found.add(f"{near}:{unit}")
        if meant and unit in units:
            found.add(f"{meant}:{unit}")
    if len(units - around) > 1:
        found.add(f"{_SEVERAL}:")
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 16)
def _read(given: str) -> Place | None:
    known = table()
    lines = (" ".join(line.split()) for line in given.splitlines())
    text = ", ".join(filter(None, lines))[:LONGEST]
    parts = [
        part for phrase in itertools.islice(phrases(text), MOST_PHRASES) for part in known.parts(phrase) if _tells(part)
    ]
    if not parts:
        return None
    named, unnamed, within = _settled(known, parts)
    units = frozenset(unit for part in named for unit in part.units)
    around = within | {
        above for unit in units | within for above in (*known.spots[unit].above, *known.spots[unit].beside)
    }
    if unnamed:
        return Place(text, frozenset(), frozenset(units | around), _sounds(unnamed))
    broad = all(known.spots[unit].level in ("region", "country") for unit in units)
    sounds = frozenset() if broad else _sounds(named)
    return Place(text, units, frozenset(around | _doubtful(units - around, sounds)), sounds)


def _tells(part: Part) -> bool:
    """Whether it names a place: one that a table has, or something longer than an abbreviation or a number."""
    return bool(part.units) or any(len(way) >= SHORT and not way.isdecimal() for way in heard(part.words))


def _doubtful(units: frozenset[str], sounds: frozenset[str]) -> frozenset[str]:
    """Of several units those to which only a list of spellings gives a name that others bear or bore."""
    if len(units) == 1:
        return frozenset()
    named = {unit: _naming(unit, sounds) for unit in units}
    listed = frozenset(unit for unit, name in named.items() if name and name.use is Use.LISTED)
    return listed if any(name and name.use is not Use.LISTED for name in named.values()) else frozenset()


def _sounds(parts: Iterable[Part]) -> frozenset[str]:
    """Sounds with near vowels as one, and the consonants alone where they are enough to tell a name."""
    found: set[str] = set()
    for part in parts:
        for way in heard(part.words):
            key = sound(way)
            found |= {key.near} - {""}
            found |= {f"{key.consonants}-"} if len(key.consonants) >= _TELLING else set()
    return frozenset(found)


def _settled(known: Table, parts: Sequence[Part]) -> tuple[list[Part], list[Part], frozenset[str]]:
    """The parts that name the smallest places, the parts that no table has, and the units in which an address says they lie."""
    kept: list[Part] = []
    unnamed = [part for part in parts if not part.units]
    for part in sorted((part for part in parts if part.units), key=lambda part: _breadth(known, part)):
        crossed = [other for other in kept if not _fitting(known, part, other).units]
        if any(_breadth(known, other) < _breadth(known, part) for other in crossed):
            unnamed.append(part)
        else:
            kept.append(
                functools.reduce(
                    functools.partial(_fitting, known), (each for each in kept if each not in crossed), part
                )
            )
    outer = [part for part in kept if any(_holds(known, part, other) for other in kept if other is not part)]
    inner = [part for part in kept if part not in outer]
    return inner, unnamed, frozenset(unit for part in outer for unit in part.units)


def _breadth(known: Table, part: Part) -> int:
    """How wide the widest unit of a part is, a country first."""
    return min(LEVELS.index(known.spots[unit].level) for unit in part.units)


def _fitting(known: Table, part: Part, other: Part) -> Part:
    """A part with those of its units that lie in the other's units, or beside or round them."""
    return Part(
        part.words, frozenset(unit for unit in part.units if any(known.in_line(unit, far) for far in other.units))
    )


def _holds(known: Table, outer: Part, inner: Part) -> bool:
    around = {unit for each in inner.units for unit in (*known.spots[each].above, *known.spots[each].beside)}
    return not outer.units.isdisjoint(around)


@functools.cache
def _reasons() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(REASONS)}


def _reason(meeting: PlaceMeeting, lang: str) -> tuple[str, dict[str, str]]:
    a, b = meeting.a, meeting.b
    if meeting.level in (PlaceLevel.SAME, PlaceLevel.NAMED):
        return _one_place(meeting, lang)
    if meeting.level is PlaceLevel.WITHIN:
        return _near(a, b, lang)
    return meeting.level.name.casefold(), {}


def _one_place(meeting: PlaceMeeting, lang: str) -> tuple[str, dict[str, str]]:
    a, b = meeting.a, meeting.b
    common = sorted(a.units & b.units)
    if not common:
        return "alike", {}
    words = {"unit": called(common[0], lang)}
    if meeting.level is PlaceLevel.NAMED:
        return "several", words
    names = _naming(common[0], a.sounds), _naming(common[0], b.sounds)
    if a.sounds & b.sounds:
        return "same", {}
    if not all(names):
        return "read", words
    then = [name for name in names if name and name.use is Use.FORMER]
    if len(then) == 1:
        return ("renamed", {"year": str(then[0].until)}) if then[0].until else ("former", {})
    return "names", words


def _naming(unit: str, sounds: frozenset[str]) -> Naming | None:
    """The name of a unit by which a text means it, one in use first."""
    found = [name for name in table().names[unit] if {sound(way).near for way in name_sounds(name.text)} & sounds]
    return min(found, key=lambda name: name.use, default=None)


def _near(a: Place, b: Place, lang: str) -> tuple[str, dict[str, str]]:
    spots = table().spots
    for inner, outer in ((a, b), (b, a)):
        if any(above in outer.units for unit in inner.units for above in spots[unit].above):
            return "lies", {"inner": inner.written, "outer": outer.written}
        if not inner.units and inner.around & outer.units:
            return "lies", {"inner": inner.written, "outer": outer.written}
    if a.units & b.around or a.around & b.units:
        return "beside", {}
    common = (a.units | a.around) & (b.units | b.around)
    holding = {above for unit in (*a.units, *b.units) for above in spots[unit].above}
    nearest = min(common, key=lambda unit: (unit not in holding, -len(spots[unit].above), unit))
    return "both", {"unit": called(nearest, lang)}


def called(unit: str, lang: str) -> str:
    """What a unit is called in a language; a place that only elsewhere.csv has by its first name in Latin or Cyrillic letters."""
    known = table()
    if unit in known.gazetteer.units:
        return known.gazetteer.name(unit, lang)
    names = [name.text for name in known.names[unit] if name.use is not Use.FORMER]
    cyrillic = [name for name in names if lang in ("tg", "ru") and "а" <= name[-1].casefold() <= "ӿ"]
    return (cyrillic or names)[0]
