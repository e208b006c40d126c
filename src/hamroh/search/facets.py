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

    def index(self) -> None:
        """Have the records of each value at hand, so that the first who asks need not wait for it."""
        _ = self.groups, self._known, self._by_value

    def counts(self, members: Mask) -> Counts:
        """How many of these records have each value, by its number; of most records, what the others leave over."""
        if 2 * np.count_nonzero(members) > len(members):
            return self._of_all - self._counted(~members)
        return self._counted(members)

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

    def having(self, value: FacetValue) -> Mask:
        """Whether each record has a value."""
        mask = np.zeros(len(self.starts) - 1, bool)
        mask[self.places(value).astype(np.intp)] = True
        return mask

    def _counted(self, members: Mask) -> Counts:
        return np.bincount(self._numbers_of(members), minlength=len(self.names))

    def _numbers_of(self, members: Mask) -> npt.NDArray[np.uint32]:
        places = np.flatnonzero(members)
        if len(places) > _MANY * len(members):
            return self.numbers[np.repeat(members, self._sizes)]
        starts, sizes = self.starts[places], self._sizes[places]
        firsts = np.cumsum(sizes) - sizes  # where each record's numbers begin in the answer
        return self.numbers[np.repeat(starts - firsts, sizes) + np.arange(int(sizes.sum()))]

    @cached_property
    def _known(self) -> dict[FacetValue, int]:
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def _sizes(self) -> npt.NDArray[np.int64]:
        """How many values each record has."""
        return np.diff(self.starts)

    @cached_property
    def _of_all(self) -> Counts:
        """How many records have each value, those that are gone among them."""
        return np.bincount(self.numbers, minlength=len(self.names))

    @cached_property
    def _by_value(self) -> tuple[Places, Sequence[int]]:
        """Places sorted by value, and where each value's begin and end."""
        order = np.argsort(self.numbers, kind="stable")
        owners = np.repeat(np.arange(len(self.starts) - 1, dtype=np.uint32), self._sizes)
        return owners[order], [0, *np.cumsum(self._of_all).tolist()]


def _values(text: str) -> Iterator[FacetValue]:
    for line in text.split("\n"):
        name, _, value = line.partition("=")
        yield name, value
