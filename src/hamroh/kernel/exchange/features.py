"""What of a person is compared, as values of the keyed function: the sounds of each word, years of birth, the home.

A value means something only to who has it for a text of their own. So who opens the features of a stranger sees which of the own words
are in them, and nothing of other words.
"""

import functools
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hamroh.kernel.exchange.evidence import NAMES, WORDS, Counts, Known
from hamroh.kernel.linkage.facts import FAR, place_code, width, year_code
from hamroh.kernel.linkage.places import PlaceLevel
from hamroh.kernel.linkage.places import level_of as place_level
from hamroh.kernel.names.comparing import assigned
from hamroh.kernel.names.keys import KINDS, Kind, made_keys
from hamroh.kernel.names.reading import Part
from hamroh.kernel.names.weights import Grounds, Level, Shape, Weights, level_of, meeting

#: bytes of packed features, whoever they are of
BLOCK = 448
#: years of birth whose values are asked for, whoever is on the list
YEARS = range(1900, 2031)
#: keys of a word, and of a home, at most
_KEYS, _HOMES = 80, 10
#: fewer keys of each word, where all do not fit
_FEWER = (80, 56, 40, 32, 24, 18, 12)
#: bytes of a value: enough to tell apart what two people have
_BYTES = 4
#: the kinds of keys, the most telling first
_ORDER = "rvscgtbwd"
_KINDS = "uplrcs+"
_RARE = 8.0
Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: the code of its shape, how rare it is in its list (bits), and the kind of each of its keys by value.

    Of a word of the other side the kinds are not known: who has the same value knows them.
    """

    shape: int
    rarity: float
    keys: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Features:
    """A person's names, years of birth and keys of the home."""

    names: tuple[tuple[Word, ...], ...]
    years: tuple[int, ...]
    place: frozenset[str]


def texts_of(person: Known) -> Iterator[str]:
    """The texts whose values the features are made of."""
    for part in _parts(person):
        yield from word_keys(part)
    yield from (key[2:] for key in _homes(person))


def number(value: bytes) -> int:
    """What of a value of the keyed function is compared."""
    return _number(value[:_BYTES])


def years() -> Iterator[str]:
    """The texts of all years."""
    return map(_born, YEARS)


def word_keys(part: Part) -> tuple[str, ...]:
    """The keys by which a word is compared."""
    return _word_keys(part.roots)


@functools.lru_cache(maxsize=1 << 17)
def _word_keys(roots: tuple[str, ...]) -> tuple[str, ...]:
    made = [key for key in made_keys(roots) if key[0] in _ORDER]
    return tuple(sorted(made, key=lambda key: _ORDER.index(key[0]))[:_KEYS])


def features_of(person: Known, counts: Counts, values: Values) -> Features:
    """The features of somebody of the own list."""
    names = tuple(tuple(_word(part, counts, values) for part in name.parts[:WORDS]) for name in person.names[:NAMES])
    place = frozenset(f"{key[:2]}{values[key[2:]]:x}" for key in _homes(person))
    return Features(names, tuple(values[_born(year)] for year in _span(person)), place)


def packed(features: Features) -> bytes:
    """Features as so many bytes for everybody; a second name goes where it does not fit, then the least telling keys."""
    for count in range(len(features.names), -1, -1):
        for most in _FEWER if count < 2 else _FEWER[:1]:
            names = b"".join(_name_packed(name, most) for name in features.names[:count])
            years = bytes([len(features.years)]) + b"".join(map(_short, features.years))
            place = bytes([len(features.place)]) + b"".join(map(_key_packed, sorted(features.place)))
            found = bytes([count]) + names + years + place
            if len(found) <= BLOCK:
                return found.ljust(BLOCK, b"\0")
    raise ValueError("features without names do not fit")


def unpacked(block: bytes) -> Features:
    """The features in a block; ValueError where it holds none, or more than one person has."""
    read = _Read(block)
    names = tuple(tuple(read.word() for _ in range(read.few(WORDS))) for _ in range(read.few(NAMES)))
    span = tuple(_number(read.taken(_BYTES)) for _ in range(read.few(FAR + 1)))
    home = [read.taken(1 + _BYTES) for _ in range(read.few(_HOMES))]
    return Features(names, span, frozenset(f"{chr(key[0])}:{_number(key[1:]):x}" for key in home))


