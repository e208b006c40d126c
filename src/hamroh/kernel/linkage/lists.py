"""Lists of numbers end to end, as arrays that can be kept in a file and mapped into memory."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """List i is ``values[starts[i]:starts[i + 1]]``; fewer than 2 ** 31 values in all."""

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> "Lists":
        starts, values = array("i", [0]), array("i")
        for each in lists:
            values.extend(each)
            starts.append(len(values))
        return cls(np.array(starts, np.int32), np.array(values, np.int32))

    @classmethod
    def grouped(cls, groups: Ints, values: Ints, count: int) -> "Lists":
        """For each of `count` groups the values that go with it, in their order."""
        lengths = np.bincount(groups, minlength=count)
        order = np.argsort(groups, kind="stable")
        return cls(_starts(lengths), values[order].astype(np.int32, copy=False))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> Ints:
        return self.values[self.starts[at] : self.starts[at + 1]]

    def lengths(self) -> Ints:
        return np.diff(self.starts)

    def raised(self, by: int) -> "Lists":
        """The same lists of numbers that are all higher by so much."""
        return Lists(self.starts, self.values + np.int32(by))

    def picked(self, ats: Ints) -> "Lists":
        """Some of the lists, in this order."""
        values, _of = self.gathered(ats)
        return Lists(_starts(self.lengths()[ats]), values)

    def owners(self) -> Ints:
        """For each value, the list that it is in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths())

    def turned(self, count: int) -> "Lists":
        """For each number below `count`, in which lists it is."""
        return Lists.grouped(self.values, self.owners(), count)

    def gathered(self, ats: Ints) -> tuple[Ints, Ints]:
        """The values of several lists end to end, and for each the place in `ats` of the list that it is of."""
        lengths = self.starts[ats + 1] - self.starts[ats]
        ends = np.cumsum(lengths)
        inside = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        of = np.repeat(np.arange(len(ats), dtype=np.int32), lengths)
        return self.values[np.repeat(self.starts[ats], lengths) + inside], of

    def table(self, ats: Ints, width: int) -> Ints:
        """Several lists as the rows of a table of this width, -1 where a list is shorter; longer ones are cut."""
        lengths = np.minimum(self.starts[ats + 1] - self.starts[ats], width)
        columns = np.arange(width)
        inside = columns < lengths[:, None]
        places = np.where(inside, self.starts[ats][:, None] + columns, 0)
        return np.where(inside, self.values[places] if len(self.values) else -1, -1).astype(np.int32)


def joined_lists(lists: Sequence[Lists]) -> Lists:
    """The lists of all of these, one after the other."""
    values = np.concatenate([np.zeros(0, np.int32), *(each.values for each in lists)])
    return Lists(_starts(np.concatenate([np.zeros(0, np.int32), *(each.lengths() for each in lists)])), values)


def _starts(lengths: npt.NDArray[Any]) -> Ints:
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int64)]).astype(np.int32)
