"""Calculations worked by hand: every line of the engine's sheet is the line on paper, with its rules and its certainty."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from hamroh.kernel.law import Line, Missing, Sheet, arrears, grouped, penalty
from kernel.law.people import LAWYER, day, fixed, footing, obligation, paid, span, stated
from kernel.law.worked import (
    CLAIM,
    EXAMPLES,
    THREE,
    Example,
    income_gap,
    overpaid,
    roubles,
    three_children_by_decisions,
    writ,
)
from kernel.law.worked import three_children_with_steps as steps


def value(working: str) -> Fraction:
    """What a working comes to, exactly: sums of products, with percent signs; what stands in brackets after a count only explains it."""
    plain = re.sub(r"\s\([^)]*\)$", "", working).replace("×", "x").replace("−", "-").replace("%", " x 1/100")
    bracket = re.fullmatch(r"\((.+)\) x (.+)", plain)
    if bracket:
        return value(bracket[1]) * value(bracket[2])
    total = Fraction(0)
    for summand in plain.split(" + "):
        product = Fraction(1)
        for factor in summand.split(" x "):
            product *= Fraction(factor.replace(" ", ""))
        total += product
    return total


def within(sheet: Sheet, period: str) -> Line:
    """The sheet's lines of a period, as one."""
    first, last = span(period)
    inside = [line for line in sheet.lines if first <= line.first and line.last <= last]
    (line,) = grouped(inside)
    assert (line.first, line.last) == (first, last)
    return line


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_writes_each_line_as_on_paper(name):
    example: Example = EXAMPLES[name]
    sheet = example.sheet
    lines = [(period, within(sheet, period)) for period, _working, _amount in example.lines]
    assert [(period, f"{line.amount}") for period, line in lines] == [(each[0], each[2]) for each in example.lines]
    assert [value(line.working) for _period, line in lines] == [value(each[1]) for each in example.lines]
    assert sheet.due == sum(line.amount for _period, line in lines), "no line is left out"


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_comes_to_the_sum_on_paper(name):
    example: Example = EXAMPLES[name]
    assert f"{example.sheet.balance}" == example.total


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_no_more_certain_than_on_paper(name):
    example: Example = EXAMPLES[name]
    assert example.sheet.certainty == example.certainty


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_names_the_rules_of_the_paper(name):
    example: Example = EXAMPLES[name]
    named = {ground.rule.id for ground in example.sheet.grounds if ground.rule}
    assert set(example.rules) - named == set()


def test_it_says_what_the_two_readings_of_three_children_differ_by():
    assert three_children_by_decisions().balance - steps().balance == Decimal("909.68")


def test_it_takes_the_figure_of_the_average_wage_that_was_chosen():
    sheet = income_gap("last_full_year")
    assert (f"{within(sheet, '2025-10').amount}", f"{sheet.balance}") == ("367.63", "2738.15")


def test_it_says_what_is_gained_where_the_debtor_hid():
    assert writ(fault=True)[1].balance - writ(fault=False)[1].balance == Decimal("4045.16")


def test_it_adds_the_parts_of_a_month_up_to_the_month():
    duty = obligation("AZ", fixed("200", since=day("2023-02-10")))
    parts = [arrears(duty, CLAIM, *span(period)).due for period in ("2026-02-01..09", "2026-02-10..28")]
    assert [f"{part}" for part in parts] == ["64.29", "135.71"]


def test_it_converts_each_payment_at_its_own_rate():
    sheet = roubles()
    assert [(each.working, f"{each.amount}") for each in sheet.payments] == [
        ("− 5000 × 0.1200", "600.00"),
        ("− 4000 × 0.1180", "472.00"),
    ]
    assert [f"{month.left}" for month in sheet.months] == ["0.00", "128.00", "600.00", "600.00"]


def test_it_carries_the_balance_from_month_to_month_and_calls_too_much_a_credit():
    sheet = overpaid()
    assert [f"{month.balance}" for month in sheet.months] == [
        "150.00",
        "400.00",
        "150.00",
        "400.00",
        "650.00",
        "-100.00",
    ]
    assert [f"{month.due - month.received}" for month in sheet.months] == [
        "150.00", "250.00", "-250.00", "250.00", "250.00", "-750.00",
    ]  # fmt: skip
    assert (f"{sheet.due}", f"{sheet.paid}", f"{sheet.credit}", f"{sheet.owed}") == (
        "1500.00",
        "1600.00",
        "100.00",
        "0.00",
    )


def test_it_rounds_what_is_forgiven_half_up():
    (relief,) = EXAMPLES["E17"].sheet.reliefs
    assert (relief.working, f"{relief.amount}") == ("− 2739.65 × 30%", "821.90")


