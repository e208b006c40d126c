"""A household's months ahead: as a spreadsheet has them, never changed from one money into another, and what would help."""

import csv
import datetime as dt
import re
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counts import tried
from hamroh.kernel import budgets as b

SHEETS = Path(__file__).parents[1] / "data" / "budgets"
START = (2026, 11)
#: what the formulas of the sheets use, written anew
FUNCTIONS = {
    "ROUND": lambda value, _places: floor(value + Fraction(1, 2)),
    "ROUNDUP": lambda value, _places: ceil(value),
    "MIN": min,
    "MAX": max,
    "SUM": sum,
}
_CELL = re.compile(r"\b([A-Z]{1,2})(\d+)(?::([A-Z]{1,2})(\d+))?\b")


class Sheet:
    """A spreadsheet as a CSV with formulas: the same file opens in an office program."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.reader(file))
        self.known: dict[tuple[int, int], Any] = {}

    def value(self, row: int, column: int) -> Any:
        if (row, column) not in self.known:
            text = self.rows[row][column]
            self.known[row, column] = self._worked_out(text[1:]) if text.startswith("=") else Fraction(text or 0)
        return self.known[row, column]

    def _worked_out(self, formula: str) -> Any:
        return eval(_CELL.sub(_said, formula), {**FUNCTIONS, "at": self._at, "span": self._span, "__builtins__": {}})

    def _at(self, column: str, row: int) -> Any:
        return self.value(row - 1, _number(column))

    def _span(self, column: str, first: int, last: int) -> list[Any]:
        return [self._at(column, row) for row in range(first, last + 1)]

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Each currency's months: year, month and six sums."""
        heads = [number for number, row in enumerate(self.rows) if row[0] == "months"]
        return {
            self.rows[head][1]: [
                tuple(self.value(row, column) for column in range(8)) for row in range(head + 1, head + 13)
            ]
            for head in heads
        }


def _number(column: str) -> int:
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found - 1


def _said(cell: re.Match[str]) -> str:
    column, row, _to, last = cell.groups()
    return f"span('{column}', {row}, {last})" if last else f"at('{column}', {row})"


def plan_of(sheet: Sheet) -> b.Plan:
    """The household that the upper rows of a sheet tell of."""
    of: dict[str, list[list[str]]] = {}
    for row in sheet.rows:
        of.setdefault(row[0], []).append(row[1:])
    start = (int(of["start"][0][0]), int(of["start"][0][1]))

    def months(row: list[str]) -> frozenset[int]:
        return frozenset(number for number, flag in enumerate(row[5:17], 1) if flag == "1")

    return b.Plan(
        start,
        of["main"][0][0],
        int(of["cash"][0][0]),
        tuple(
            b.Income(b.Source(row[0]), int(row[2]), row[1], months(row), row[4] == "1", int(row[3]))
            for row in of.get("income", ())
        ),
        tuple(b.Spending(b.Envelope(row[0]), int(row[2]), row[1], months(row)) for row in of.get("spending", ())),
        tuple(b.InKind(int(row[2]), row[1], months(row)) for row in of.get("kind", ())),
        tuple(
            b.Debt(b.Creditor(row[0]), int(row[2]), row[1], int(row[3]), int(row[4]), b.later(start, int(row[5])))
            for row in of.get("debt", ())
        ),
        tuple(
            b.Goal(b.Aim(row[0]), int(row[2]), row[1], b.later(start, int(row[4]) - 1), int(row[3]))
            for row in of.get("goal", ())
        ),
    )


@pytest.mark.parametrize("number", range(1, 11))
def test_it_agrees_with_a_spreadsheet(number):
    sheet = Sheet(SHEETS / f"household-{number:02}.csv")
    found = {
        column.currency: [
            (*line.month, line.came, line.spent, line.repaid, line.put_aside, line.in_kind, line.left)
            for line in column.lines
        ]
        for column in b.outlook(plan_of(sheet))
    }
    assert found == sheet.tables()


def test_it_has_ten_sheets_with_formulas_in_them():
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHEETS.glob("*.csv"))]
    assert (len(texts), min(text.count("=") for text in texts) >= 72) == (10, True)


# ---- properties

