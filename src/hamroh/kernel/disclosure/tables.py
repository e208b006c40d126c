"""Tables of counts with their margins, and what of them was published: categories are sets of units, so that any two can be compared."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

#: the category of everybody in a dimension
ALL = "*"

Cell = tuple[str, ...]
Box = Mapping[str, frozenset[str]]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Dimension:
    """What people are told apart by: ``leaves`` are its finest categories with the units that each covers, ``groups`` what they add up to.

    Units are what other tables may cut otherwise: years of age, districts, months. A group names leaves or other groups; what stands
    in no group stands under ``ALL``.
    """

    name: str
    leaves: Mapping[str, frozenset[str]]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        units = [unit for covered in self.leaves.values() for unit in covered]
        members = [member for group in self.groups.values() for member in group]
        if not self.leaves or ALL in self.leaves or ALL in self.groups or not all(self.leaves.values()):
            raise ValueError(f"{self.name}: at least one category, each with its units, none called {ALL}")
        if len(units) != len(set(units)) or len(members) != len(set(members)):
            raise ValueError(f"{self.name}: nothing stands in two categories of one table")
        if strange := set(members) - set(self.leaves) - set(self.groups):
            raise ValueError(f"{self.name}: no such categories: {', '.join(sorted(strange))}")
        if both := set(self.leaves) & set(self.groups):
            raise ValueError(f"{self.name}: both finest and a group: {', '.join(sorted(both))}")
        if ring := [code for code in self.groups if not self._ends(code)]:
            raise ValueError(f"{self.name}: a group stands within itself: {', '.join(sorted(ring))}")

    @classmethod
    def of(cls, name: str, codes: Iterable[str], groups: Mapping[str, tuple[str, ...]] | None = None) -> "Dimension":
        """A dimension whose finest categories are its units."""
        return cls(name, {code: frozenset({code}) for code in codes}, groups or {})

    def _ends(self, code: str) -> bool:
        seen, todo = set[str](), [code]
        while todo:
            found = todo.pop()
            if found in seen:
                return False
            seen.add(found)
            todo.extend(self.groups.get(found, ()))
        return True

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Each group with what it adds up from, ``ALL`` first."""
        within = {member for group in self.groups.values() for member in group}
        top = tuple(code for code in (*self.leaves, *self.groups) if code not in within)
        return {ALL: top, **self.groups}

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """All categories: the finest, groups, ``ALL``."""
        return (*self.leaves, *self.groups, ALL)

    @cached_property
    def units(self) -> dict[str, frozenset[str]]:
        """What each category covers."""
        found = dict(self.leaves)
        for code in (*self.groups, ALL):
            found[code] = frozenset().union(*(self.leaves[leaf] for leaf in self._leaves_of(code)))
        return found

    def _leaves_of(self, code: str) -> Iterator[str]:
        if code in self.leaves:
            yield code
        for member in self.families.get(code, ()):
            yield from self._leaves_of(member)

    @cached_property
    def adding(self) -> Counts:
        """Categories by leaves: 1 where a category covers a leaf."""
        places = {leaf: place for place, leaf in enumerate(self.leaves)}
        found = np.zeros((len(self.categories), len(self.leaves)), dtype=np.int64)
        for row, code in enumerate(self.categories):
            found[row, [places[leaf] for leaf in self._leaves_of(code)]] = 1
        return found


