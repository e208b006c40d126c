"""Weights and probabilities learned from judged searches: who of the candidates is the one, or that nobody is.

Given a search whose answer is known, the weights are good when the one weighs more than all strangers who look like him. That is the
likelihood of a conditional logit over the grounds on which each candidate stands; its maximum near the weights that one started from
is found by Newton's method, for the likelihood is concave.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.probability import Calibration
from hamroh.kernel.names.weights import Grounds, Weights

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
#: steps of Newton's method, and the change at which it has arrived
_STEPS, _ENOUGH = 40, 1e-6
#: the smallest step of the calibration
_FINE = 0.005
_LN2 = math.log(2)


@dataclass(frozen=True, slots=True)
class Case:
    """A judged search: the grounds of each candidate, and which of them is the one."""

    candidates: Sequence[Grounds]
    same: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged search as the calibration sees it: bits of the candidates, the size of the pool, which is the one (None: nobody)."""

    bits: Sequence[float]
    pool: int
    same: int | None


@dataclass(frozen=True, slots=True)
class Learned:
    """New weights, how often each was a ground, and the mean surprise of a case in bits before and after."""

    weights: Weights
    times: Mapping[str, float]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class _Data:
    """Grounds (a row a candidate, a column a code), where each case begins, the row of each one, and bits that are not learned.

    ``owner`` is the case of each row, ``ones`` are the rows of the ones.
    """

    grounds: Matrix
    starts: Numbers
    owner: Numbers
    ones: Numbers
    fixed: Matrix

    @classmethod
    def of(cls, cases: Sequence[Case], start: Weights, codes: Sequence[str]) -> "_Data":
        column = {code: at for at, code in enumerate(codes)}
        rows = [candidate for case in cases for candidate in case.candidates]
        grounds, fixed = np.zeros((len(rows), len(codes))), np.zeros(len(rows))
        for at, candidate in enumerate(rows):
            for code, times in candidate:
                if tied(code) in column:
                    grounds[at, column[tied(code)]] += times
                else:
                    fixed[at] += start.bits[code] * times
        lengths = np.array([len(case.candidates) for case in cases])
        starts = np.cumsum(lengths) - lengths
        ones = starts + np.array([case.same for case in cases])
        return cls(grounds, starts, np.repeat(np.arange(len(cases)), lengths), ones, fixed)

    def chances(self, at: Matrix) -> tuple[Matrix, Matrix]:
        """The chance of each candidate, and the logarithm of each case's sum."""
        powers = (self.grounds @ at + self.fixed) * _LN2
        most = np.maximum.reduceat(powers, self.starts)
        weights = np.exp(powers - most[self.owner])
        sums = np.add.reduceat(weights, self.starts)
        return weights / sums[self.owner], np.log(sums) + most

    def surprise(self, at: Matrix) -> float:
        """How surprising the answers are, in bits a case."""
        _chance, sums = self.chances(at)
        return float((sums / _LN2 - (self.grounds @ at + self.fixed)[self.ones]).mean())


def learn(cases: Sequence[Case], start: Weights, kept: frozenset[str] = frozenset(), caution: float = 0.01) -> Learned:
    """Weights under which the ones weigh most; ValueError without a case.

    `kept` codes stay as they are; `caution` is how strongly a case pulls towards the weights that one started from. All codes
    ``same/...`` stay equal, for a name is nearest to itself, in whatever script.
    """
    if not cases:
        raise ValueError("there is nothing to learn from: no search whose answer was among those found")
    codes = sorted({tied(code) for code in start.bits} - kept)
    data, first = _Data.of(cases, start, codes), np.array([start.bits[code] for code in codes])
    found = _newton(data, first, caution * len(cases))
    learned = dict(zip(codes, found.tolist(), strict=True))
    bits = {code: learned.get(tied(code), before) for code, before in start.bits.items()}
    times = dict(zip(codes, np.abs(data.grounds).sum(axis=0).tolist(), strict=True))
    return Learned(Weights(bits), times, data.surprise(first), data.surprise(found))


def tied(code: str) -> str:
    return "same/same" if code.startswith("same/") else code


def _newton(data: _Data, first: Matrix, pull: float) -> Matrix:
    """The weights of the greatest likelihood, held by `pull` near the first."""
    at, wanted = first.copy(), data.grounds[data.ones].sum(axis=0)
    for _step in range(_STEPS):
        chance, _sums = data.chances(at)
        likely = data.grounds * chance[:, None]
        expected = np.add.reduceat(likely, data.starts)
        slope = _LN2 * (wanted - expected.sum(axis=0)) - pull * (at - first)
        spread = likely.T @ data.grounds - expected.T @ expected
        step = np.linalg.solve(_LN2**2 * spread + pull * np.eye(len(at)), slope)
        at += step
        if np.abs(step).max() < _ENOUGH:
            break
    return at


def calibrate(judged: Sequence[Judged], start: Calibration) -> Calibration:
    """The scale of a bit and the weight of nobody under which the answers are least surprising; the bands stay as they are."""
    best, step = start, 1.0
    while step > _FINE:
        ways = [(axis, way * step) for axis in ("scale", "nobody", "growth") for way in (-1, 1)]
        tried = min((_moved(best, axis, way) for axis, way in ways), key=lambda each: doubt(judged, each))
        if doubt(judged, tried) < doubt(judged, best):
            best = tried
        else:
            step /= 2
    return best


def _moved(from_: Calibration, axis: str, way: float) -> Calibration:
    value = getattr(from_, axis) + way * (1.0 if axis == "nobody" else 0.25)
    return replace(from_, **{axis: max(value, 0.01) if axis == "scale" else value})


def doubt(judged: Sequence[Judged], calibration: Calibration) -> float:
    """The mean surprise of the answers, in bits a search."""
    total = 0.0
    for case in judged:
        chances = calibration.probabilities(case.bits, case.pool)
        right = 1 - sum(chances) if case.same is None else chances[case.same]
        total -= math.log2(max(right, 1e-12))
    return total / len(judged)