sums = st.integers(0, 10**8)
months = st.frozensets(st.integers(1, 12))
money = st.sampled_from(["TJS", "RUB", "USD"])
incomes = st.builds(b.Income, st.sampled_from(b.Source), sums, money, months, st.booleans(), st.integers(0, 6))
spendings = st.builds(b.Spending, st.sampled_from(b.Envelope), sums, money, months)
debts = st.builds(
    b.Debt, st.sampled_from(b.Creditor), sums, money, sums, st.integers(0, 3000),
    st.builds(b.later, st.just(START), st.integers(-3, 15)),
)  # fmt: skip
goals = st.builds(
    b.Goal, st.sampled_from(b.Aim), sums, money, st.builds(b.later, st.just(START), st.integers(-3, 30)), sums
)
plans = st.builds(
    b.Plan, st.just(START), st.just("TJS"), sums, st.lists(incomes, max_size=4).map(tuple),
    st.lists(spendings, max_size=4).map(tuple),
    st.lists(st.builds(b.InKind, sums, money, months), max_size=2).map(tuple),
    st.lists(debts, max_size=3).map(tuple), st.lists(goals, max_size=3).map(tuple),
)  # fmt: skip
scenarios = st.builds(b.Scenario, st.sampled_from(b.What), st.integers(1, 6))


@tried(20, 2_000)
@given(plans)
def test_it_loses_nothing_and_invents_nothing(plan):
    for column in b.outlook(plan):
        begun = plan.cash if column.currency == plan.main else 0
        moved = sum(line.came - line.spent - line.repaid - line.put_aside for line in column.lines)
        assert column.lines[-1].left == begun + moved


@tried(20, 2_000)
@given(plans)
def test_it_never_changes_one_money_into_another(plan):
    only = replace(plan, **{
        part: tuple(each for each in getattr(plan, part) if each.currency == "TJS")
        for part in ("incomes", "spendings", "in_kind", "debts", "goals")
    })  # fmt: skip
    assert b.outlook(plan)[0] == b.outlook(only)[0]


@tried(20, 2_000)
@given(plans, scenarios)
def test_it_never_promises_more_than_now_when_less_or_later_comes(plan, scenario):
    now, then = b.outlook(plan), b.outlook(b.supposed(plan, scenario))
    assert all(
        after.left <= before.left
        for column, other in zip(now, then, strict=True)
        for before, after in zip(column.lines, other.lines, strict=True)
    )


@tried(20, 2_000)
@given(plans)
def test_it_counts_in_kind_in_no_money(plan):
    without = b.outlook(replace(plan, in_kind=()))
    of = {column.currency: [line.left for line in column.lines] for column in b.outlook(plan)}
    assert all(of[column.currency] == [line.left for line in column.lines] for column in without)


@tried(20, 2_000)
@given(debts)
def test_it_pays_back_what_was_borrowed_with_its_interest_and_no_more(debt):
    lines = b.schedule(debt, START, 24)
    paid, interest = sum(each.paid for each in lines), sum(each.interest for each in lines)
    assert paid + lines[-1].left == debt.owed + interest
    assert all(0 <= each.paid <= debt.instalment for each in lines)


@tried(20, 2_000)
@given(goals)
def test_it_has_saved_what_is_wanted_by_its_month(goal):
    need = b.saving(goal, START)
    kept = b.set_aside(goal, START, need.months)
    assert sum(kept) == max(0, goal.amount - goal.saved)
    assert max(kept) <= need.monthly


@tried(20, 2_000)
@given(plans, scenarios)
def test_it_says_what_is_enough_and_not_a_hundredth_more(plan, scenario):
    plan = b.supposed(plan, scenario)
    column = b.outlook(plan)[0]
    if not column.short:
        assert b.advice(plan, column) == ()
        return
    found = {each.help: each for each in b.advice(plan, column)}

    def holds(more: int, once: int) -> bool:
        return all(line.left + once + more * number >= 0 for number, line in enumerate(column.lines, 1))

    monthly, once = found[b.Help.SAVE_OR_EARN].amount, found[b.Help.IN_HAND].amount
    assert (holds(monthly, 0), holds(monthly - 1, 0), holds(0, once), holds(0, once - 1)) == (True, False, True, False)


# ---- words of the rules


def household(**more: Any) -> b.Plan:
    told = {
        "incomes": (b.Income(b.Source.REMITTANCE, 100_000, "RUB"),),
        "spendings": (b.Spending(b.Envelope.FOOD, 9_000, "TJS"),),
    }
    return b.Plan(START, "TJS", **{**told, **more})