@dataclass(frozen=True)
class Shape:
    """Dimensions of a table and whom it is about: ``about`` narrows other variables, ``measure`` says what is counted.

    ``sensitive`` names variables of which no two may meet in a count that is not large: a small place, a kind of violence.
    ``whole`` names those in whose categories everybody stands, whoever is counted: sex is, the months of a table are not.
    """

    dimensions: tuple[Dimension, ...]
    about: Box = field(default_factory=dict)
    measure: str = "people"
    sensitive: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        names = [dimension.name for dimension in self.dimensions]
        if not names or len(set(names)) != len(names) or set(names) & set(self.about):
            raise ValueError("a table has dimensions, and each variable stands in it once")

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells with their margins, in the order of ``Table.values``."""
        return tuple(itertools.product(*(dimension.categories for dimension in self.dimensions)))

    @cached_property
    def lines(self) -> tuple[tuple[Cell, tuple[Cell, ...]], ...]:
        """Every sum of the table: a cell, and the cells that add up to it along one dimension."""
        return tuple(itertools.chain.from_iterable(self._lines(place) for place in range(len(self.dimensions))))

    def _lines(self, place: int) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        before = [dimension.categories for dimension in self.dimensions[:place]]
        after = [dimension.categories for dimension in self.dimensions[place + 1 :]]
        for fixed in itertools.product(*before, *after):
            head, tail = fixed[:place], fixed[place:]
            for parent, members in self.dimensions[place].families.items():
                yield (*head, parent, *tail), tuple((*head, member, *tail) for member in members)

    def box(self, cell: Cell) -> dict[str, frozenset[str]]:
        """Whom a cell is about: the units of every variable that it narrows."""
        pairs = zip(self.dimensions, cell, strict=True)
        return {**self.about, **{dimension.name: dimension.units[code] for dimension, code in pairs}}

    def meeting(self, cell: Cell) -> int:
        """How many sensitive variables a cell narrows."""
        pairs = zip(self.dimensions, cell, strict=True)
        told = {dimension.name for dimension, code in pairs if code != ALL} | self.about.keys()
        return len(told & self.sensitive)


@dataclass(frozen=True)
class Table:
    """Counts of the finest cells of a shape; a cell that is not named counts nobody.

    ``parts`` makes it a table of sums: what each giver, by name, adds to a finest cell. Its counts are then those sums.
    """

    shape: Shape
    counts: Mapping[Cell, int] = field(default_factory=dict)
    parts: Mapping[Cell, Mapping[str, int]] | None = None

    def __post_init__(self) -> None:
        if self.parts is not None and self.counts:
            raise ValueError("a table holds counts, or parts that it adds up")
        finest = [dimension.leaves for dimension in self.shape.dimensions]
        for cell, found in (self.parts if self.parts is not None else self.counts).items():
            if len(cell) != len(finest) or any(code not in leaves for code, leaves in zip(cell, finest, strict=True)):
                raise ValueError(f"no such cell: {' / '.join(cell)}")
            if min(found.values() if isinstance(found, Mapping) else (found,), default=0) < 0:
                raise ValueError(f"counts start at nought: {' / '.join(cell)}")

    @cached_property
    def values(self) -> dict[Cell, int]:
        """The count of every cell, margins among them."""
        dimensions = self.shape.dimensions
        places = [{leaf: place for place, leaf in enumerate(dimension.leaves)} for dimension in dimensions]
        found = np.zeros([len(each) for each in places], dtype=np.int64)
        for cell, count in self._finest():
            found[tuple(where[code] for where, code in zip(places, cell, strict=True))] = count
        for (
            dimension
        ) in dimensions:  # each turn adds up the first axis and puts it last: after all, they stand in order again
            found = np.tensordot(found, dimension.adding, axes=([0], [1]))
        return dict(zip(self.shape.cells, found.ravel().tolist(), strict=True))

    def _finest(self) -> Iterable[tuple[Cell, int]]:
        if self.parts is None:
            return self.counts.items()
        return ((cell, sum(parts.values())) for cell, parts in self.parts.items())

    def givers(self, cell: Cell) -> list[int]:
        """What every giver adds to a cell of a table of sums."""
        pairs = zip(self.shape.dimensions, cell, strict=True)
        within = [dimension.units[code] for dimension, code in pairs]
        finest = [dimension.leaves for dimension in self.shape.dimensions]
        found = Counter[str]()
        for leaf, parts in (self.parts or {}).items():
            if all(each[code] <= units for each, code, units in zip(finest, leaf, within, strict=True)):
                found.update(parts)
        return list(found.values())


@dataclass(frozen=True)
class Published:
    """What readers of a table hold: the counts that are shown; every other cell is withheld, and nothing says why.

    ``careful``: a table of sums, in which a large figure may be about one giver. ``threshold`` and ``meeting`` are those of the rules
    that it left by: what it withholds stays withheld by them.
    """

    shape: Shape
    shown: Mapping[Cell, int]
    careful: bool = False
    threshold: int = 5
    meeting: int = 10

    def limit(self, cell: Cell) -> int:
        """Under how many a cell was small when it left."""
        return max(self.threshold, self.meeting) if self.shape.meeting(cell) > 1 else self.threshold

    @cached_property
    def withheld(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.shape.cells if cell not in self.shown)

    def as_json(self) -> dict[str, Any]:
        """Plain data, from which ``from_json`` makes the same."""
        dimensions = [
            {
                "name": dimension.name,
                "leaves": [[code, sorted(units)] for code, units in dimension.leaves.items()],
                "groups": [[code, list(members)] for code, members in dimension.groups.items()],
            }
            for dimension in self.shape.dimensions
        ]
        about = {name: sorted(units) for name, units in self.shape.about.items()}
        shown = [self.shown.get(cell) for cell in self.shape.cells]
        return {
            "dimensions": dimensions, "about": about, "measure": self.shape.measure, "careful": self.careful, "cells": shown,
            "sensitive": sorted(self.shape.sensitive), "whole": sorted(self.shape.whole), "threshold": self.threshold, "meeting": self.meeting,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Published":
        """What ``as_json`` wrote; ValueError where it is not whole."""
        dimensions = tuple(
            Dimension(
                each["name"],
                {code: frozenset(units) for code, units in each["leaves"]},
                {code: tuple(members) for code, members in each["groups"]},
            )
            for each in data["dimensions"]
        )
        about = {name: frozenset(units) for name, units in data["about"].items()}
        shape = Shape(
            dimensions, about, data["measure"], frozenset(data.get("sensitive", ())), frozenset(data.get("whole", ()))
        )
        shown = {cell: count for cell, count in zip(shape.cells, data["cells"], strict=True) if count is not None}
        return cls(shape, shown, data["careful"], data.get("threshold", 5), data.get("meeting", 10))
