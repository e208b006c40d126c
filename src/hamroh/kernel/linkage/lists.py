"""Lists of numbers end to end, as arrays that can be kept in a file and mapped into memory."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """List i is ``values[starts[i]:starts[i + 1]]``."""

    starts: Longs
    values: Ints

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> "Lists":
        starts, values = array("q", [0]), array("i")
        for each in lists:
            values.extend(each)
            starts.append(len(values))
        return cls(np.array(starts, np.int64), np.array(values, np.int32))

    @classmethod
    def grouped(cls, groups: Ints, values: Ints, count: int) -> "Lists":
        """For each of `count` groups the values that go with it, in their order."""
        lengths = np.bincount(groups, minlength=count)
        order = np.argsort(groups, kind="stable")
        return cls(np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]), values[order].astype(np.int32))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> Ints:
        return self.values[self.starts[at] : self.starts[at + 1]]

    def lengths(self) -> Longs:
        return np.diff(self.starts)

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
