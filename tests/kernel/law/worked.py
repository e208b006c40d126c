"""Twenty calculations worked by hand. Wages, rates and people are invented; what the reference values are, the packs say.

A line is the period, the working as one would write it, and the amount; the test compares each with the engine's. Where a
working is shorter than the engine's, its value is compared.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hamroh.kernel.law import (
    Amount,
    Assumption,
    Child,
    Decision,
    Relief,
    Role,
    Sheet,
    Window,
    arrears,
    before_claim,
    before_writ,
)
from kernel.law.people import day, fixed, footing, no_papers, obligation, paid, share, span, stated, wage


@dataclass(frozen=True)
class Example:
    """A calculation: its sheet, its lines, its sum, the certainty of the sum and the rules that it must name."""

    made: Callable[[], Sheet]
    lines: tuple[tuple[str, str, str], ...]
    total: str
    certainty: str
    rules: tuple[str, ...]

    @functools.cached_property
    def sheet(self) -> Sheet:
        return self.made()


def monthly(period: str, working: str, amount: str) -> tuple[tuple[str, str, str], ...]:
    """The same line for each month of a year from one to another: ``2026-01..06``."""
    first, last = span(period)
    return tuple((f"{first.year}-{month:02}", working, amount) for month in range(first.month, last.month + 1))


def one_child() -> Sheet:
    duty = obligation("AZ", share("1/4", filed=day("2026-01-01")), incomes=[wage("2026-01..06", "800")])
    return arrears(duty, footing("AZ", "2026-07-01"), *span("2026-01..06"))


THREE = (Child(born=day("2007-03-15")), Child(born=day("2007-10-01")), Child(born=day("2012-05-05")))


def three_children_with_steps() -> Sheet:
    steps = ((3, Fraction(1, 2)), (2, Fraction(1, 3)), (1, Fraction(1, 4)))
    writ = Decision(Amount(steps=steps), paper="judgment", since=day("2025-01-01"))
    duty = obligation("AZ", writ, children=THREE, incomes=[wage("2025", "1200")])
    return arrears(duty, footing("AZ", "2026-01-05"), *span("2025"))


def three_children_by_decisions() -> Sheet:
    decisions = (
        share("1/2", since=day("2025-01-01")),
        share("1/3", in_force=day("2025-07-01"), paper="second judgment"),
        share("1/4", in_force=day("2025-12-01"), paper="third judgment"),
    )
    duty = obligation("AZ", *decisions, children=THREE, incomes=[wage("2025", "1200")])
    return arrears(duty, footing("AZ", "2026-01-05"), *span("2025"))


def income_gap(figure: str = "latest_month") -> Sheet:
    incomes = [wage("2025-07..09", "900"), no_papers("2025-10..2026-02")]
    duty = obligation("AZ", share("1/3", since=day("2025-07-01")), incomes=incomes)
    choice = Assumption("average_wage_figure", figure)
    return arrears(duty, footing("AZ", "2026-03-20", choice), *span("2025-07..2026-02"))


def subsistence_minimum() -> Sheet:
    amount = Amount(times=Decimal(1), unit=Role.SUBSISTENCE_CHILD)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2024-11-01")))
    return arrears(duty, footing("AZ", "2026-03-01"), *span("2024-11..2026-02"))


def half_of_minimum_wage() -> Sheet:
    amount = Amount(times=Decimal("0.5"), unit=Role.MINIMUM_WAGE)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2024-10-01")))
    values = (
        stated("minimum_wage", "345", "illustration", last=day("2024-12-31")),
        stated("minimum_wage", "400", "taken from 1 January", first=day("2025-01-01"), last=day("2025-03-31")),
    )
    return arrears(duty, footing("AZ", "2025-04-01", *values), *span("2024-10..2025-03"))


def roubles() -> Sheet:
    duty = obligation("TJ", fixed("600", since=day("2026-01-01")))
    payments = [paid("2026-02-10", "5000", "RUB", "0.1200"), paid("2026-04-05", "4000", "RUB", "0.1180")]
    return arrears(duty, footing("TJ", "2026-05-01"), *span("2026-01..04"), payments=payments)


def overpaid() -> Sheet:
    duty = obligation("AZ", fixed("250", since=day("2026-01-01")))
    payments = [paid("2026-01-20", "100"), paid("2026-03-05", "500"), paid("2026-06-25", "1000")]
    return arrears(duty, footing("AZ", "2026-07-01"), *span("2026-01..06"), payments=payments)


def changed_within_a_month() -> Sheet:
    decisions = share("1/4", since=day("2026-01-01")), share("1/6", in_force=day("2026-05-11"), paper="second judgment")
    duty = obligation("AZ", *decisions, incomes=[wage("2026-01..06", "1500")])
    return arrears(duty, footing("AZ", "2026-07-01"), *span("2026-01..06"))


CLAIM = footing("AZ", "2026-03-01")


def look_back() -> Sheet:
    window = before_claim(CLAIM, day("2026-02-10"), took_steps=True, evaded=True)
    assert (window.first, window.last) == (day("2023-02-10"), day("2026-02-09"))
    incomes = [
        wage(year, monthly) for year, monthly in {"2023": "600", "2024": "700", "2025": "800", "2026": "800"}.items()
    ]
    duty = obligation("AZ", share("1/4", since=day("2023-02-10")), incomes=incomes)
    return arrears(duty, CLAIM, window.first, window.last, behind=window.grounds)


def writ(fault: bool) -> tuple[Window, Sheet]:
    window = before_writ(CLAIM, day("2026-01-15"), day("2019-09-01"), fault=fault)
    duty = obligation("AZ", fixed("100", since=day("2019-09-01")))
    return window, arrears(duty, CLAIM, window.first, window.last, behind=window.grounds)


def estimate() -> Sheet:
    incomes = [wage("2025-01..03", "3000", "TJS"), no_papers("2025-04..08")]
    duty = obligation("TJ", share("1/3", since=day("2025-01-01")), incomes=incomes)
    latest = Assumption("average_wage_figure", "latest_month")
    return arrears(duty, footing("TJ", "2025-10-15", latest), *span("2025-01..08"))


def mixed() -> Sheet:
    both = Decision(Amount(share=Fraction(1, 4), fixed=Decimal(100)), paper="judgment", since=day("2026-01-01"))
    duty = obligation("AZ", both, incomes=[wage("2026-01..03", "400")])
    return arrears(duty, footing("AZ", "2026-04-01"), *span("2026-01..03"))


def forgiven() -> Sheet:
    incomes = [wage("2025-07..09", "900"), no_papers("2025-10..2026-02")]
    duty = obligation("AZ", share("1/3", since=day("2025-07-01")), incomes=incomes)
    relief = Relief(day("2026-03-20"), "judgment on relief", share=Fraction(3, 10))
    choice = Assumption("average_wage_figure", "latest_month")
    return arrears(duty, footing("AZ", "2026-03-20", choice), *span("2025-07..2026-02"), reliefs=[relief])


def last_month() -> Sheet:
    child = Child(born=day("2008-06-20"))
    duty = obligation("AZ", fixed("260", since=day("2026-01-01")), children=(child,))
    return arrears(duty, footing("AZ", "2026-09-01"), *span("2026-01..08"))


SHARES, PARTIAL, END = "az.fc.76_1.shares", "az.partial_month", "az.fc.113.end"
AVERAGE = "az.fc.106_4.average_wage"
GAP = (*monthly("2025-07..09", "900 x 1/3", "300.00"), *monthly("2025-10..12", "1103.8 x 1/3", "367.93"), *monthly("2026-01..02", "1103.8 x 1/3", "367.93"))  # fmt: skip

EXAMPLES = {
    "E01": Example(
        one_child, monthly("2026-01..06", "800 x 1/4", "200.00"), "1200.00", "A",
        (SHARES, "az.fc.100_2.from_filing", "az.fc.106_3.officer"),
    ),
    "E02": Example(
        three_children_with_steps,
        (
            *monthly("2025-01..02", "1200 x 1/2", "600.00"),
            ("2025-03-01..14", "1200 x 1/2 x 14/31", "270.97"),
            ("2025-03-15..31", "1200 x 1/3 x 17/31", "219.35"),
            *monthly("2025-04..09", "1200 x 1/3", "400.00"),
            *monthly("2025-10..12", "1200 x 1/4", "300.00"),
        ),
        "4990.32", "C", (SHARES, END, PARTIAL),
    ),
    "E03": Example(
        three_children_by_decisions,
        (
            *monthly("2025-01..06", "1200 x 1/2", "600.00"),
            *monthly("2025-07..11", "1200 x 1/3", "400.00"),
            *monthly("2025-12..12", "1200 x 1/4", "300.00"),
        ),
        "5900.00", "C", (SHARES, "az.fc.112.change"),
    ),
    "E04": Example(income_gap, GAP, "2739.65", "C", (SHARES, AVERAGE, "az.value.average_wage.2026_01")),
    "E05": Example(
        subsistence_minimum,
        (("2024-11..12", "235 x 2", "470.00"), ("2025-01..12", "246 x 12", "2952.00"), ("2026-01..02", "260 x 2", "520.00")),
        "3942.00", "B",
        ("az.fc.78.fixed", "az.practice.subsistence_floor", *(f"az.value.subsistence_child.{year}" for year in (2024, 2025, 2026))),
    ),
    "E06": Example(
        half_of_minimum_wage,
        (*monthly("2024-10..12", "345 x 0.5", "172.50"), *monthly("2025-01..03", "400 x 0.5", "200.00")),
        "1117.50", "C", ("az.fc.110.index",),
    ),
    "E07": Example(roubles, (("2026-01..04", "600 x 4", "2400.00"),), "1328.00", "C", ("tj.fc.83_1.fixed", "tj.fx")),
    "E08": Example(
        overpaid, monthly("2026-01..06", "250", "250.00"), "-100.00", "C", ("az.fc.109.no_setoff", "az.fc.106_3.officer")
    ),
    "E09": Example(
        changed_within_a_month,
        (
            *monthly("2026-01..04", "1500 x 1/4", "375.00"),
            ("2026-05-01..10", "375 x 10/31", "120.97"),
            ("2026-05-11..31", "250 x 21/31", "169.35"),
            *monthly("2026-06..06", "1500 x 1/6", "250.00"),
        ),
        "2040.32", "C", ("az.fc.112.change", PARTIAL),
    ),
    "E13": Example(
        look_back,
        (
            ("2023-02-10..28", "600 x 1/4 x 19/28", "101.79"),
            ("2023-03..12", "150 x 10", "1500.00"),
            ("2024", "175 x 12", "2100.00"),
            ("2025", "200 x 12", "2400.00"),
            ("2026-01", "200", "200.00"),
            ("2026-02-01..09", "200 x 9/28", "64.29"),
        ),
        "6366.08", "C", ("az.fc.100_3.lookback", SHARES, PARTIAL),
    ),
    "E14a": Example(
        lambda: writ(fault=False)[1],
        (
            ("2023-01-15..31", "100 x 17/31", "54.84"),
            ("2023-02..2025-12", "100 x 35", "3500.00"),
            ("2026-01-01..14", "100 x 14/31", "45.16"),
        ),
        "3600.00", "C", ("az.fc.106_1.writ_lookback", PARTIAL),
    ),
    "E14b": Example(
        lambda: writ(fault=True)[1],
        (
            ("2019-09..12", "100 x 4", "400.00"),
            ("2020..2025", "100 x 72", "7200.00"),
            ("2026-01-01..14", "100 x 14/31", "45.16"),
        ),
        "7645.16", "C", ("az.fc.106_2.fault_no_limit", PARTIAL),
    ),
    "E15": Example(
        estimate,
        (*monthly("2025-01..03", "3000 x 1/3", "1000.00"), *monthly("2025-04..08", "2468 x 1/3", "822.67")),
        "7113.35", "C", ("tj.fc.81.shares", "tj.fc.arrears.average_wage", "tj.value.average_wage.2025_08"),
    ),
    "E16": Example(mixed, monthly("2026-01..03", "400 x 1/4 + 100", "200.00"), "600.00", "A", ("az.fc.78.fixed", SHARES)),
    "E17": Example(forgiven, GAP, "1917.75", "C", ("az.fc.107.relief", AVERAGE)),
    "E18": Example(
        last_month,
        (("2026-01..05", "260 x 5", "1300.00"), ("2026-06-01..19", "260 x 19/30", "164.67")),
        "1464.67", "C", (END, PARTIAL),
    ),
}  # fmt: skip
