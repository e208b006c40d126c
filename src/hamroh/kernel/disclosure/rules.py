"""When a figure says too much about somebody: numbers that an office may set stricter, never looser, and nothing of a table's shape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hamroh.kernel.disclosure.tables import Cell, Shape


class Zeros(StrEnum):
    """What a nought is: small like a one; telling where it leaves a whole line in one category; or never withheld."""

    SMALL = "small"
    TELLING = "telling"
    SHOWN = "shown"


@dataclass(frozen=True)
class Rules:
    """A count under ``threshold`` is small; nobody may bound what is withheld within less than ``width`` from its least to its most.

    Where two variables that a shape calls sensitive meet in a cell, a count under ``meeting`` is small already.

    A sum is dominated where its ``largest`` givers give more than ``share`` of it, or where the second largest could work out the
    largest to within ``percent`` of a hundred (the p% rule). A width of five or more cannot lie within two either side.
    """

    threshold: int = 5
    width: int = 5
    zeros: Zeros = Zeros.SMALL
    largest: int = 1
    share: float = 0.8
    percent: float = 10
    meeting: int = 10

    def __post_init__(self) -> None:
        if (
            not 2 <= self.width <= self.threshold
            or not 0 < self.share <= 1 <= self.largest
            or not 0 <= self.percent < 100
        ):
            raise ValueError(
                "a width from 2 up to the threshold, a share over 0 and at most 1, at least one largest giver"
            )

    def limit(self, shape: Shape, cell: Cell) -> int:
        """Under how many a cell of a shape is small."""
        return self.limit_of(shape.meeting(cell))

    def limit_of(self, meeting: int) -> int:
        """Under how many a count is small, of which so many sensitive variables tell."""
        return max(self.threshold, self.meeting) if meeting > 1 else self.threshold

    def is_small(self, count: int, limit: int | None = None) -> bool:
        """Whether a count says too much by its size alone."""
        return count < (limit or self.threshold) and (count > 0 or self.zeros is Zeros.SMALL)

    def is_dominated(self, parts: Sequence[int]) -> bool:
        """Whether a sum tells what one of its givers gave."""
        ordered, total = sorted(parts, reverse=True), sum(parts)
        if total <= 0:
            return False
        others = total - sum(ordered[:2])
        return sum(ordered[: self.largest]) > self.share * total or others < self.percent / 100 * ordered[0]

    def needed(self, high: int, *, careful: bool) -> int:
        """How far apart the least and the most must lie that a withheld figure can be; ``careful`` is for sums, where large ones tell too."""
        return max(self.width, math.ceil(self.percent / 100 * high)) if careful else self.width
