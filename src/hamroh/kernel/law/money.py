"""Money as decimals: sums with their currency and rate, rounded half up to the hundredth, and the same said as text."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ZERO = Decimal("0.00")
MOST, DECIMALS = Decimal(10) ** 12, 6


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a currency (ISO 4217); another currency than the obligation's needs a rate, its day and where it was read.

    ``rate`` is how much of the obligation's currency one unit is worth.
    """

    amount: Decimal
    currency: str
    rate: Decimal | None = None
    rate_date: dt.date | None = None
    rate_source: str = ""

    def __post_init__(self) -> None:
        for number in (self.amount, self.rate):
            if number is not None:
                check(number)


def check(number: Decimal) -> None:
    """ValueError for what is no sum of money, multiple or rate: from nought to a million million, with at most six decimals."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or not 0 <= number <= MOST or exponent < -DECIMALS:
        raise ValueError(f"{number} is no sum: a number from nought on with at most {DECIMALS} decimals is expected")


def rounded(exact: Fraction) -> Decimal:
    """An exact sum rounded half up to the hundredth.

    >>> rounded(Fraction("821.895"))
    Decimal('821.90')
    """
    return Decimal(int(exact * 100 + Fraction(1, 2))).scaleb(-2)


def plain(number: Decimal | Fraction) -> str:
    """A number as it was written: without an exponent, a fraction with its stroke.

    >>> plain(Decimal("1E+3")), plain(Fraction(1, 3))
    ('1000', '1/3')
    """
    return str(number) if isinstance(number, Fraction) else f"{number:f}"
