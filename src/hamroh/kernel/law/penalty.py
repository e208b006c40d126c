"""The penalty for each day of delay, where a pack has its rate: month by month, split where a payment comes or the rate changes.

The day of payment is no day of delay; payments cover arrears, never the penalty. No rate, no sum: Missing says so.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hamroh.kernel.law.arrears import Sheet
from hamroh.kernel.law.dates import DAY, days_in, end_of, month_of
from hamroh.kernel.law.grounds import Footing, Ground, united
from hamroh.kernel.law.money import ZERO, rounded
from hamroh.kernel.law.obligation import Basis, Obligation
from hamroh.kernel.law.packs import Role
from hamroh.kernel.law.reasons import Missing, Reason, phrase
from hamroh.kernel.law.rules import Certainty, Rule, weakest

RATE = "rate_per_day_percent"


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """The penalty on the debt of a month from one day to another, both in."""

    month: dt.date
    first: dt.date
    last: dt.date
    debt: Decimal
    working: str
    amount: Decimal
    grounds: tuple[Ground, ...]

    @property
    def certainty(self) -> Certainty | None:
        return weakest(ground.certainty for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate from one day to another, both in, and its rule."""

    first: dt.date
    last: dt.date
    ground: Ground


def penalty(
    obligation: Obligation, footing: Footing, sheet: Sheet, until: dt.date, *, fault: bool | None
) -> tuple[PenaltyLine, ...]:
    """The penalty on what a sheet leaves unpaid, up to a day, in. Missing where there is no rate or no fault; agreements have their own."""
    if not fault:
        raise Missing(Reason("fault_not_stated" if fault is None else "no_fault"))
    if any(decision.basis is not Basis.JUDGMENT for decision in obligation.decisions):
        raise Missing(Reason("penalty_of_judgments"))
    delay = _Delay(obligation, footing, sheet, until, _rates(footing))
    return tuple(line for month in sheet.months if month.due for line in delay.lines(month.month))


@dataclass(frozen=True)
class _Delay:
    """The delay of every month of a sheet up to a day."""

    obligation: Obligation
    footing: Footing
    sheet: Sheet
    until: dt.date
    rates: tuple[_Rate, ...]

    def lines(self, month: dt.date) -> Iterator[PenaltyLine]:
        """The lines of a month's debt, from the day after it was due."""
        due_day, why = self._due_day(month)
        owed = [line for line in self.sheet.lines if month_of(line.first) == month]
        covers = [cover for cover in self.sheet.covers if cover.month == month]
        for first, after in pairwise(self._cuts(due_day, [cover.on for cover in covers])):
            paid = [cover for cover in covers if cover.on <= first]
            debt = sum((line.amount for line in owed), ZERO) - sum((cover.amount for cover in paid), ZERO)
            if debt > 0:
                rate, rules = self._rate(first, after - DAY)
                grounds = united(rules, why, *(line.grounds for line in owed), *(cover.grounds for cover in paid))
                days = (after - first).days
                amount = rounded(Fraction(debt) * Fraction(rate) / 100 * days)
                yield PenaltyLine(month, first, after - DAY, debt, f"{debt} × {rate}% × {days}", amount, grounds)

    def _cuts(self, due_day: dt.date, paid: list[dt.date]) -> list[dt.date]:
        """The days from which debt and rate stay the same, and the day after the last one."""
        end = self.until + DAY
        days = {due_day + DAY, end, *paid, *(rate.first for rate in self.rates)}
        return sorted(day for day in days if due_day < day <= end)

    def _rate(self, first: dt.date, last: dt.date) -> tuple[str, tuple[Ground, ...]]:
        """The rate of a stretch, its rule, and the rule of the change where it begins or ends with one."""
        rate = next((rate for rate in self.rates if rate.first <= first and last <= rate.last), None)
        if rate is None:
            raise Missing(Reason("penalty_rate_not_known_then", {"day": f"{first}"}))
        change = self.footing.book.one(Role.PENALTY_CHANGE, self.footing.state)
        if not change or (rate.first != first and rate.last != last):
            return rate.ground.value, (rate.ground,)
        return rate.ground.value, (rate.ground, Ground(Role.PENALTY_CHANGE, change.certainty, change))

    def _due_day(self, month: dt.date) -> tuple[dt.date, tuple[Ground, ...]]:
        """The day on which a month's alimony is due: as the decision says, else by choice."""
        if self.obligation.due_day:
            return month.replace(day=min(self.obligation.due_day, days_in(month))), ()
        return end_of(month), (self.footing.chosen("due_day"),)


def _rates(footing: Footing) -> tuple[_Rate, ...]:
    """The rates of the pack in order of time, or the one that a lawyer states; Missing where there is none."""
    rules = footing.book.of(Role.PENALTY, footing.state)
    known = [rule for rule in rules if rule.knows(RATE)]
    if known:
        return tuple(sorted(map(_rate, known), key=lambda rate: rate.first))
    try:
        return (_Rate(dt.date.min, dt.date.max, footing.rule(Role.PENALTY, footing.on, RATE)),)
    except Missing as missing:
        seen = any(rule.certainty is Certainty.A for rule in rules)
        code = "penalty_rate_not_stated_in_text" if seen else "penalty_rate_not_seen"
        raise Missing(Reason(code, {"state": phrase(f"state/{footing.state}")})) from missing


def _rate(rule: Rule) -> _Rate:
    """Only the days on which it is surely in force: the last of those on which it may begin, the first on which it may end."""
    first = rule.since.last if rule.since else dt.date.min
    last = rule.until.first if rule.until else dt.date.max
    return _Rate(first, last, Ground(Role.PENALTY, rule.certainty, rule, str(rule.parameters[RATE])))
