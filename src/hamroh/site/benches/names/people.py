"""People who do not exist, as the registers of the region would hold them: the same ones from the same seed on every machine.

They are drawn household by household: brothers and sisters have one surname, one father and one home, which makes the hardest homonyms.
Names are as frequent as in registers: few are borne by many (Zipf's law). Only ``Random.random`` is drawn from, whose sequence is
promised to stay the same in all versions of Python.
"""

import functools
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from hamroh.kernel.datafiles import rows
from hamroh.site.benches.names.homes import Home, homes
from hamroh.site.benches.names.letters import Root

STEMS = "names/stems.csv"
PEOPLES = {"tg": 42, "az": 26, "uz": 20, "ky": 5, "da": 4, "ru": 3}
#: how common surnames are made: in these ways, by weight
SURNAME_ENDINGS = {
    "tg": {"ov": 55, "zoda": 22, "i": 8, "iyon": 3, "": 12},
    "uz": {"ov": 82, "zoda": 4, "i": 2, "": 12},
    "az": {"ov": 58, "zoda": 10, "li": 22, "": 10},
    "ky": {"ov": 78, "uulu": 12, "": 10},
    "da": {"i": 55, "zoda": 15, "": 30},
    "ru": {"ov": 1},
}
_COLUMN = {"da": "tg"}
#: the first of names are not so far before the others in surnames as in given names
_HEAD, _SURNAME_HEAD = 5, 22
_TAILED = {"tg": 0.28, "uz": 0.3, "az": 0.08, "ky": 0.15, "da": 0.1, "ru": 0.0}
_CHILDREN = {1: 46, 2: 28, 3: 16, 4: 7, 5: 3}
_MARRIED = 0.45
T = TypeVar("T")


class Draw(Generic[T]):
    """A choice among items by weight."""

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        self._items = tuple(items)
        self._sums = list(accumulate(weights))

    def __call__(self, chance: random.Random) -> T:
        return self._items[min(bisect(self._sums, chance.random() * self._sums[-1]), len(self._items) - 1)]


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a people (a language code): roots of the names, not yet written down in any way."""

    people: str
    sex: str
    given: Root
    father: Root
    surname: Root
    ending: str
    year: int
    home: Home
    married: Root | None = None

    @property
    def identity(self) -> tuple[str, str, str]:
        """Given name, father's name and surname, alike for peoples that spell one name in their own ways."""
        return (self.given.key, self.father.key, self.surname.key)


def households(seed: int) -> Iterator[list[Person]]:
    """Children of one father each, without end."""
    chance = random.Random(seed)
    people = Draw(tuple(PEOPLES), tuple(PEOPLES.values()))
    while True:
        yield _household(people(chance), chance)


def _household(people: str, chance: random.Random) -> list[Person]:
    names = _names(people)
    father, surname = _given(names, "m", chance), names.surname(chance)
    ending, home = names.ending(chance), homes(people)(chance)
    first = 1956 + int(44 * (chance.random() + chance.random()) / 2)
    children: dict[Root, Person] = {}
    for number in range(_children(chance)):
        sex, year = "m" if chance.random() < 0.62 else "f", first + number * 2 + (chance.random() < 0.5)
        given = _given(names, sex, chance)
        husband = names.surname(chance) if sex == "f" and chance.random() < _MARRIED else None
        children[given] = Person(people, sex, given, father, surname, ending, year, home, husband)
    return list(children.values())


@dataclass(frozen=True, slots=True)
class _Names:
    """What the names of a people are drawn from."""

    given: dict[str, Draw[Root]]
    tails: dict[str, Draw[Root]] | None
    tailed: float
    surname: Draw[Root]
    ending: Draw[str]


_children = Draw(tuple(_CHILDREN), tuple(_CHILDREN.values()))


def _given(names: _Names, sex: str, chance: random.Random) -> Root:
    given = names.given[sex](chance)
    if names.tails is None or chance.random() >= names.tailed:
        return given
    tail = names.tails[sex](chance)
    return given if tail.own in given.own else given + tail


@functools.cache
def _names(people: str) -> _Names:
    endings = SURNAME_ENDINGS[people]
    given = {sex: _stems(people, sex) for sex in "mf"}
    tails = {sex: _stems(people, f"tail_{sex}") for sex in "mf"} if _TAILED[people] else None
    return _Names(
        {sex: _ranked(stems, _HEAD) for sex, stems in given.items()},
        {sex: Draw([root for root, _often in found], [often for _root, often in found]) for sex, found in tails.items()}
        if tails
        else None,
        _TAILED[people],
        _ranked(_surnames(people, given["m"], tails), _SURNAME_HEAD),
        Draw(tuple(endings), tuple(endings.values())),
    )


def _surnames(
    people: str, given: list[tuple[Root, int]], tails: dict[str, list[tuple[Root, int]]] | None
) -> list[tuple[Root, int]]:
    """Roots of surnames: names of forefathers, with and without what is joined to them; Russian ones are a list of their own."""
    if people == "ru":
        return _stems(people, "s")
    joined = [
        (root + tail, 0)
        for root, _often in given
        for tail, _often in (tails or {"m": []})["m"]
        if tail.own not in root.own
    ]
    return given + joined


def _stems(people: str, kind: str) -> list[tuple[Root, int]]:
    column = _COLUMN.get(people, people)
    found = [row for row in _rows() if row["kind"] == kind and row[column] and (people != "da" or row["fa"])]
    return [(Root(row[column].lower().replace("i̇", "i"), row["fa"]), int(row["often"])) for row in found]


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(rows(STEMS))


def _ranked(stems: list[tuple[Root, int]], head: int) -> Draw[Root]:
    """The commonest first; the n-th is met about one n-th as often as the first."""
    ordered = sorted(stems, key=lambda stem: -stem[1])
    return Draw([root for root, _often in ordered], [1 / (rank + head) for rank in range(len(ordered))])
