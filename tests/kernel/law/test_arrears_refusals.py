"""What the sheet of arrears refuses to say: what nobody saw, stated or told it, and facts that cannot be."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from hamroh.kernel.law import (
    Amount,
    Assumption,
    Basis,
    Child,
    Decision,
    Footing,
    Income,
    Missing,
    Money,
    Obligation,
    Payment,
    Relief,
    Role,
    Sheet,
    Situation,
    arrears,
    before_claim,
    before_writ,
    penalty,
)
from hamroh.kernel.law.dates import PartialDate
from kernel.law.people import book_with, day, fixed, footing, no_papers, obligation, paid, share, span, stated, wage

FIGURE = {"currency": "AZN"}


def codes(refused: pytest.ExceptionInfo[Missing]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def printed(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(line.period, line.working, f"{line.amount}") for line in sheet.lines]


# By hand


def test_it_refuses_a_figure_in_another_currency_than_the_obligation():
    duty = replace(
        obligation("AZ", share("1/4", since=day("2026-01-01")), incomes=[no_papers("2026-01..02")]), currency="RUB"
    )
    assert refusal(duty, "AZ", Assumption("average_wage_figure", "latest_month")) == ["figure_in_other_currency"]


def test_it_refuses_a_figure_whose_number_nobody_saw():
    amount = Amount(times=Decimal(1), unit=Role.MINIMUM_WAGE)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2025-08-01")))
    unseen = book_with(minimum_wage={"parameters": {**FIGURE, "value": None, "period": PartialDate.of("2025-08")}})
    with pytest.raises(Missing) as refused:
        arrears(duty, Footing(unseen, "AZ", day("2026-03-20")), *span("2025-08"))
    assert codes(refused) == ["figure_not_known"]


def test_it_refuses_a_rate_that_says_no_source():
    duty = obligation("TJ", fixed("600", since=day("2026-01-01")))
    came = Payment(day("2026-02-10"), Money(Decimal(5000), "RUB", Decimal("0.12"), day("2026-02-10")), paper="slip")
    assert refusal(duty, "TJ", payments=[came]) == ["rate_not_known"]


def test_it_refuses_the_full_year_before_last():
    duty = obligation("AZ", share("1/4", since=day("2026-01-01")), incomes=[no_papers("2026-01")])
    on = footing("AZ", "2027-03-20", Assumption("average_wage_figure", "last_full_year"))
    with pytest.raises(Missing) as refused:
        arrears(duty, on, *span("2026-01"))
    assert codes(refused) == ["figure_not_known"]


def test_it_refuses_a_figure_that_says_no_period():
    amount = Amount(times=Decimal(1), unit=Role.MINIMUM_WAGE)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2025-08-01")))
    on = Footing(
        book_with(minimum_wage={"parameters": {"value": Decimal(400), "currency": "AZN"}}), "AZ", day("2026-03-20")
    )
    with pytest.raises(Missing) as refused:
        arrears(duty, on, *span("2025-08"))
    assert codes(refused) == ["figure_not_known"]


def test_it_refuses_a_rule_that_may_not_be_in_force_yet():
    duty = obligation("AZ", share("1/4", since=day("2026-01-01")), incomes=[wage("2026-01", "900")])
    on = Footing(book_with(shares={"since": PartialDate.of("2026")}), "AZ", day("2026-03-20"))
    with pytest.raises(Missing) as refused:
        arrears(duty, on, *span("2026-01"))
    assert codes(refused) == ["not_sure_in_force"]


def test_it_refuses_the_penalty_of_judgments_for_an_agreement():
    agreed = Decision(Amount(fixed=Decimal(100)), paper="agreement", since=day("2026-01-01"), basis=Basis.AGREEMENT)
    duty, on = obligation("RU", agreed), footing("RU", "2026-03-20")
    with pytest.raises(Missing) as refused:
        penalty(duty, on, arrears(duty, on, *span("2026-01")), day("2026-03-20"), fault=True)
    assert codes(refused) == ["penalty_of_judgments"]


def test_it_refuses_a_penalty_of_days_on_which_the_rate_may_not_have_held_yet():
    duty, on = obligation("RU", fixed("100", since=day("2008-01-01"))), footing("RU", "2026-03-20")
    sheet = arrears(duty, on, *span("2008-01"))
    with pytest.raises(Missing) as refused:
        penalty(duty, on, sheet, day("2008-06-30"), fault=True)
    assert codes(refused) == ["penalty_rate_not_known_then"]


def test_it_refuses_a_period_that_no_family_lives_through():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    for first, last in (("2026-02-01", "2026-01-01"), ("1900-01-01", "2026-01-01")):
        with pytest.raises(ValueError, match="period ends"):
            arrears(duty, footing("AZ", "2026-03-01"), day(first), day(last))


def test_it_refuses_the_law_of_another_state():
    with pytest.raises(ValueError, match="another state"):
        arrears(obligation("AZ", fixed("100")), footing("TJ", "2026-03-01"), *span("2026-01"))


def refusal(
    duty: Obligation, state: str = "AZ", *assumptions: Assumption, payments: Iterable[Payment] = ()
) -> list[str]:
    with pytest.raises(Missing) as refused:
        arrears(duty, footing(state, "2026-03-20", *assumptions), *span("2026-01..02"), payments=payments)
    return codes(refused)


def test_it_refuses_a_gap_in_the_incomes_and_says_every_month_of_it():
    duty = obligation("AZ", share("1/4", since=day("2026-01-01")))
    with pytest.raises(Missing) as refused:
        arrears(duty, footing("AZ", "2026-03-20"), *span("2026-01..02"))
    assert [reason.facts["period"] for reason in refused.value.reasons] == ["2026-01", "2026-02"]


def test_it_refuses_an_average_wage_until_the_figure_is_chosen():
    duty = obligation("AZ", share("1/4", since=day("2026-01-01")), incomes=[no_papers("2026-01..02")])
    assert refusal(duty) == ["choose/average_wage_figure"]


@pytest.mark.parametrize(
    ("state", "on"), [("AZ", "2026-03-12"), ("AZ", "2027-02-01"), ("TJ", "2026-10-01"), ("RU", "2026-03-20")]
)
def test_it_refuses_an_average_wage_that_is_not_published_or_not_of_the_time_of_collection(state, on):
    duty = obligation(state, share("1/4", since=day("2026-01-01")), incomes=[no_papers("2026-01..02")])
    with pytest.raises(Missing) as refused:
        arrears(duty, footing(state, on, Assumption("average_wage_figure", "latest_month")), *span("2026-01"))
    assert codes(refused) == ["figure_not_known"]


def test_it_takes_an_average_wage_that_a_lawyer_states():
    duty = obligation("RU", share("1/4", since=day("2026-01-01")), incomes=[no_papers("2026-01..02")])
    on = footing("RU", "2026-03-20", stated("average_wage", "100000", "Rosstat, January 2026"))
    assert printed(arrears(duty, on, *span("2026-01"))) == [("2026-01", "100000 × 1/4", "25000.00")]


def test_it_refuses_a_reference_value_of_a_year_that_nobody_found():
    amount = Amount(times=Decimal(1), unit=Role.SUBSISTENCE_CHILD)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2020-01-01")))
    with pytest.raises(Missing) as refused:
        arrears(duty, footing("AZ", "2026-03-20"), *span("2020-01"))
    assert str(refused.value) == (
        "Child’s subsistence minimum, Azerbaijan: no figure is known for 2020-01. A lawyer may state it with its source"
    )


def test_it_does_not_take_a_minimum_wage_for_other_months_than_it_was_seen_for():
    amount = Amount(times=Decimal(1), unit=Role.MINIMUM_WAGE)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2025-07-01")))
    on = footing("AZ", "2026-03-20")
    assert f"{arrears(duty, on, *span('2025-08')).due}" == "400.00"
    with pytest.raises(Missing) as refused:
        arrears(duty, on, *span("2025-07"))
    assert codes(refused) == ["figure_not_known"]


def test_it_refuses_indexation_where_nobody_saw_by_which_value():
    amount = Amount(times=Decimal(1), unit=Role.MINIMUM_WAGE)
    duty = obligation("TJ", Decision(amount, paper="judgment", since=day("2026-01-01")))
    assert refusal(duty, "TJ", stated("minimum_wage", "600")) == ["value_not_seen"]


def test_it_refuses_indexation_by_another_value_than_the_law_names():
    amount = Amount(times=Decimal(1), unit=Role.MINIMUM_WAGE)
    duty = obligation("RU", Decision(amount, paper="judgment", since=day("2026-01-01")))
    assert refusal(duty, "RU", stated("minimum_wage", "20000")) == ["other_index"]


def test_it_refuses_a_part_of_a_month_where_no_rule_says_how():
    duty = obligation("RU", fixed("100", since=day("2026-01-15")))
    assert refusal(duty, "RU") == ["no_rule"]


def test_it_takes_a_part_of_a_month_as_a_lawyer_states_it():
    duty = obligation("RU", fixed("310", since=day("2026-01-15")))
    on = footing(
        "RU", "2026-03-20", stated("partial_month", "actual_days_over_days_in_month", "practice of the office")
    )
    assert printed(arrears(duty, on, *span("2026-01"))) == [("2026-01-15..31", "310 × 17/31", "170.00")]


def test_it_refuses_another_currency_without_a_rate():
    duty = obligation("TJ", fixed("600", since=day("2026-01-01")))
    assert refusal(duty, "TJ", payments=[paid("2026-02-10", "5000", "RUB")]) == ["rate_not_known"]


def test_it_refuses_a_rate_of_another_day_than_the_chosen_one():
    duty = obligation("TJ", fixed("600", since=day("2026-01-01")))
    payment = paid("2026-02-10", "5000", "RUB", "0.12")
    sent = Assumption("fx_rate_day", "payment_sent")
    assert refusal(duty, "TJ", sent, payments=[payment]) == ["rate_not_known"]
    on = footing("TJ", "2026-03-20", sent)
    sheet = arrears(duty, on, *span("2026-01..02"), payments=[replace(payment, sent=day("2026-02-10"))])
    assert f"{sheet.paid}" == "600.00"


def test_it_refuses_a_start_that_is_not_known():
    assert refusal(obligation("AZ", fixed("100"))) == ["start_not_known"]


def test_it_refuses_a_share_that_the_writ_does_not_name():
    steps = Decision(Amount(steps=((2, Fraction(1, 3)),)), paper="judgment", since=day("2026-01-01"))
    duty = obligation("AZ", steps, children=(Child(born=day("2012-01-01")),), incomes=[wage("2026-01..02", "900")])
    assert refusal(duty) == ["no_step"]


def test_it_refuses_to_look_back_before_a_claim_without_her_steps_and_his_evasion():
    on = footing("AZ", "2026-03-20")
    for took_steps, evaded, code in ((None, True, "steps_not_shown"), (True, False, "evasion_not_shown")):
        with pytest.raises(Missing) as refused:
            before_claim(on, day("2026-02-10"), took_steps=took_steps, evaded=evaded)
        assert codes(refused) == [code]


def test_it_looks_back_no_further_than_alimony_is_due():
    window = before_writ(footing("AZ", "2026-03-20"), day("2026-01-15"), day("2025-05-01"), fault=False)
    assert (window.first, window.last) == (day("2025-05-01"), day("2026-01-14"))


def test_it_looks_back_in_tajikistan_only_as_an_estimate():
    window = before_writ(footing("TJ", "2026-03-20"), day("2026-01-15"), day("2019-09-01"), fault=False)
    assert [ground.open for ground in window.grounds] == [True]


@pytest.mark.parametrize(("fault", "code"), [(None, "fault_not_stated"), (False, "no_fault")])
def test_it_refuses_a_penalty_without_fault(fault, code):
    duty = obligation("RU", fixed("100", since=day("2026-01-01")))
    on = footing("RU", "2026-03-20")
    with pytest.raises(Missing) as refused:
        penalty(duty, on, arrears(duty, on, *span("2026-01")), day("2026-03-20"), fault=fault)
    assert codes(refused) == [code]


def test_it_refuses_a_penalty_of_days_before_the_first_rate_that_was_seen():
    duty = obligation("RU", fixed("100", since=day("2007-01-01")))
    on = footing("RU", "2026-03-20")
    with pytest.raises(Missing) as refused:
        penalty(duty, on, arrears(duty, on, *span("2007-01")), day("2010-01-01"), fault=True)
    assert codes(refused) == ["penalty_rate_not_known_then"]


@pytest.mark.parametrize(
    "broken",
    [
        Amount,
        lambda: Amount(share=Fraction(5, 4)),
        lambda: Amount(fixed=Decimal(-1)),
        lambda: Amount(times=Decimal(1)),
        lambda: Amount(times=Decimal(1), unit=Role.PENALTY),
        lambda: Amount(fixed=Decimal("NaN")),
        lambda: Decision(Amount(fixed=Decimal(1)), paper=""),
        lambda: Money(Decimal(-5), "AZN"),
        lambda: Money(Decimal("Infinity"), "AZN"),
        lambda: Money(Decimal("1E+13"), "AZN"),
        lambda: Money(Decimal(1), "RUB", Decimal("1E-9")),
        lambda: Income(day("2026-02-01"), day("2026-01-01"), Money(Decimal(1), "AZN"), paper="x"),
        lambda: Income(day("2026-01-01"), day("2026-02-01"), Money(Decimal(1), "AZN")),
        lambda: Income(day("2026-01-01"), day("2026-02-01"), None, Situation.KNOWN),
        lambda: Relief(day("2026-01-01"), "judgment", share=Fraction(3, 2)),
        lambda: obligation("AZ"),
        lambda: obligation("AZ", fixed("1"), incomes=[wage("2026-01..03", "1"), wage("2026-03..04", "1")]),
        lambda: obligation("AZ", fixed("1"), due_day=32),
    ],
)
def test_it_refuses_facts_that_cannot_be(broken):
    with pytest.raises(ValueError):
        broken()
