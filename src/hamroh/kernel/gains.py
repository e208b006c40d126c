"""What people knew before a training and after it: paired where the same person sat both, and said when she did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """How two tests could be compared."""

    PAIRED = "paired"  #: each person with herself
    APART = "apart"  #: two means of people who need not be the same
    NOTHING = "nothing"  #: one of both is missing


@dataclass(frozen=True)
class Gain:
    """Means in points of ``most``; ``gain`` is of the pairs alone where there are any. ``n`` counts who the gain is about."""

    kind: Kind
    n: int
    n_before: int
    n_after: int
    before: Fraction | None
    after: Fraction | None
    gain: Fraction | None
    most: int

    @property
    def share(self) -> Fraction | None:
        """The gain as a share of all points."""
        return None if self.gain is None or not self.most else self.gain / self.most


def gain(
    people: Sequence[tuple[Fraction | None, Fraction | None]],
    most: int,
    before: Mapping[Fraction, int] | None = None,
    after: Mapping[Fraction, int] | None = None,
) -> Gain:
    """Of people's two scores each, and of scores that were only counted (score to number of people).

    Whoever sat both is compared with herself, and nobody else is: people who left early would make a training look better.

    >>> gain([(Fraction(4), Fraction(9)), (Fraction(6), Fraction(7)), (Fraction(1), None)], 10).gain
    Fraction(3, 1)
    """
    pairs = [(one, two) for one, two in people if one is not None and two is not None]
    first = [one for one, _two in people if one is not None] + _spread(before)
    second = [two for _one, two in people if two is not None] + _spread(after)
    kind = Kind.PAIRED if pairs else Kind.APART if first and second else Kind.NOTHING
    if kind is Kind.PAIRED:
        found = _mean([two - one for one, two in pairs])
        return Gain(kind, len(pairs), len(first), len(second), *_of_pairs(pairs), found, most)
    means = _mean(first), _mean(second)
    apart = means[1] - means[0] if means[0] is not None and means[1] is not None else None
    return Gain(kind, min(len(first), len(second)), len(first), len(second), *means, apart, most)


def _of_pairs(pairs: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction | None, Fraction | None]:
    return _mean([one for one, _two in pairs]), _mean([two for _one, two in pairs])


def _spread(counts: Mapping[Fraction, int] | None) -> list[Fraction]:
    return [score for score, number in (counts or {}).items() for _each in range(number)]


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None
