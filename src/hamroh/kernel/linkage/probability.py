"""From bits to a probability: how likely a candidate is the one who is sought, beside the others and beside nobody being there.

At most one candidate is the one. Each weighs 2 to the power of its bits (times a scale), and so does the chance that he is not in the
pool at all, which grows with the pool: the more people, the more strangers who look alike.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hamroh.kernel.datafiles import rows

FILE = "names/calibration.csv"
Band = Literal["strong", "possible", "weak", "faint"]
BANDS: tuple[Band, ...] = ("strong", "possible", "weak", "faint")


@dataclass(frozen=True, slots=True)
class Calibration:
    """``scale`` a bit's worth, ``nobody`` bits of nobody in a pool of one, ``growth`` bits more each time the pool doubles.

    ``strong``, ``possible`` and ``weak`` are the least probabilities of the bands.
    """

    scale: float
    nobody: float
    growth: float
    strong: float
    possible: float
    weak: float

    def probabilities(self, bits: Sequence[float], pool: int) -> list[float]:
        """The probability of each candidate, given the bits of all of them (those left out are taken for strangers)."""
        nobody = self.nobody + self.growth * math.log2(max(pool, 1))
        powers = [self.scale * each for each in bits]
        most = max([nobody, *powers])
        weights = [math.exp2(each - most) for each in powers]
        whole = math.exp2(nobody - most) + sum(weights)
        return [weight / whole for weight in weights]

    def band(self, probability: float) -> Band:
        """The word that an officer reads instead of a number."""
        if probability >= self.strong:
            return "strong"
        return "possible" if probability >= self.possible else "weak" if probability >= self.weak else "faint"


@functools.cache
def shipped_calibration() -> Calibration:
    """The calibration of the data file."""
    return calibration_of(FILE)


def calibration_of(file: str) -> Calibration:
    """The calibration of a file in the form of the shipped one."""
    return Calibration(**{row["code"]: float(row["value"]) for row in rows(file)})
