"""When a figure says too much about somebody: numbers that an office may set stricter, never looser, and nothing of a table's shape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Zeros(StrEnum):
    """What a nought is: small like a one; telling where it leaves a whole line in one category; or never withheld."""

    SMALL = "small"
    TELLING = "telling"
    SHOWN = "shown"


@dataclass(frozen=True)
class Rules:
    """A count under ``threshold`` is small; nobody may bound what is withheld within less than ``width`` from its least to its most.

    A sum is dominated where its ``largest`` givers give more than ``share`` of it, or where the second largest could work out the
    largest to within ``percent`` of a hundred (the p% rule). A width of five or more cannot lie within two either side.
    """

    threshold: int = 5
    width: int = 5
    zeros: Zeros = Zeros.SMALL
    largest: int = 1
    share: float = 0.8
    percent: float = 10

    def __post_init__(self) -> None:
        if (
            not 2 <= self.width <= self.threshold
            or not 0 < self.share <= 1 <= self.largest
            or not 0 <= self.percent < 100
        ):
            raise ValueError(
                "a width from 2 up to the threshold, a share over 0 and at most 1, at least one largest giver"
            )

    def is_small(self, count: int) -> bool:
        """Whether a count says too much by its size alone."""
        return count < self.threshold and (count > 0 or self.zeros is Zeros.SMALL)

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
