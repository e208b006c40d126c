"""Lines of poverty that somebody stated, with who, when and how sure: beside a plan, never a verdict on it.

A line is compared in its own currency alone. Where no line of a country was found, that is said, and none is shown.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from hamroh.kernel.budgets.outlook import Column
from hamroh.kernel.budgets.plans import YEAR, Income, Plan, Source, later
from hamroh.kernel.datafiles import document

FILE = "budgets/thresholds.yml"


class Measure(StrEnum):
    """What a line is of: remittances of a household in a year, or money for each child in a month."""

    REMITTANCES_A_YEAR = "remittances_a_year"
    CHILD_A_MONTH = "child_a_month"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line as it was stated; ``period`` is the year or month that it is of, ``certainty`` is A, B or C as for rules of law."""

    id: str
    measure: Measure
    currency: str
    amount: int
    texts: dict[str, str]
    source: str
    period: str
    certainty: str
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the plan has for it, beside the line."""

    threshold: Threshold
    has: int
    line: int
    below: bool


@cache
def thresholds() -> tuple[Threshold, ...]:
    return tuple(_read(row) for row in document(FILE)["thresholds"])


def without() -> tuple[str, ...]:
    """Countries for which a line was looked for and none with a source was found."""
    return tuple(document(FILE)["none_found"])


def compared(plan: Plan, columns: tuple[Column, ...], on: dt.date) -> tuple[Compared, ...]:
    """Every line of the plan's currencies that holds on a day, with what the plan has for it."""
    found = []
    for each in thresholds():
        if each.until and on > each.until:
            continue
        has, line = _has(plan, columns, each)
        if has is not None:
            found.append(Compared(each, has, line, has < line))
    return tuple(found)


def _has(plan: Plan, columns: tuple[Column, ...], line: Threshold) -> tuple[int | None, int]:
    if line.measure is Measure.REMITTANCES_A_YEAR:
        sent = [each for each in plan.incomes if each.source is Source.REMITTANCE and each.currency == line.currency]
        return (sum(_a_year(each, plan) for each in sent), line.amount) if sent else (None, 0)
    own = next((each for each in columns if each.currency == line.currency and not each.by_rate), None)
    if own is None or not plan.children or not any(each.came for each in own.lines):
        return None, 0
    return sum(each.came for each in own.lines) // len(own.lines), line.amount * plan.children


def _a_year(income: Income, plan: Plan) -> int:
    """What comes within twelve months, as it stands in the months ahead."""
    if income.stopped:
        return 0
    months = range(max(0, YEAR - income.late))
    return sum(income.amount for number in months if later(plan.start, number)[1] in income.months)


def _read(row: dict[str, Any]) -> Threshold:
    until = row.get("until")
    return Threshold(
        row["id"], Measure(row["measure"]), row["currency"], row["amount"] * 100, row["texts"], row["source"],
        str(row["period"]), row["certainty"], until if until is None else dt.date.fromisoformat(str(until)),
    )  # fmt: skip
