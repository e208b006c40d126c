"""What households that plan in a workshop may share, and what of it may be shown: classes that at least so many share, and no more.

A class is a step of a ladder of sums; neighbours are put together until each holds enough households. A measure that comes to one
class alone is not shown: that all are alike would tell each one's answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: least sums of the classes, in whole units of any currency; the first is nothing at all
LADDER = (0, 1, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
#: households that stand behind each figure that is shown
LEAST = 5


class Shared(StrEnum):
    """What is shared of a plan, each as a class: a month's money in, what is spent, what is owed, what goals ask for."""

    CAME = "came"
    SPENT = "spent"
    OWED = "owed"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Band:
    """Households from a sum on up to below another, None at the open end."""

    least: int
    below: int | None
    households: int


def band_of(amount: int) -> int:
    """The class of a sum in hundredths.

    >>> [band_of(amount) for amount in (-5, 0, 1, 9_999, 10_000, 99_999_999)]
    [0, 0, 1, 1, 2, 11]
    """
    return max(
        (step for step, least in enumerate(LADDER) if least and amount >= (1 if least == 1 else least * 100)), default=0
    )


def bands(counts: Mapping[int, int], least: int = LEAST) -> tuple[Band, ...]:
    """Households by class, neighbours put together so that each band has enough; empty where less than two such bands can be made.

    >>> [(each.least, each.below, each.households) for each in bands({2: 4, 3: 3, 5: 6})]
    [(0, 500, 7), (500, None, 6)]
    """
    groups = _grouped([counts.get(step, 0) for step in range(len(LADDER))], least)
    if len(groups) < 2:
        return ()
    ends = [first for first, _households in groups[1:]]
    edges = zip(groups, [*ends, None], strict=True)
    return tuple(
        Band(LADDER[first], None if end is None else LADDER[end], households) for (first, households), end in edges
    )


def _grouped(counts: Sequence[int], least: int) -> list[tuple[int, int]]:
    """Runs of classes with enough households each; what is over at the end joins the last one."""
    groups: list[tuple[int, int]] = []
    first, held = 0, 0
    for step, count in enumerate(counts):
        held += count
        if held >= least:
            groups.append((first, held))
            first, held = step + 1, 0
    if held and groups:
        groups[-1] = (groups[-1][0], groups[-1][1] + held)
    return groups or []


Counts = Mapping[str, Mapping[str, Mapping[int, int]]]


def released(counts: Counts, least: int = LEAST) -> dict[str, Any]:
    """What a workshop may show when it closes, of households by currency, measure and class.

    A currency of few households is left out, and then the whole is no more than what is shown, unless enough were left out together.
    """
    shared = {currency: sum(of[Shared.CAME].values()) for currency, of in counts.items()}
    shown = {currency: number for currency, number in shared.items() if number >= least}
    left_out = sum(shared.values()) - sum(shown.values())
    whole = sum(shown.values()) + (left_out if left_out >= least else 0)
    return {
        "households": whole,
        "currencies": {currency: _measures(counts[currency], least) for currency in sorted(shown)},
    }


def _measures(of: Mapping[str, Mapping[int, int]], least: int) -> dict[str, list[tuple[int, int | None, int]]]:
    return {
        measure.value: [(each.least, each.below, each.households) for each in bands(of.get(measure, {}), least)]
        for measure in Shared
    }
