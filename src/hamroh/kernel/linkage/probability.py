"""From bits to a probability: how likely a candidate is the one who is sought, beside the others and beside nobody being there.

At most one candidate is the one. Each weighs 2 to the power of its bits (times a scale), and so does the chance that he is not in the
pool at all, which grows with the pool: the more people, the more strangers who look alike.

One kind of stranger is no matter of chance: a brother or sister has the surname, the father, the home and nearly the year in common.
So whoever has another given name gets only a share of what the bits would give; also one that looks like a surname by its end (Yusuf),
which cannot be told from another surname.
"""

import functools
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from hamroh.kernel.datafiles import rows

#: the grounds that a brother or sister may stand on
SIBLING = frozenset(("against_given", "against"))
FILE = "names/calibration.csv"
Band = Literal["strong", "possible", "weak", "faint"]
BANDS: tuple[Band, ...] = ("strong", "possible", "weak", "faint")


@dataclass(frozen=True, slots=True)
class Calibration:
    """``scale`` a bit's worth, ``nobody`` bits of nobody in a pool of one, ``growth`` bits more each time the pool doubles.

    ``kin`` is the share of its probability that a candidate keeps who has another given name; ``strong``, ``possible`` and ``weak`` are the
    least probabilities of the bands.
    """

    scale: float
    nobody: float
    growth: float
    kin: float
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

    def kept(self, codes: Collection[str]) -> float:
        """The share of its probability that a candidate keeps who stands on grounds of these codes."""
        return 1.0 if SIBLING.isdisjoint(codes) else self.kin

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
