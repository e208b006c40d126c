"""What places a text names: the gazetteer's names and those of elsewhere, found by their sounds in any script and spelling.

Two places may have one name, and a place several: a look-up gives every unit that may be meant. Which is meant is not said here.
"""

import functools
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hamroh.kernel import gazetteer
from hamroh.kernel.datafiles import rows
from hamroh.kernel.names.sounds import MOST, plain, readings, script_of, squeezed

WORDS, ELSEWHERE = "places/placewords.csv", ("places/neighbours.csv", "places/elsewhere.csv")
RENAMES = "places/renames.csv"
#: a city lies side by side with a district whose point is so near, in kilometres
SIDE_BY_SIDE_KM = 15.0
#: sounds from which on a word for a kind of place is known by them
LONG_WORD = 5
#: words of one part of an address that are read
MOST_WORDS = 6
#: words of one name within such a part, and how many of its readings are looked for
MOST_TOGETHER, LIKELIEST = 3, 3
#: sounds of the shortest name: Osh
LEAST = 2
#: a name of fewer sounds is one only with the words for its kind: Deh Nav
SHORT = 3
#: countries whose places are also found by consonants or with one letter that differs: most of the people come from there
HOME = ("tj", "az", "uz", "kg")
#: sounds from which on a name may differ in one, there and abroad
LONG, LONG_ABROAD = 7, 9
_NEAR = str.maketrans("eyog", "iiak", "'h")
_CONSONANTS = str.maketrans("g", "k", "aeiouy'")
_NO_MARKS = str.maketrans("əƏıʻʼ‘’", "eEi''''")
_PARTS = re.compile(r"[,;/|()\[\]\n\r\t،؛]+|\s[-–—]+\s")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: which levels of units a word for a kind of place may mean
_LEVELS = {
    "country": ("country",),
    "region": ("region",),
    "district": ("district", "city_district"),
    "city": ("city", "town"),
    "village": ("town",),
    "jamoat": (),
}
_SMALL = ("district", "city_district", "city", "town")
#: kinds of which so many are in no table that a name of another kind is none of theirs
_STRICT = {"village", "jamoat"}
#: in how many vowels names of one skeleton may differ, by its length
_VOWELS_APART = (0, 0, 0, 0, 1, 1)
_FEW_VOWELS_APART = (0, 0, 0, 2, 3, 3)
_ADJECTIVE = re.compile("(?:[eo]?v|i|y)?sk(?:i|iy|y|ii|aya|aia|oe|oye|oy|ogo|om|uyu|ij|iye)$")
#: what a name may end in besides: the cases of four languages
_ENDING = re.compile("(?:[aeiouy]|[aei]s|da|de|dan|den|ga|ro|ye|ya|om|oy|em|in|ning|ni|ho)$")


class Use(IntEnum):
    """Whether a name is in use, the surest first: a list of many spellings does not say."""

    NOW = 0
    FORMER = 1
    LISTED = 2


class Sound(NamedTuple):
    """What spellings of one name share: near vowels as one, g and k as one, without h; and the consonants alone."""

    near: str
    consonants: str


class Phrase(NamedTuple):
    """Words of a part of an address, the kinds of place that were said beside them, and all its words as they stand."""

    words: tuple[str, ...]
    kinds: frozenset[str]
    whole: tuple[str, ...]


class Part(NamedTuple):
    """Words that name one place and the units that they may mean, none where no table has them."""

    words: tuple[str, ...]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit: its kind of place, what it lies in from near to far, and the districts beside it."""

    level: str
    above: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of a unit; ``use`` says whether it is in use, with the years of a former one where they are known."""

    text: str
    use: Use
    since: int | None = None
    until: int | None = None


