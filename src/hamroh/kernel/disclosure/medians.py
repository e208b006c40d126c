"""The median of what was published: worked out from the counts that are shown, so that it tells nothing that they do not tell."""

from collections.abc import Sequence


def median_place(shown: Sequence[int | None], total: int) -> int | None:
    """In which of the ordered bands the middle one of ``total`` stands; None where withheld bands leave it open.

    >>> median_place([3, 9, 2], 14), median_place([None, 20, None], 26), median_place([None, 5, None], 26)
    (1, 1, None)
    """
    middle = (total + 1) // 2
    for place in range(len(shown)):
        if _most(shown[:place], shown[place:], total) < middle <= _least(shown[: place + 1], shown[place + 1 :], total):
            return place
    return None


def _most(within: Sequence[int | None], beyond: Sequence[int | None], total: int) -> int:
    """How many at most stand in these bands."""
    known = sum(each or 0 for each in within)
    return total - sum(each or 0 for each in beyond) if None in within else known


def _least(within: Sequence[int | None], beyond: Sequence[int | None], total: int) -> int:
    """How many at least stand in these bands."""
    known = sum(each or 0 for each in within)
    return known if None in beyond else total - sum(each or 0 for each in beyond)
