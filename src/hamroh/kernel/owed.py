"""What alimony would be, from what she tells: for everybody, so on rules that somebody has seen and on nothing else.

Only whole months are counted, since no law that was seen says how a part of a month is. Nothing is changed into another currency.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from hamroh.kernel.law import (
    Amount,
    Audience,
    Basis,
    Book,
    Child,
    Decision,
    Footing,
    Ground,
    Income,
    Missing,
    Money,
    Obligation,
    Sheet,
    arrears,
    before_claim,
    resting,
)
from hamroh.kernel.law.dates import DAY, end_of, month_of, months, moved
from hamroh.kernel.law.grounds import united
from hamroh.kernel.law.money import ZERO
from hamroh.kernel.law.packs import Role
from hamroh.kernel.law.parts import SHARES

#: children whose births are asked for; a fourth changes no share any more
MOST_CHILDREN = 6
CURRENCIES = {"TJ": "TJS", "AZ": "AZN"}
_TOLD = "what she told"


@dataclass(frozen=True, slots=True)
class Told:
    """What she tells: the month in which each child was born, his monthly income (None: not known), the first month for which he
    sent nothing or too little, and what came since then. Months are their first days; all sums are in one currency."""

    state: str
    births: tuple[dt.date, ...]
    currency: str
    income: Decimal | None = None
    since: dt.date | None = None
    paid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Past:
    """Whole months for which a claim may reach back, if she tried and he evaded: what the share comes to and what is left of it.

    ``cut`` says that she told of months that lie before them.
    """

    first: dt.date
    last: dt.date
    count: int
    due: Decimal
    left: Decimal
    cut: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law gives everybody to reckon with: shares for one child, two, three and more; how long; the first whole month of the past.

    None stands for what may not be told: it is left to a lawyer.
    """

    shares: tuple[Fraction, ...]
    until_age: int | None
    back_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """The answer: the share, what it is of his income each month, the month in which each child comes of age, the past, its grounds."""

    share: Fraction
    monthly: Decimal | None
    ends: tuple[dt.date, ...]
    past: Past | None
    grounds: tuple[Ground, ...]


def terms(book: Book, state: str, until_age: int | None, on: dt.date) -> Terms | None:
    """The terms of a state on a day; None where even the shares may not be told to everybody."""
    footing = Footing(book, state, on)
    try:
        shares = [footing.rule(Role.SHARES, on, name) for name in SHARES]
    except Missing:
        return None
    if not _told_to_all(shares, on):
        return None
    return Terms(tuple(Fraction(share.value) for share in shares), until_age, _back_to(footing))


def owed(told: Told, terms: Terms, book: Book, on: dt.date) -> Owed | None:
    """What he would owe, worked out by the engine of the law; None where it rests on something that may not be told to everybody."""
    footing = Footing(book, told.state, on)
    now = month_of(on)
    share = terms.shares[min(len(told.births), len(terms.shares)) - 1]
    ends = tuple(moved(born, 12 * terms.until_age) for born in told.births) if terms.until_age else ()
    if told.income is None:
        return Owed(share, None, ends, None, ())
    sheet = _sheet(told, len(told.births), now, now, footing)
    past, sheets = _past(told, terms, footing)
    grounds = united(*(each.grounds for each in (sheet, *sheets)))
    return Owed(share, sheet.due, ends, past, grounds) if _told_to_all(grounds, on) else None


def _back_to(footing: Footing) -> dt.date | None:
    """The first whole month that a claim of today may reach back to."""
    try:
        window = before_claim(footing, footing.on, took_steps=True, evaded=True)
    except Missing:
        return None
    if not _told_to_all(window.grounds, footing.on):
        return None
    return window.first if window.first.day == 1 else end_of(window.first) + DAY


def _past(told: Told, terms: Terms, footing: Footing) -> tuple[Past | None, list[Sheet]]:
    last = month_of(month_of(footing.on) - DAY)
    if told.since is None or terms.back_to is None or max(told.since, terms.back_to) > last:
        return None, []
    first = max(told.since, terms.back_to)
    sheets = [_sheet(told, count, start, end, footing) for count, start, end in _runs(told, first, last) if count]
    due = sum((sheet.due for sheet in sheets), ZERO)
    count = len(list(months(first, last)))
    return Past(first, last, count, due, max(due - told.paid, ZERO), told.since < first), sheets


def _runs(told: Told, first: dt.date, last: dt.date) -> Iterator[tuple[int, dt.date, dt.date]]:
    """Months in which equally many children were born already, each child counted from the month after its birth."""
    counted = groupby(months(first, last), key=lambda month: sum(born < month for born in told.births))
    for count, run in counted:
        found = list(run)
        yield count, found[0], found[-1]


def _sheet(told: Told, count: int, first: dt.date, last: dt.date, footing: Footing) -> Sheet:
    """The share of the law for so many children, from one month to another, both whole."""
    assert told.income is not None
    claim = Decision(Amount(by_law=True), paper=_TOLD, since=first, basis=Basis.CLAIM)
    income = Income(first, end_of(last), Money(told.income, told.currency), paper=_TOLD)
    duty = Obligation(told.state, told.currency, (claim,), children=(Child(),) * count, incomes=(income,))
    return arrears(duty, footing, first, end_of(last))


def _told_to_all(grounds: list[Ground] | tuple[Ground, ...], on: dt.date) -> bool:
    return resting(grounds, Audience.PUBLIC, on).allowed
