"""Invented examples worked out by a book, to see what a change of the law would move: what comes out with it and without it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from hamroh.kernel.law.arrears import Sheet, arrears
from hamroh.kernel.law.dates import end_of, month_of, moved
from hamroh.kernel.law.grounds import Assumption, Footing
from hamroh.kernel.law.money import Money
from hamroh.kernel.law.obligation import Amount, Child, Decision, Income, Obligation, Situation
from hamroh.kernel.law.packs import Book, Role
from hamroh.kernel.law.penalty import penalty
from hamroh.kernel.law.reasons import Missing
from hamroh.kernel.law.windows import before_claim, before_writ

CURRENCIES = {"TJ": "TJS", "AZ": "AZN", "RU": "RUB"}
#: what he earns in a month
EARNS = Decimal(1200)
_PAPER = "example"
_LATEST = Assumption("average_wage_figure", "latest_month", by=_PAPER)


def examples(book: Book, state: str, on: dt.date) -> Mapping[str, str]:
    """What comes out for each example by its code, ``example/one_child``: a sum, a day or years; ``""`` where nothing can be worked out."""
    footing = Footing(book, state, on, (_LATEST,))
    return {f"example/{code}": _out(work, footing) for code, work in _EXAMPLES.items()}


def _out(work: Callable[[Footing], str], footing: Footing) -> str:
    try:
        return work(footing)
    except (Missing, ValueError):
        return ""


def _month(footing: Footing, children: int = 1, *, known: bool = True, half: bool = False) -> Sheet:
    """One month by the shares of the law."""
    first = month_of(footing.on)
    last = first.replace(day=15) if half else end_of(first)
    income = (
        Income(first, end_of(first), Money(EARNS, CURRENCIES[footing.state]), paper=_PAPER)
        if known
        else Income(first, end_of(first), None, Situation.NO_PAPERS)
    )
    claim = Decision(Amount(by_law=True), paper=_PAPER, since=first)
    duty = Obligation(
        footing.state, CURRENCIES[footing.state], (claim,), children=(Child(),) * children, incomes=(income,)
    )
    return arrears(duty, footing, first, last)


def _due(children: int = 1, *, known: bool = True, half: bool = False) -> Callable[[Footing], str]:
    def work(footing: Footing) -> str:
        sheet = _month(footing, children, known=known, half=half)
        return f"{sheet.due} {sheet.currency}"

    return work


def _penalty(footing: Footing) -> str:
    """Thirty days of delay of one month, by his fault."""
    sheet = _month(footing)
    late = replace(footing, on=end_of(month_of(footing.on)) + dt.timedelta(days=30))
    claim = Decision(Amount(by_law=True), paper=_PAPER, since=sheet.first)
    duty = Obligation(footing.state, sheet.currency, (claim,), children=(Child(),))
    lines = penalty(duty, late, sheet, late.on, fault=True)
    return f"{sum((line.amount for line in lines), Decimal(0))} {sheet.currency}"


def _claim(footing: Footing) -> str:
    return str(before_claim(footing, footing.on, took_steps=True, evaded=True).first)


def _writ(footing: Footing) -> str:
    return str(before_writ(footing, footing.on, moved(footing.on, -600), fault=False).first)


def _end(footing: Footing) -> str:
    return footing.rule(Role.END, footing.on, "until_age").value


def _minimum(footing: Footing) -> str:
    return f"{footing.reference(Role.MINIMUM_WAGE, footing.on).value} {CURRENCIES[footing.state]}"


def _subsistence(footing: Footing) -> str:
    return f"{footing.reference(Role.SUBSISTENCE_CHILD, footing.on).value} {CURRENCIES[footing.state]}"


_EXAMPLES: Mapping[str, Callable[[Footing], str]] = {
    "one_child": _due(1),
    "two_children": _due(2),
    "three_children": _due(3),
    "half_month": _due(half=True),
    "no_papers": _due(known=False),
    "penalty": _penalty,
    "claim": _claim,
    "writ": _writ,
    "end": _end,
    "minimum_wage": _minimum,
    "subsistence_child": _subsistence,
}