class _Read:
    """Takes a block apart."""

    def __init__(self, block: bytes) -> None:
        self._block, self._at = block, 0

    def taken(self, count: int) -> bytes:
        found = self._block[self._at : self._at + count]
        if len(found) < count:
            raise ValueError("a block that ends too early")
        self._at += count
        return found

    def few(self, most: int) -> int:
        """A number that says how many follow; ValueError where these are too many: wide features would match anybody."""
        found = self.taken(1)[0]
        if found > most:
            raise ValueError("a block with too much in it")
        return found

    def word(self) -> Word:
        shape, rarity = self.taken(2)
        return Word(shape, rarity / _RARE, {_number(self.taken(_BYTES)): 0 for _ in range(self.few(_KEYS))})


def _name_packed(name: Sequence[Word], most: int) -> bytes:
    return bytes([len(name)]) + b"".join(_word_packed(word, most) for word in name)


def _word_packed(word: Word, most: int) -> bytes:
    keys = list(word.keys)[:most]
    return struct.pack("BBB", word.shape, min(255, round(word.rarity * _RARE)), len(keys)) + b"".join(map(_short, keys))


def _key_packed(key: str) -> bytes:
    return key[0].encode("ascii") + _short(int(key[2:], 16))  # noqa: FURB166 - what is cut off is a kind


def _short(number: int) -> bytes:
    return number.to_bytes(_BYTES, "big")


def _number(of: bytes) -> int:
    return int.from_bytes(of, "big")


def _word(part: Part, counts: Counts, values: Values) -> Word:
    return Word(Shape.of(part).code, counts.of_word(part), {values[key]: KINDS[key[0]] for key in word_keys(part)})


def _parts(person: Known) -> list[Part]:
    return [part for name in person.names[:NAMES] for part in name.parts[:WORDS]]


def _homes(person: Known) -> list[str]:
    place = person.facts.place
    return sorted(place.keys, key=lambda key: (_KINDS.index(key[0]), key))[:_HOMES] if place else []


def _span(person: Known) -> range:
    first, last = person.facts.years or (0, -1)
    return range(max(first, YEARS.start), min(last, first + FAR, YEARS.stop - 1) + 1)


def _born(year: int) -> str:
    return f"born {year}"


