"""Alimony arrears as a pure function: what was owed for each month and why, what was paid, what is left.

Every line has its working and its grounds. The parts of a month always add up to the month: a part that a cut leaves is the rounded
amount to its last day less the rounded amount before its first. Nothing is worked out where something is not known: Missing says what.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hamroh.kernel.law.dates import DAY, days_in, end_of, month_of, months, said
from hamroh.kernel.law.grounds import Footing, Ground, united
from hamroh.kernel.law.money import ZERO, plain, rounded
from hamroh.kernel.law.obligation import Basis, Obligation, Payment, Relief
from hamroh.kernel.law.packs import Role
from hamroh.kernel.law.parts import Reading, Stretch
from hamroh.kernel.law.payments import Cover, Paid, counted, covered
from hamroh.kernel.law.reasons import Missing, Reason
from hamroh.kernel.law.rules import Certainty, weakest

#: years that a sheet may span
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """What is owed from one day to another: working, amount, what it rests on."""

    first: dt.date
    last: dt.date
    working: str
    amount: Decimal
    grounds: tuple[Ground, ...]

    @property
    def period(self) -> str:
        return said(self.first, self.last)

    @property
    def certainty(self) -> Certainty | None:
        return weakest(ground.certainty for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the sheet: due for it, received in it, how much of it payments cover, what is left of it, and the running balance."""

    month: dt.date
    due: Decimal
    received: Decimal
    covered: Decimal
    left: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Relieved:
    """What a decision forgave, as a line of its own."""

    relief: Relief
    working: str
    amount: Decimal
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Sheet:
    """A calculation: its lines, payments and months. ``balance`` is due less paid and forgiven; below nought it is a credit, never a debt
    of the recipient."""

    currency: str
    first: dt.date
    last: dt.date
    on: dt.date
    lines: tuple[Line, ...]
    payments: tuple[Paid, ...]
    covers: tuple[Cover, ...]
    months: tuple[Month, ...]
    reliefs: tuple[Relieved, ...]
    behind: tuple[Ground, ...]

    @property
    def due(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((each.amount for each in self.payments), ZERO)

    @property
    def forgiven(self) -> Decimal:
        return sum((each.amount for each in self.reliefs), ZERO)

    @property
    def balance(self) -> Decimal:
        return self.due - self.paid - self.forgiven

    @property
    def owed(self) -> Decimal:
        return max(self.balance, ZERO)

    @property
    def credit(self) -> Decimal:
        return max(-self.balance, ZERO)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Everything that the sheet rests on, each once."""
        of_lines = (each.grounds for part in (self.lines, self.payments, self.covers, self.reliefs) for each in part)
        return united(*of_lines, self.behind)

    @property
    def certainty(self) -> Certainty | None:
        return weakest(ground.certainty for ground in self.grounds)

    @property
    def estimate(self) -> bool:
        """Whether it rests on something that nobody saw and nobody answers for: it must be called an estimate."""
        return any(ground.open for ground in self.grounds)

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What must stand beneath the sheet wherever it is shown."""
        future = any(line.last > self.on for line in self.lines)
        said_of = {"estimate": self.estimate, "future": future, "credit": self.credit > 0, "rounding": True}
        return tuple(Reason(f"note/{about}") for about, holds in said_of.items() if holds)


def arrears(
    obligation: Obligation,
    footing: Footing,
    first: dt.date,
    last: dt.date,
    *,
    payments: Iterable[Payment] = (),
    reliefs: Iterable[Relief] = (),
    behind: Iterable[Ground] = (),
) -> Sheet:
    """What is owed from one day to another, both in, less what was paid up to the day of the reckoning.

    ``behind`` are grounds of the period itself, such as those of a look-back. Missing says everything that is not known.
    """
    if not first <= last or last.year - first.year > LONGEST:
        raise ValueError(f"the period ends before it begins, or after more than {LONGEST} years")
    if obligation.state != footing.state:
        raise ValueError("the obligation is of another state than the footing")
    lines = _lines(Reading(obligation, footing), first, last)
    received = counted((each for each in payments if each.on <= footing.on), obligation.currency, footing)
    due = dict.fromkeys(months(first, last), ZERO)
    for line in lines:
        due[month_of(line.first)] += line.amount
    covers = covered(received, due, footing)
    sheet = Sheet(
        obligation.currency, first, last, footing.on, lines, received, covers, _months(due, received, covers), (), ()
    )
    for relief in sorted(reliefs, key=lambda each: each.on):
        if relief.on <= footing.on:
            sheet = replace(sheet, reliefs=(*sheet.reliefs, _relieved(relief, sheet.owed, footing)))
    return replace(sheet, behind=united(behind, _behind(obligation, footing, sheet)))


def _lines(reading: Reading, first: dt.date, last: dt.date) -> tuple[Line, ...]:
    found, reasons = [], list[Reason]()
    for stretch in reading.stretches(first, last):
        if stretch.last >= first and stretch.first <= last:
            try:
                found.append(_line(stretch, max(first, stretch.first), min(last, stretch.last), reading.footing))
            except Missing as missing:
                reasons += [reason for reason in missing.reasons if reason not in reasons]
    if reasons:
        raise Missing(*reasons)
    return tuple(found)


def _line(stretch: Stretch, first: dt.date, last: dt.date, footing: Footing) -> Line:
    """The line of a stretch, or of what a cut leaves of it."""
    length, days = days_in(first), (last - first).days + 1
    before, until = ((day - stretch.first).days for day in (first, last + DAY))
    amount = rounded(stretch.monthly * Fraction(until, length)) - rounded(stretch.monthly * Fraction(before, length))
    if days == length:
        return Line(first, last, stretch.working, amount, stretch.grounds)
    working = f"({stretch.working})" if len(stretch.terms) > 1 else stretch.working
    part = footing.rule(Role.PARTIAL_MONTH, first, "method")
    return Line(first, last, f"{working} × {days}/{length}", amount, united(stretch.grounds, [part]))


def _months(due: dict[dt.date, Decimal], paid: Sequence[Paid], covers: Sequence[Cover]) -> tuple[Month, ...]:
    days = [*due, *(month_of(each.payment.on) for each in paid)]
    found, balance = [], ZERO
    for month in months(min(days), max(days)):
        owed = due.get(month, ZERO)
        received = sum((each.amount for each in paid if month_of(each.payment.on) == month), ZERO)
        cover = sum((each.amount for each in covers if each.month == month), ZERO)
        balance += owed - received
        found.append(Month(month, owed, received, cover, owed - cover, balance))
    return tuple(found)


def _relieved(relief: Relief, owed: Decimal, footing: Footing) -> Relieved:
    grounds = (Ground("relief", paper=relief.paper), *footing.behind(Role.RELIEF))
    if relief.share is not None:
        percent = plain(Decimal(relief.share.numerator * 100) / relief.share.denominator)
        return Relieved(relief, f"− {owed} × {percent}%", rounded(Fraction(owed) * relief.share), grounds)
    assert relief.amount is not None
    return Relieved(relief, f"− {relief.amount}", min(relief.amount, owed), grounds)


def _behind(obligation: Obligation, footing: Footing, sheet: Sheet) -> tuple[Ground, ...]:
    """Rules that stand behind the sheet as a whole, where the pack has them: who works arrears out, that nothing is set off."""
    roles = [Role.NO_SETOFF] if sheet.credit else []
    if obligation.decisions[0].basis is not Basis.CLAIM:
        roles.append(Role.OFFICER)
    return united(*map(footing.behind, roles))


def grouped(lines: Iterable[Line], breaks: Iterable[dt.date] = ()) -> tuple[Line, ...]:
    """Lines for reading: whole months that follow each other with the same working and grounds become one, but at the breaks."""
    found: list[list[Line]] = []
    starts = set(breaks)
    for line in lines:
        if found and line.first not in starts and _goes_on(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(map(_as_one, found))


def _goes_on(before: Line, line: Line) -> bool:
    whole = all(each.first.day == 1 and each.last == end_of(each.first) for each in (before, line))
    return whole and before.last + DAY == line.first and before.working == line.working


def _as_one(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    working = f"{lines[0].amount} × {len(lines)}"  # of the rounded month, so that it adds up
    amount = sum((line.amount for line in lines), ZERO)
    return Line(lines[0].first, lines[-1].last, working, amount, united(*(line.grounds for line in lines)))