RUSSIA = obligation("RU", fixed("10000", since=day("2026-01-01")))


def delayed(*payments):
    on = footing("RU", "2026-04-30")
    sheet = arrears(RUSSIA, on, *span("2026-01..03"), payments=payments)
    return sheet, penalty(RUSSIA, on, sheet, day("2026-04-30"), fault=True)


def printed(lines) -> list[tuple[str, str, str, str]]:
    return [(f"{line.month:%Y-%m}", f"{line.first}", f"{line.last}", f"{line.amount}") for line in lines]


def test_it_works_out_the_penalty_of_three_unpaid_months():
    sheet, lines = delayed()
    assert printed(lines) == [
        ("2026-01", "2026-02-01", "2026-04-30", "890.00"),
        ("2026-02", "2026-03-01", "2026-04-30", "610.00"),
        ("2026-03", "2026-04-01", "2026-04-30", "300.00"),
    ]
    on_paper = ["10000 x 0.1% x 89 (28+31+30)", "10000 x 0.1% x 61 (31+30)", "10000 x 0.1% x 30"]
    assert [value(line.working) for line in lines] == list(map(value, on_paper))
    assert (f"{sheet.balance}", {line.certainty for line in lines}) == ("30000.00", {"C"})


def test_it_works_out_the_penalty_on_what_a_payment_leaves():
    sheet, lines = delayed(paid("2026-03-15", "4000", "RUB"))
    assert printed(lines) == [
        ("2026-01", "2026-02-01", "2026-03-14", "420.00"),
        ("2026-01", "2026-03-15", "2026-04-30", "282.00"),
        ("2026-02", "2026-03-01", "2026-04-30", "610.00"),
        ("2026-03", "2026-04-01", "2026-04-30", "300.00"),
    ]
    on_paper = ["10000 x 0.1% x 42 (28+14)", "6000 x 0.1% x 47 (17+30)", "10000 x 0.1% x 61", "10000 x 0.1% x 30"]
    assert [value(line.working) for line in lines] == list(map(value, on_paper))
    assert (f"{sheet.balance}", f"{sum(line.amount for line in lines)}") == ("26000.00", "1612.00")


def test_it_works_out_the_penalty_where_the_rate_changes_within_the_delay():
    duty = obligation("RU", fixed("20000", since=day("2018-06-01")), due_day=30)
    on = footing("RU", "2018-12-31")
    lines = penalty(duty, on, arrears(duty, on, *span("2018-06")), day("2018-12-31"), fault=True)
    assert printed(lines) == [
        ("2018-06", "2018-07-01", "2018-08-09", "4000.00"),
        ("2018-06", "2018-08-10", "2018-12-31", "2880.00"),
    ]
    on_paper = ["20000 x 0.5% x 40 (31+9)", "20000 x 0.1% x 144 (22+30+31+30+31)"]
    assert [value(line.working) for line in lines] == list(map(value, on_paper))
    assert {ground.rule.id for line in lines for ground in line.grounds if ground.rule} >= {
        "ru.sk.115_2.penalty_05", "ru.sk.115_2.penalty_01", "ru.sk.115.transition",
    }  # fmt: skip
    assert {line.certainty for line in lines} == {"B"}


@pytest.mark.parametrize(
    ("state", "code"), [("AZ", "penalty_rate_not_stated_in_text"), ("TJ", "penalty_rate_not_seen")]
)
def test_it_refuses_a_penalty_whose_rate_nobody_saw(state, code):
    duty = obligation(state, fixed("2739.65", since=day("2026-01-01")))
    on = footing(state, "2026-03-20")
    sheet = arrears(duty, on, *span("2026-01"))
    with pytest.raises(Missing) as refused:
        penalty(duty, on, sheet, day("2026-03-20"), fault=True)
    assert [reason.code for reason in refused.value.reasons] == [code]


def test_it_works_out_a_penalty_that_a_lawyer_states_and_says_that_she_does():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    on = footing("AZ", "2026-03-20", stated("az.fc.108_2.penalty", "0.1", "Family Code 108.2"))
    (line,) = penalty(duty, on, arrears(duty, on, *span("2026-01")), day("2026-02-10"), fault=True)
    assert (line.working, f"{line.amount}", line.certainty) == ("100.00 × 0.1% × 10", "1.00", "C")
    assert line.grounds[0].said() == f"Penalty for each day of delay: assumed by {LAWYER} (Family Code 108.2, 0.1)"


def test_it_knows_three_children_of_different_ages():
    assert len({child.born for child in THREE}) == 3