def phrases(text: str) -> Iterator[Phrase]:
    """The parts of an address, from what stands first, without streets and without words that say nothing."""
    for piece in _PARTS.split(plain(text)):
        found = _WORD.findall(piece.replace(".", " "))
        if len(found) > 1:
            yield from _without_kinds(found)
        elif found and _kind(found[0]) != "nothing":
            words = tuple(found[0].split("-"))
            yield Phrase(words, frozenset(), words)


def _without_kinds(found: list[str]) -> Iterator[Phrase]:
    """The phrase of several words without those for kinds of place; all of them where nothing else is left."""
    kinds = [_kind(word) for word in found]
    if "nothing" in kinds:
        return
    end = kinds.index("street") if "street" in kinds else len(found)
    words = [part for word, kind in zip(found[:end], kinds, strict=False) if not kind for part in word.split("-")]
    whole = tuple(part for word in found for part in word.split("-"))[:MOST_WORDS]
    said = frozenset(kinds[:end]) - {"", "of"}
    if words:
        yield Phrase(tuple(words[:MOST_WORDS]), said, whole)
    elif said:
        yield Phrase(whole, frozenset(), whole)


def heard(words: Iterable[str]) -> tuple[str, ...]:
    """How words written one after another may sound as one, the likeliest first: gaps and hyphens come and go."""
    ways = itertools.islice(itertools.product(*map(_spoken, words)), MOST)
    return tuple(dict.fromkeys(squeezed("".join(way)) for way in ways))


@functools.lru_cache(maxsize=1 << 17)
def sound(way: str) -> Sound:
    """The keys of a way of saying a name.

    >>> sound("karabag"), sound("garaboh").near
    (Sound(near='karabak', consonants='krbk'), 'karaba')
    """
    return Sound(squeezed(way.translate(_NEAR)), squeezed(way.translate(_CONSONANTS)))


@functools.lru_cache(maxsize=1 << 16)
def name_sounds(name: str) -> tuple[str, ...]:
    """How a name of a table may sound, without words for its kind.

    >>> name_sounds("Ноҳияи Восеъ")
    ('vose',)
    """
    phrase = next(phrases(name), None)
    ways = heard(phrase.words) if phrase else ()
    return heard(phrase.whole) if phrase and ways and len(ways[0]) < SHORT else ways


def _spoken(word: str) -> tuple[str, ...]:
    """A word as it may sound, a number as its digits: 28 May."""
    return (str(int(word)),) if word.isdecimal() and len(word) < LONG else readings(word)


