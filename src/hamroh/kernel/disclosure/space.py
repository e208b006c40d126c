"""What all tables together tell apart: the smallest groups of people that they cut out, and every cell as a sum of those."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hamroh.kernel.disclosure.tables import Box, Counts

#: the most groups that an audit keeps apart; over it nothing is said to be safe
MOST = 30_000

Places = npt.NDArray[np.int64]


class TooWide(ValueError):
    """The tables cut people into more groups than can be audited."""


class Space:
    """The groups that boxes cut out, numbered from 0. What a box leaves unsaid of a variable is everybody, also whom no table names.

    Of a variable that is ``whole`` everybody has one of the categories that tables name.
    """

    def __init__(self, boxes: Sequence[Box], most: int = MOST, whole: frozenset[str] = frozenset()) -> None:
        said: dict[str, dict[frozenset[str], None]] = {}
        for box in boxes:
            for name, units in box.items():
                said.setdefault(name, {})[units] = None
        self._classes = {name: _classes(sets, rest=name not in whole) for name, sets in sorted(said.items())}
        self._shape = tuple(classes.count for classes in self._classes.values())
        self.size = math.prod(self._shape)
        if self.size > most:
            raise TooWide(f"{self.size} groups, at most {most} can be audited")
        self._kept: dict[tuple[frozenset[str] | None, ...], Places] = {}

    def of(self, box: Box) -> Places:
        """The groups in a box, in their order."""
        key = tuple(box.get(name) for name in self._classes)
        if key not in self._kept:
            chosen = [classes.of(units) for classes, units in zip(self._classes.values(), key, strict=True)]
            self._kept[key] = np.ravel_multi_index(np.ix_(*chosen), self._shape).ravel().astype(np.int64)
        return self._kept[key]


@dataclass(frozen=True)
class _Classes:
    """Units of one variable by the sets they stand in together; the last class is all that no set names, where there may be such."""

    by_set: Mapping[frozenset[str], Places]
    count: int

    def of(self, units: frozenset[str] | None) -> Places:
        return np.arange(self.count) if units is None else self.by_set[units]


def _classes(sets: Iterable[frozenset[str]], *, rest: bool) -> _Classes:
    ordered = list(sets)
    signs: dict[str, list[int]] = {}
    for place, units in enumerate(ordered):
        for unit in units:
            signs.setdefault(unit, []).append(place)
    numbers: dict[tuple[int, ...], int] = {}
    for unit in sorted(signs):
        numbers.setdefault(tuple(signs[unit]), len(numbers))
    within: list[list[int]] = [[] for _ in ordered]
    for places, number in numbers.items():
        for place in places:
            within[place].append(number)
    by_set = {units: np.array(sorted(found), dtype=np.int64) for units, found in zip(ordered, within, strict=True)}
    return _Classes(by_set, len(numbers) + rest)


@dataclass(frozen=True)
class Sums:
    """Many sums of groups: sum ``i`` adds the groups ``columns[starts[i]:starts[i + 1]]``."""

    starts: Places
    columns: Places
    width: int

    @classmethod
    def of(cls, groups: Sequence[Places], width: int) -> "Sums":
        starts = np.concatenate([[0], np.cumsum([len(group) for group in groups])]).astype(np.int64)
        columns = np.concatenate(groups) if groups else np.zeros(0, dtype=np.int64)
        return cls(starts, columns, width)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, place: int) -> Places:
        """The groups of one sum."""
        return self.columns[self.starts[place] : self.starts[place + 1]]

    @cached_property
    def rows(self) -> Places:
        """The sum of which each entry of ``columns`` is a part."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def added(self, people: Counts) -> Counts:
        """Every sum, for so many people in each group."""
        return np.bincount(self.rows, weights=people[self.columns], minlength=len(self)).astype(np.int64)
