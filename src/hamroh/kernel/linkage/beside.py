"""Two records beside each other, without an index: what speaks for their being one person's, and what against."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from hamroh.kernel.linkage.facts import Facts, Reason, compare_facts
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.linkage.probability import Band, Calibration
from hamroh.kernel.names.comparing import Frequency, Meeting, Scales, usual_frequency
from hamroh.kernel.names.reading import Name
from hamroh.kernel.names.weights import shipped

Reasons = tuple[Meeting | Reason, ...]
_NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The reasons, of which the bits are the sum."""

    reasons: Reasons

    @property
    def bits(self) -> float:
        return sum(reason.bits for reason in self.reasons)

    def band(self, calibration: Calibration, size: int) -> Band:
        """The word for it when nobody else is asked for, in a list of this size."""
        (alone,) = calibration.probabilities([self.bits], size)
        return calibration.band(
            alone * calibration.kept({code for each in self.reasons for code, _times in each.grounds})
        )


def beside(one: Record, other: Record, frequency: Frequency = usual_frequency) -> Likeness:
    """How alike two records are; ValueError says what of them cannot be read.

    >>> [each.said() for each in beside({"name": "Zafar Rahimov", "year": 1988}, {"name": "Зафар Раҳимӣ", "year": 1988}).reasons][0]
    'zafar = зафар: the same name'
    """
    names, (facts, _theirs) = names_of(one), map(Facts.of, (one, other))
    return Likeness(reasons(names, facts, other, Scales(frequency, shipped())))


def reasons(names: Sequence[Name], facts: Facts, other: Record, scales: Scales) -> Reasons:
    """The reasons of the best of all pairs of names, and those of the facts; of the other's facts none is read where none is asked."""
    pairs = itertools.product(names, names_of(other))
    found = [scales.compare(mine, theirs) for mine, theirs in pairs]
    best = max(found, key=lambda each: each.bits, default=None)
    told = compare_facts(facts, Facts.of(other), scales.weights.bits) if facts != _NOTHING else []
    return (*(best.meetings if best else ()), *told)