#: what can be said of a pair without saying anything of anybody's own words: how two words meet, how far births and homes are apart
WORD_SAID = {
    Level.SAME: "word/same", Level.VOWELS: "word/same", Level.CONSONANTS_NEAR: "word/same", Level.VARIANT: "word/variant",
    Level.COMPOUND: "word/variant",
}  # fmt: skip
ALIKE = "word/alike"
SAID = frozenset({
    *WORD_SAID.values(), ALIKE, *(year_code(gap) for gap in range(FAR + 2)), *(place_code(level) for level in PlaceLevel),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """Bits for one person, and codes of `SAID` that say what they rest on."""

    bits: float
    said: tuple[str, ...]


class Weighing:
    """Weighs features against each other as `names.compare` and `facts.compare_facts` weigh records, without having these."""

    def __init__(self, weights: Weights, values: Values) -> None:
        self._weights = weights
        self._years = {values[_born(year)]: year for year in YEARS}

    def bits(self, ours: Features, theirs: Features) -> float | None:
        """Bits for one person; None where a name stands against it, as those of brothers do (a woman may bear another surname)."""
        found = self.weighed(ours, theirs)
        return None if found is None else found.bits

    def weighed(self, ours: Features, theirs: Features) -> Weighed | None:
        """The same, with what the bits rest on."""
        found = [self._names(one, other) for one in ours.names for other in theirs.names if one and other]
        best = max((each for each in found if each is not None), key=lambda each: each.bits, default=None)
        if best is None:
            return None
        facts = self._facts(ours, theirs)
        return Weighed(best.bits + facts.bits, best.said + facts.said)

    def _names(self, ours: Sequence[Word], theirs: Sequence[Word]) -> Weighed | None:
        grounds = [[_met(one, other) for other in theirs] for one in ours]
        bits = [[self._weights.of(each) if each else -1.0 for each in row] for row in grounds]
        pairs = assigned(bits)
        alone = _alone(_shapes(ours), _shapes(theirs), pairs)
        if alone is None:
            return None
        said = sorted(WORD_SAID.get(_level(ours[i], theirs[j]), ALIKE) for i, j in pairs)
        return Weighed(sum(bits[i][j] for i, j in pairs) + self._weights.of(alone), tuple(said))

    def _facts(self, ours: Features, theirs: Features) -> Weighed:
        bits, found, said = self._weights.bits, 0.0, list[str]()
        one, other = (
            sorted(self._years[each] for each in side.years if each in self._years) for side in (ours, theirs)
        )
        if one and other:
            gap = max(0, one[0] - other[-1], other[0] - one[-1])
            said.append(year_code(gap))
            found += bits[year_code(gap)] + (
                bits["year/wide"] * width((one[0], one[-1]), (other[0], other[-1])) if not gap else 0
            )
        if ours.place and theirs.place:
            said.append(place_code(place_level(ours.place, theirs.place)))
            found += bits[said[-1]]
        return Weighed(found, tuple(said))


def _met(one: Word, other: Word) -> Grounds:
    """How two words can be one name; nothing where they cannot."""
    level = _level(one, other)
    if level is Level.NONE:
        return ()
    return meeting(level, Shape.from_code(one.shape), Shape.from_code(other.shape), min(one.rarity, other.rarity))


def _level(one: Word, other: Word) -> Level:
    """How alike two words sound, by the kinds of keys that the first one knows."""
    kinds = 0
    for key in one.keys.keys() & other.keys.keys():
        kinds |= one.keys[key]
    if kinds & (Kind.SKELETON | Kind.COARSE):
        kinds |= (
            Kind.VOWELS_NEAR
        )  # most that share their consonants are near, too, and not all near keys may have fitted
    return Level.LETTER if kinds == Kind.COARSE_NEAR else level_of(kinds)


def _shapes(words: Sequence[Word]) -> list[Shape]:
    return [Shape.from_code(word.shape) for word in words]


def _may_be_given(shape: Shape) -> bool:
    """Whether nothing about a word says that it is a surname or a father's name."""
    return not (shape.father or shape.ending)


def _alone(ours: Sequence[Shape], theirs: Sequence[Shape], pairs: Sequence[tuple[int, int]]) -> Grounds | None:
    """What the words without a counterpart weigh; None where no given name meets, or one stands against another but for a woman's surname.

    So brothers and sisters are nobody's pair, of whom all but the given name meets.
    """
    if all(map(_has_given, (ours, theirs))) and not any(
        _may_be_given(ours[i]) or _may_be_given(theirs[j]) for i, j in pairs
    ):
        return None
    left = [shape for at, shape in enumerate(ours) if at not in {i for i, _j in pairs}]
    right = [shape for at, shape in enumerate(theirs) if at not in {j for _i, j in pairs}]
    wanted = min(2, *(sum(not each.father for each in side) for side in (ours, theirs)))
    lacking = max(0, wanted - sum(not (ours[i].father or theirs[j].father) for i, j in pairs))
    female = any(each.sex == "female" for each in (*ours, *theirs))
    given = all(map(_has_given, (left, right)))
    if lacking and (given or not female):
        return None
    fathers, core = ([sum(each.father is wants for each in side) for side in (left, right)] for wants in (True, False))
    against = min(fathers)
    return (
        ("against_woman", lacking),
        ("against_father", min(against, 1)),
        ("father_absent", sum(fathers) - 2 * min(against, 1)),
        ("word_absent", sum(max(0, each - lacking) for each in core)),
    )


def _has_given(shapes: Sequence[Shape]) -> bool:
    return any(map(_may_be_given, shapes))
