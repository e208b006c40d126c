"""Axes: round numbers that reach around the figures, and where a figure lies between them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hamroh.web import dates

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Round numbers from the least to the greatest, laid on the way from ``start`` to ``end``."""

    ticks: tuple[Decimal, ...]
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """Where a number lies; what is beyond the ends lies at the end."""
        low, high = self.ticks[0], self.ticks[-1]
        share = float((min(max(value, low), high) - low) / (high - low))
        return self.start + share * (self.end - self.start)


def scale(numbers: Iterable[Decimal], start: float, end: float, *, from_zero: bool = True) -> Scale:
    """A scale that reaches all ``numbers``; bars begin at zero, for their length is what is read."""
    known = list(numbers) or [Decimal(0)]
    low, high = min(known), max(known)
    if from_zero or low * 3 < high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    return Scale(_ticks(low, high), start, end)


def _ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    rough = (high - low) / (_TICKS - 1)
    power = Decimal(10) ** math.floor(rough.log10())
    step = next(each * power for each in _STEPS if each * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(step * number for number in range(first, last + 1))


def said(number: Decimal, lang: str) -> str:
    """A number of an axis as the language writes it, with a true minus."""
    plain = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    return dates.number(plain, lang).replace("-", "\N{MINUS SIGN}")