def test_it_keeps_two_monies_apart_until_she_tells_a_rate():
    assert [column.by_rate for column in b.outlook(household())] == [False, False]
    rate = b.Rate("RUB", "TJS", 123_456, dt.date(2026, 11, 20))
    much = (b.Income(b.Source.REMITTANCE, 100_000_007, "RUB"),)
    together = b.outlook(household(incomes=much, rates=(rate,)))[-1]
    assert (together.by_rate, together.lines[0].came, together.lines[0].left) == (True, 12_345_600, 12_336_600)


def test_it_puts_nothing_together_when_one_rate_is_missing():
    rate = b.Rate("RUB", "TJS", 123_456, dt.date(2026, 11, 20))
    more = household(rates=(rate,), debts=(b.Debt(b.Creditor.BANK, 5_000, "USD", 100),))
    assert not any(column.by_rate for column in b.outlook(more))


def test_it_lets_late_money_come_later_and_not_twice():
    late = b.supposed(household(), b.Scenario(b.What.LATE, 3))
    came = [line.came for line in b.outlook(late)[1].lines]
    assert came == [0, 0, 0, *[100_000] * 9]


def test_it_names_the_month_in_which_the_money_runs_out():
    column = b.outlook(household(cash=20_000))[0]
    assert (column.short.month, column.short.left, column.least.month) == ((2027, 1), -7_000, (2027, 10))


@pytest.mark.parametrize(
    ("instalment", "interest", "ends", "cost"),
    [(2_500, 0, (2027, 2), 0), (10_000, 1_000, (2026, 12), 1_100), (500, 500, None, None), (0, 0, None, None)],
)
def test_it_says_when_a_debt_is_over_and_what_it_costs(instalment, interest, ends, cost):
    debt = b.Debt(b.Creditor.LENDER, 10_000, "TJS", instalment, interest, START)
    assert b.paid_off(debt, START) == b.PaidOff(ends, cost)


def test_it_points_to_what_the_law_owes_her_when_nothing_comes():
    plan = b.supposed(household(), b.Scenario(b.What.STOPS))
    assert b.Help.CLAIM in [each.help for each in b.advice(plan, b.outlook(plan)[0])]


def test_it_names_other_money_that_is_left():
    columns = b.outlook(household())
    other = next(each for each in b.advice(household(), columns[0], columns) if each.help is b.Help.OTHER_MONEY)
    assert (other.currency, other.amount, other.enough) == ("RUB", 100_000, False)


# ---- lines that somebody stated


def test_it_compares_in_the_line_s_own_money_alone():
    plan = household(children=2, incomes=(b.Income(b.Source.REMITTANCE, 4_000, "USD", late=2),))
    found = b.compared(plan, b.outlook(plan), dt.date(2026, 11, 23))
    assert [(each.threshold.id, each.has, each.below) for each in found] == [
        ("tj.remittances.poor", 40_000, True),
        ("tj.remittances.at_risk", 40_000, True),
    ]


def test_it_compares_with_what_each_child_needs_until_the_year_is_over():
    plan = b.Plan(START, "AZN", incomes=(b.Income(b.Source.WAGE, 60_000, "AZN"),), children=2)
    found = [b.compared(plan, b.outlook(plan), dt.date(year, 12, 31)) for year in (2026, 2027)]
    assert [[(each.has, each.line, each.below) for each in of_year] for of_year in found] == [
        [(60_000, 52_000, False)],
        [],
    ]


def test_it_shows_no_line_of_a_country_for_which_none_was_found():
    assert b.without() == ("TJ",)
    assert not any(each.currency == "TJS" for each in b.thresholds())


# ---- what workshops may show


@tried(20, 2_000)
@given(st.dictionaries(st.integers(0, len(b.LADDER) - 1), st.integers(0, 30)))
def test_it_shows_no_figure_of_few_households(counts):
    found = b.bands(counts)
    assert all(each.households >= b.LEAST for each in found)
    assert len(found) != 1
    assert not found or sum(each.households for each in found) == sum(counts.values())


@tried(20, 2_000)
@given(st.integers(0, 10**12))
def test_it_puts_a_sum_into_its_class(amount):
    step = b.band_of(amount)
    over = b.LADDER[step + 1] * 100 if step + 1 < len(b.LADDER) else None
    assert amount >= (1 if step == 1 else b.LADDER[step] * 100)
    assert over is None or amount < over or step == 0