class Table:
    """Units with their names by sounds."""

    def __init__(self) -> None:
        self.gazetteer = gazetteer.load()
        self.spots: dict[str, Spot] = {}
        self.names: dict[str, list[Naming]] = defaultdict(list)
        self._countries: dict[str, tuple[str, ...]] = {}
        self._places: dict[str, tuple[str, ...]] = {}
        self._skeletons: dict[str, tuple[str, ...]] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._place()
        self._name()

    def _place(self) -> None:
        ground = self.gazetteer
        for unit in ground.units.values():
            self.spots[unit.id] = Spot(unit.level, ground.ancestors(unit.id), tuple(self._beside(unit)))
        for row in _elsewhere():
            if row["level"]:
                self.spots[row["id"]] = Spot(row["level"], (row["parent"], *self.spots[row["parent"]].above))

    def _beside(self, city: gazetteer.Unit) -> Iterator[str]:
        if city.level != "city" or not city.point:
            return
        for unit in self.gazetteer.units.values():
            near = unit.level == "district" and unit.point and unit.id[:2] == city.id[:2]
            if near and unit.point and gazetteer.haversine_km(city.point, unit.point) <= SIDE_BY_SIDE_KM:
                yield unit.id

    def _name(self) -> None:
        for each in (name for names in self.gazetteer.names.values() for name in names):
            use = Use.FORMER if each.kind == "former" else Use.NOW
            self._add(each.unit, Naming(each.text, use, each.from_year, each.to_year))
        for row in _elsewhere():
            for at, text in enumerate(row["names"].split("|")):
                self._add(row["id"], Naming(text, Use.LISTED if at or not row["level"] else Use.NOW))
        for row in rows(RENAMES):
            since, until = (int(row[column]) if row[column] else None for column in ("from_year", "to_year"))
            for text in row["names"].split("|"):
                self._add(row["unit"], Naming(text, Use.FORMER, since, until))

    def _add(self, unit: str, name: Naming) -> None:
        self.names[unit].append(name)
        for way in {*name_sounds(name.text), *name_sounds(_unmarked(name.text))}:
            if len(way) < LEAST:
                continue
            if self.spots[unit].above:
                self._add_place(unit, sound(way), LONG if self.spots[unit].above[-1] in HOME else LONG_ABROAD)
            else:
                _put(self._countries, way, unit)

    def _add_place(self, unit: str, key: Sound, long: int) -> None:
        _put(self._places, key.near, unit)
        if long == LONG:
            _put(self._skeletons, key.consonants, key.near)
        if len(key.near) >= long:
            _put(self._near, key.near[:3], key.near)
            _put(self._near, key.near[-3:] + "$", key.near)

    def parts(self, phrase: Phrase) -> list[Part]:
        """The places that a phrase names: one if a table has it as a whole, else those of its words, else what is like the whole."""
        alone = len(phrase.words) == 1 or (phrase.kinds and phrase.kinds <= _STRICT)
        whole = self._fitting(self._known(phrase.words), phrase.kinds)
        if not whole and phrase.kinds:
            whole = self._known(phrase.whole)
        within = [] if whole or alone else self._within(phrase.words)
        if within and self._line_up(within):
            return within
        whole = whole or self._fitting(self._like(phrase.words), phrase.kinds)
        return [Part(phrase.words, whole), *([] if whole else within)]

    def in_line(self, unit: str, other: str) -> bool:
        """Whether one of two units lies in the other or beside it, or they are one."""
        one, two = self.spots[unit], self.spots[other]
        return unit == other or unit in (*two.above, *two.beside) or other in (*one.above, *one.beside)

    def _line_up(self, parts: Sequence[Part]) -> bool:
        """Whether each part can lie in the next or round it; a part that no table has cannot."""
        pairs = itertools.pairwise(parts)
        return all(part.units for part in parts) and all(
            any(self.in_line(one, two) for one in a.units for two in b.units) for a, b in pairs
        )

    def _within(self, words: tuple[str, ...]) -> list[Part]:
        found: list[Part] = []
        rest: list[str] = []
        start = 0
        while start < len(words):
            end, units = self._longest(words, start)
            if units:
                found.append(Part(words[start:end], units))
            elif len(words[start]) >= SHORT and not words[start].isdecimal():
                rest.append(words[start])
            start = end
        return [*([Part(tuple(rest), frozenset())] if rest else []), *found]

    def _longest(self, words: tuple[str, ...], start: int) -> tuple[int, frozenset[str]]:
        for end in range(min(len(words), start + MOST_TOGETHER), start, -1):
            run = words[start:end]
            units = self._known(run, LIKELIEST) if sum(map(len, run)) >= SHORT and run != words else frozenset()
            if units:
                return end, self._fitting(units, frozenset())
        return start + 1, frozenset()

    def _fitting(self, units: frozenset[str], kinds: frozenset[str]) -> frozenset[str]:
        """The units of the kinds that were said; of none said a region is not meant where a smaller place has its name."""
        levels = {level for kind in kinds for level in _LEVELS[kind]} or set(_SMALL)
        fitting = frozenset(unit for unit in units if self.spots[unit].level in levels)
        return fitting if kinds and kinds <= _STRICT else fitting or units

    @functools.lru_cache(maxsize=1 << 16)  # noqa: B019 - there is one table, which lives as long as its process
    def _known(self, words: tuple[str, ...], most: int = MOST) -> frozenset[str]:
        """The units of a name, by its sounds or those of its stem; Arabic letters by the consonants, for they write few vowels."""
        ways = [way for way in heard(words)[:most] if len(way) >= LEAST]
        found = self._same(ways) or self._same([*_stems(ways)])
        return frozenset(found or (self._alike(ways, _few_vowels) if _in_arabic(words) else ()))

    @functools.lru_cache(maxsize=1 << 16)  # noqa: B019 - the same
    def _like(self, words: tuple[str, ...]) -> frozenset[str]:
        """The units of names with the same consonants, else with one letter that differs."""
        ways = [way for way in heard(words) if len(way) >= LEAST]
        return frozenset(self._alike(ways, _all_vowels) or self._typed(ways))

    def _same(self, ways: Sequence[str]) -> set[str]:
        places = {unit for way in ways for unit in self._places.get(sound(way).near, ())}
        return places | {unit for way in ways for unit in self._countries.get(way, ())}

    def _alike(self, ways: Sequence[str], vowels_apart: Callable[[Sound], int]) -> set[str]:
        """The units with the same consonants whose vowels are nearest, if near enough."""
        found: dict[int, set[str]] = defaultdict(set)
        for key in map(sound, ways):
            most = vowels_apart(key)
            for near in self._skeletons.get(key.consonants, ()) if most else ():
                distance = OSA.distance(key.near, near)
                found[distance].update(self._places[near] if distance <= most else ())
        return next((found[distance] for distance in sorted(found) if found[distance]), set())

    def _typed(self, ways: Sequence[str]) -> set[str]:
        """The units of long names that are one letter away."""
        found: set[str] = set()
        for near in (sound(way).near for way in ways):
            if len(near) >= LONG:
                choices = (*self._near.get(near[:3], ()), *self._near.get(near[-3:] + "$", ()))
                like = process.extract(near, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
                found.update(unit for name, _distance, _place in like for unit in self._places[name])
        return found


@functools.cache
def table() -> Table:
    """The one table of this process."""
    return Table()


def _in_arabic(words: Sequence[str]) -> bool:
    return all(script_of(word) == "arabic" for word in words)


def _all_vowels(key: Sound) -> int:
    """In how many vowels a name may differ from another with its consonants."""
    return _VOWELS_APART[min(len(key.consonants), 5)]


def _few_vowels(key: Sound) -> int:
    """The same where short vowels are not written."""
    return _FEW_VOWELS_APART[min(len(key.consonants), 5)]


def _put(into: dict[str, tuple[str, ...]], key: str, value: str) -> None:
    """Add a value to those of a key, once; tuples of texts are nothing that a collection of garbage looks at."""
    held = into.get(key, ())
    if value not in held:
        into[key] = (*held, value)


def _stems(ways: Iterable[str]) -> Iterator[str]:
    for way in ways:
        for ending in (_ADJECTIVE, _ENDING):
            match = ending.search(way)
            if match and match.start() > 3:
                yield way[: match.start()]


def _unmarked(name: str) -> str:
    """A Latin name as people type it who have no letters with marks: Seki for Şəki."""
    bare = unicodedata.normalize("NFD", name.translate(_NO_MARKS)).encode("ascii", "ignore").decode()
    return bare if len(bare) >= len(name) else name


@functools.lru_cache(maxsize=1 << 16)
def _kind(word: str) -> str:
    """The kind of place that a word says, also in a spelling that only sounds so: viloiati for вилояти."""
    exact, loose = _kinds()
    return exact.get(word) or loose.get(_loose(word), "")


@functools.cache
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    exact = {plain(word): row["kind"] for row in rows(WORDS) for word in row["words"].split()}
    return exact, {_loose(word): kind for word, kind in exact.items() if len(_loose(word)) >= LONG_WORD}


def _loose(word: str) -> str:
    return sound(squeezed(readings(word)[0])).near


def _elsewhere() -> Iterator[dict[str, str]]:
    for file in ELSEWHERE:
        yield from rows(file)
