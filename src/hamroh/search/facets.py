"""Facet values of all records as arrays: counting them for any set of records, and the records that have a value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
FacetValue = tuple[str, str]
_MANY = 0.25  # the share of all records from which on it is quicker to look at every row


@dataclass(frozen=True)
class Facets:
    """``names`` are (facet, value) by number; ``numbers[starts[place]:starts[place + 1]]`` are those of a record."""

    names: tuple[FacetValue, ...] = ()
    numbers: npt.NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    starts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))

    def grown(self, size: int, said: Mapping[int, str], new_size: int) -> "Facets":
        """With the rows of places from ``size`` to before ``new_size``; ``said`` has a line ``name=value`` each."""
        known = {name: number for number, name in enumerate(self.names)}
        rows: dict[str, list[int]] = {"": []}
        fresh: list[int] = []
        ends: list[int] = []
        for place in range(size, new_size):
            text = said.get(place, "")
            if text not in rows:
                rows[text] = [known.setdefault(value, len(known)) for value in _values(text)]
            fresh += rows[text]
            ends.append(len(self.numbers) + len(fresh))
        numbers = np.concatenate([self.numbers, np.array(fresh, np.uint32)])
        return Facets(tuple(known), numbers, np.concatenate([self.starts, np.array(ends, np.int64)]))

    @cached_property
    def groups(self) -> dict[str, Counts]:
        """Numbers of the values of each facet, the values in order."""
        found: dict[str, list[tuple[str, int]]] = {}
        for number, (name, value) in enumerate(self.names):
            found.setdefault(name, []).append((value, number))
        return {name: np.array([number for _, number in sorted(values)]) for name, values in sorted(found.items())}

    def counts(self, members: Mask) -> Counts:
        """How many of these records have each value, by its number."""
        return np.bincount(self._numbers_of(members), minlength=len(self.names))

    def number(self, name: str, value: str) -> int | None:
        """The number of a value, None where no record ever had it."""
        return self._known.get((name, value))

    def places(self, value: FacetValue) -> Places:
        """The records that have a value."""
        number = self.number(*value)
        if number is None:
            return np.empty(0, np.uint32)
        start, end = self._by_value[1][number : number + 2]
        return self._by_value[0][start:end]

    def _numbers_of(self, members: Mask) -> npt.NDArray[np.uint32]:
        places = np.flatnonzero(members)
        if len(places) > _MANY * len(members):
            return self.numbers[members[self._owners]]
        starts, sizes = self.starts[places], np.diff(self.starts)[places]
        firsts = np.cumsum(sizes) - sizes  # where each record's numbers begin in the answer
        return self.numbers[np.repeat(starts - firsts, sizes) + np.arange(int(sizes.sum()))]

    @cached_property
    def _known(self) -> dict[FacetValue, int]:
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def _owners(self) -> Places:
        """The place that each number stands in."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.uint32), np.diff(self.starts))

    @cached_property
    def _by_value(self) -> tuple[Places, Sequence[int]]:
        """Places sorted by value, and where each value's begin and end."""
        order = np.argsort(self.numbers, kind="stable")
        ends = np.cumsum(np.bincount(self.numbers, minlength=len(self.names)))
        return self._owners[order], [0, *ends.tolist()]


def _values(text: str) -> Iterator[FacetValue]:
    for line in text.split("\n"):
        name, _, value = line.partition("=")
        yield name, value
