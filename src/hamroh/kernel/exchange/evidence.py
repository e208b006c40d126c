"""What a person is found by in an exchange: keys that each say nearly enough by themselves.

A key joins two or three names of a person with a year of birth, a home, or nothing more. Whoever answers puts in only those that
weigh, by the counts of the own list, at most `MARGIN` bits less than the threshold: a key that many strangers share is in no file.
"""

import functools
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.names.comparing import usual_frequency
from hamroh.kernel.names.keys import keys
from hamroh.kernel.names.reading import Hearing, Name, Part
from hamroh.kernel.names.weights import shipped

#: bits that a key may say less than the threshold, and how many more whoever asks allows, whose counts are others
MARGIN, SLACK = 4.0, 3.0
#: names of a person, words of a name and readings of a word that keys are made of
NAMES, WORDS, READINGS = 2, 4, 4
#: so many people of the usual kind are counted beside those of a list, so that a short list says little about rarity
USUAL = 50


@dataclass(frozen=True, slots=True)
class Known:
    """A record as it is read: its id, its names, its facts."""

    id: str
    names: tuple[Name, ...]
    facts: Facts

    @classmethod
    def of(cls, record: Record, hear: Hearing) -> "Known":
        """ValueError says which of the facts cannot be read."""
        return cls(str(record["id"]), tuple(names_of(record, hear)[:NAMES]), Facts.of(record))

    @property
    def year(self) -> int | None:
        """The year of birth where it is one."""
        years = self.facts.years
        return years[0] if years and years[0] == years[1] else None

    @property
    def homes(self) -> list[str]:
        """The places that the home may mean; the sounds of its name where no table has it."""
        found = self.facts.place.keys if self.facts.place else frozenset()
        return sorted(key for key in found if key[0] == "u") or sorted(key for key in found if key[0] == "s")


@dataclass(frozen=True, slots=True)
class _Family:
    """Keys of one make: so many words, which of their sounds, the facts beside them, and what these weigh."""

    letter: str
    words: int
    sounds: str
    facts: Callable[[int | None, Sequence[str]], list[str]]
    weights: tuple[str, ...]


def _one(year: int | None) -> list[str]:
    return [f"{year}"] if year else []


def _about(year: int | None) -> list[str]:
    """Two spans of two years: years that are one apart share one of them."""
    return [f"{year // 2}", f"{(year + 1) // 2}+"] if year else []


_FAMILIES = (
    _Family("h", 2, "bare", lambda _year, homes: [*homes], ("place/same",)),
    _Family("y", 2, "skeleton", lambda year, _homes: _one(year), ("year/same",)),
    _Family("b", 2, "skeleton", lambda year, _homes: _about(year), ("year/one",)),
    _Family("p", 2, "skeleton", lambda _year, _homes: [""], ()),
    _Family("t", 3, "bare", lambda _year, _homes: [""], ()),
    _Family("o", 1, "skeleton", lambda year, homes: [f"{home} {each}" for home in homes for each in _one(year)], ("place/same", "year/same")),
)  # fmt: skip


class Counts:
    """How rare the sounds of names are in a list."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._rarities: dict[tuple[str, str], float] = {}
        self._total = 0
        for person in people:
            self._total += 1
            parts = [part for name in person.names for part in name.parts[:WORDS]]
            self._counts.update(
                {(kind, each) for part in parts for kind in ("skeleton", "bare") for each in sounds(part, kind)}
            )

    def rarity(self, kind: str, sound: str) -> float:
        """Bits: how few people have a name of this sound."""
        known = self._rarities.get((kind, sound))
        if known is None:
            expected = self._counts[kind, sound] + USUAL * usual_frequency(sound)
            known = self._rarities[kind, sound] = -math.log2(min(1.0, expected / (self._total + USUAL)))
        return known

    def of_word(self, part: Part) -> float:
        """Of the commonest of a word's skeletons."""
        return min((self.rarity("skeleton", each) for each in sounds(part, "skeleton")), default=0.0)


def sounds(part: Part, kind: str) -> tuple[str, ...]:
    """What the likeliest roots of a word sound like, by the name of a form of `names.keys`."""
    return _sounds(part.roots[:READINGS], kind)


@functools.lru_cache(maxsize=1 << 17)
def _sounds(roots: tuple[str, ...], kind: str) -> tuple[str, ...]:
    forms = [keys(root) for root in roots]
    return tuple(dict.fromkeys(getattr(form, kind) or form.coarse for form in forms))


def keys_of(person: Known, counts: Counts, least: float) -> list[str]:
    """The keys of a person that weigh at least so many bits, each once."""
    found = (key for name in person.names for key in _of_name(name, person, counts, least))
    return list(dict.fromkeys(found))


def _of_name(name: Name, person: Known, counts: Counts, least: float) -> Iterator[str]:
    parts = name.parts[:WORDS]
    given = {at for at, part in enumerate(parts) if not part.ending and part.role != "patronymic"}
    bits = shipped().bits
    for family in _FAMILIES:
        facts = family.facts(person.year, person.homes)
        lacking = least - sum(bits[code] for code in family.weights)
        for chosen in itertools.combinations(range(len(parts)), family.words) if facts else ():
            if given and given.isdisjoint(
                chosen
            ):  # a father's name and a surname are those of brothers and sisters, too
                continue
            for pieces in itertools.product(*(sounds(parts[at], family.sounds) for at in chosen)):
                if sum(_weight(bits, counts.rarity(family.sounds, each)) for each in pieces) >= lacking:
                    yield from (f"{family.letter} {' '.join(sorted(pieces))} {fact}" for fact in facts)


def _weight(bits: Mapping[str, float], rarity: float) -> float:
    return bits["same/same"] + bits["rarity"] * rarity
