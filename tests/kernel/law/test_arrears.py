"""Arrears by hand: each fact does what the law or a choice says it does."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hamroh.kernel.law import (
    Amount,
    Assumption,
    Basis,
    Book,
    Child,
    Decision,
    Footing,
    Income,
    Money,
    Payment,
    PaymentKind,
    Relief,
    Role,
    Sheet,
    arrears,
    grouped,
    load,
    penalty,
)
from hamroh.kernel.law.dates import PartialDate
from kernel.law.people import book_with, day, fixed, footing, no_papers, obligation, paid, share, span, stated, wage

FIGURE = {"currency": "AZN"}


def printed(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(line.period, line.working, f"{line.amount}") for line in sheet.lines]


# By hand


def family() -> Sheet:
    """Three children who come of age at different times, an income gap, roubles, gifts, and a new decision within a month."""
    children = tuple(Child(born=day(born)) for born in ("2007-02-15", "2007-06-01", "2010-09-30"))
    roubles = Money(Decimal(60000), "RUB", Decimal("0.0210"), day("2025-05-31"), "Central Bank")
    incomes = [
        wage("2025-01..03", "1500"),
        Income(*span("2025-04..05"), monthly=roubles, paper="contract in Moscow"),
        no_papers("2025-06..07"),
        wage("2025-08..08", "1000"),
    ]
    decisions = share("1/2", since=day("2025-01-01")), share("1/5", in_force=day("2025-08-11"), paper="second judgment")
    duty = obligation("AZ", *decisions, children=children, incomes=incomes)
    payments = [
        paid("2025-02-03", "300", paper="her statement of 3 March"),
        paid("2025-05-20", "20000", "RUB", "0.0215", kind=PaymentKind.TRANSFER),
        paid("2025-07-10", "120", kind=PaymentKind.IN_KIND, paper="receipt of the shop", valued_by="accepted by her"),
        paid("2025-07-12", "40", kind=PaymentKind.IN_KIND, paper="receipt of the shop"),
        paid("2025-08-01", "50", paper=""),
    ]
    on = footing(
        "AZ",
        "2026-03-20",
        Assumption("share_after_majority", "steps_of_article"),
        Assumption("average_wage_figure", "latest_month"),
    )
    return arrears(duty, on, *span("2025-01..08"), payments=payments)


def test_it_works_out_three_children_a_gap_roubles_and_a_new_decision():
    assert printed(family()) == [
        ("2025-01", "1500 × 1/2", "750.00"),
        ("2025-02-01..14", "1500 × 1/2 × 14/28", "375.00"),
        ("2025-02-15..28", "1500 × 1/3 × 14/28", "250.00"),
        ("2025-03", "1500 × 1/3", "500.00"),
        ("2025-04", "60000 × 0.0210 × 1/3", "420.00"),
        ("2025-05", "60000 × 0.0210 × 1/3", "420.00"),
        ("2025-06", "1103.8 × 1/4", "275.95"),
        ("2025-07", "1103.8 × 1/4", "275.95"),
        ("2025-08-01..10", "1000 × 1/4 × 10/31", "80.65"),
        ("2025-08-11..31", "1000 × 1/5 × 21/31", "135.48"),
    ]


def test_it_counts_what_was_paid_as_alimony_and_lists_what_was_not():
    sheet = family()
    assert [
        (f"{each.payment.on}", f"{each.amount}", each.why_not and each.why_not.code) for each in sheet.payments
    ] == [
        ("2025-02-03", "300.00", None),
        ("2025-05-20", "430.00", None),
        ("2025-07-10", "120.00", None),
        ("2025-07-12", "0.00", "not_valued"),
        ("2025-08-01", "0.00", "not_said_alimony"),
    ]
    assert (f"{sheet.due}", f"{sheet.paid}", f"{sheet.owed}") == ("3483.03", "850.00", "2633.03")


def test_it_covers_the_oldest_month_first_and_says_what_each_month_leaves():
    left = {f"{month.month:%m}": f"{month.left}" for month in family().months}
    assert left == {
        "01": "0.00", "02": "525.00", "03": "500.00", "04": "420.00",
        "05": "420.00", "06": "275.95", "07": "275.95", "08": "216.13",
    }  # fmt: skip


def test_it_covers_the_month_of_receipt_first_where_that_is_chosen():
    duty = obligation("AZ", fixed("250", since=day("2026-01-01")))
    on = footing("AZ", "2026-04-01", Assumption("payment_order", "current_first"))
    sheet = arrears(duty, on, *span("2026-01..03"), payments=[paid("2026-03-05", "300")])
    assert [f"{month.left}" for month in sheet.months] == ["200.00", "250.00", "0.00"]


def test_it_ends_with_the_last_child():
    children = (Child(born=day("2008-01-10")), Child(last=day("2026-02-28")))
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")), children=children)
    sheet = arrears(duty, footing("AZ", "2026-09-01"), *span("2026-01..06"))
    assert [line.period for line in sheet.lines] == ["2026-01", "2026-02"]


def test_it_counts_the_birthday_itself_where_that_is_chosen():
    duty = obligation("AZ", fixed("300", since=day("2026-06-01")), children=(Child(born=day("2008-06-20")),))
    on = footing("AZ", "2026-09-01", Assumption("majority_from", "day_after"))
    assert printed(arrears(duty, on, *span("2026-06"))) == [("2026-06-01..20", "300 × 20/30", "200.00")]


def test_it_takes_the_share_of_the_article_for_the_children_there_are():
    claim = Decision(Amount(by_law=True), paper="claim", filed=day("2026-01-01"), basis=Basis.CLAIM)
    children = (Child(born=day("2010-01-01")), Child(born=day("2012-01-01")))
    duty = obligation("AZ", claim, children=children, incomes=[wage("2026-01..02", "900")])
    assert printed(arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01..02"))) == [
        ("2026-01", "900 × 1/3", "300.00"),
        ("2026-02", "900 × 1/3", "300.00"),
    ]


def test_it_takes_a_multiple_that_a_judgment_names_of_a_value_that_a_lawyer_states():
    amount = Amount(times=Decimal("0.5"), unit=Role.SUBSISTENCE_CHILD)
    duty = obligation("RU", Decision(amount, paper="judgment", since=day("2026-01-01")))
    on = footing("RU", "2026-03-20", stated("subsistence_child", "18000", "order of the region, 2026"))
    assert printed(arrears(duty, on, *span("2026-01"))) == [("2026-01", "18000 × 0.5", "9000.00")]


def test_it_names_the_article_of_the_shares_once():
    claim = Decision(Amount(by_law=True), paper="claim", since=day("2026-01-01"), basis=Basis.CLAIM)
    duty = obligation("AZ", claim, children=(Child(born=day("2012-01-01")),), incomes=[wage("2026-01", "900")])
    (line,) = arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01")).lines
    assert [ground.value for ground in line.grounds if ground.about == Role.SHARES] == ["1/4"]


def test_it_rests_an_agreement_on_its_own_paper_and_not_on_the_articles_of_courts():
    amount = Amount(share=Fraction(1, 4), fixed=Decimal(500))
    agreed = Decision(amount, paper="notarised agreement", since=day("2026-01-01"), basis=Basis.AGREEMENT)
    duty = obligation("TJ", agreed, incomes=[wage("2026-01", "3000", "TJS")])
    (line,) = arrears(duty, footing("TJ", "2026-03-01"), *span("2026-01")).lines
    assert [ground.paper for ground in line.grounds] == ["notarised agreement", "wage certificate"]


def test_it_groups_whole_months_and_multiplies_the_rounded_one():
    duty = obligation("AZ", share("1/3", since=day("2026-01-01")), incomes=[wage("2026-01..03", "800")])
    (line,) = grouped(arrears(duty, footing("AZ", "2026-04-01"), *span("2026-01..03")).lines)
    assert (line.period, line.working, f"{line.amount}") == ("2026-01..03", "266.67 × 3", "800.01")


def test_it_forgives_no_more_than_is_owed():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    reliefs = [Relief(day("2026-02-01"), "judgment", amount=Decimal(500))]
    sheet = arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01"), reliefs=reliefs)
    assert (f"{sheet.forgiven}", f"{sheet.owed}", f"{sheet.credit}") == ("100.00", "0.00", "0.00")


def test_it_counts_no_payment_of_after_the_day_of_reckoning():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    sheet = arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01"), payments=[paid("2026-03-02", "100")])
    assert f"{sheet.owed}" == "100.00"


def test_it_says_beneath_the_sheet_that_it_is_an_estimate_how_it_is_rounded_and_what_a_credit_is():
    duty = obligation("TJ", fixed("100", since=day("2026-01-01")))
    sheet = arrears(duty, footing("TJ", "2026-03-01"), *span("2026-01"), payments=[paid("2026-02-01", "200", "TJS")])
    assert [note.code for note in sheet.notes] == ["note/estimate", "note/credit", "note/rounding"]


def test_it_calls_its_own_way_a_choice_and_not_a_law_that_nobody_saw():
    duty = obligation("AZ", fixed("100", since=day("2026-01-15")))
    (line,) = arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01")).lines
    assert [ground.said() for ground in line.grounds if ground.open] == [
        "A part of a month by days (our choice: the law does not say it)"
    ]


def test_it_says_that_months_to_come_are_not_due_yet():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    sheet = arrears(duty, footing("AZ", "2026-02-10"), *span("2026-01..02"))
    assert "note/future" in [note.code for note in sheet.notes]


def test_it_takes_a_last_day_that_never_comes():
    wages = Income(day("2026-01-01"), dt.date.max, Money(Decimal(400), "AZN"), paper="certificate")
    duty = obligation("AZ", share("1/4", since=day("2026-01-01")), children=(Child(last=dt.date.max),), incomes=[wages])
    assert f"{arrears(replace(duty, last=dt.date.max), footing('AZ', '2026-03-01'), *span('2026-01')).due}" == "100.00"


def test_it_leaves_the_courts_relief_to_the_court_where_nobody_saw_the_rule():
    duty = obligation("TJ", fixed("100", since=day("2026-01-01")))
    relief = Relief(day("2026-02-01"), "judgment on relief", share=Fraction(1, 2))
    sheet = arrears(duty, footing("TJ", "2026-03-01"), *span("2026-01"), reliefs=[relief])
    assert (f"{sheet.owed}", sheet.certainty) == ("50.00", "B")


def test_it_does_not_blame_a_birthday_that_changes_nothing():
    children = (Child(born=day("2008-02-01")), Child(born=day("2012-05-05")))
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")), children=children)
    sheet = arrears(duty, footing("AZ", "2026-09-01"), *span("2026-01..03"))
    assert sheet.certainty == "A"


def test_it_keeps_the_share_where_only_a_new_decision_changes_it():
    children = (Child(born=day("2008-02-01")), Child(born=day("2012-05-05")))
    duty = obligation(
        "AZ", share("1/3", since=day("2026-01-01")), children=children, incomes=[wage("2026-01..03", "900")]
    )
    on = footing("AZ", "2026-09-01", Assumption("share_after_majority", "only_by_new_decision"))
    sheet = arrears(duty, on, *span("2026-01..03"))
    assert [f"{line.amount}" for line in sheet.lines] == ["300.00"] * 3
    assert [ground.value for ground in sheet.lines[1].grounds if ground.about == "share_after_majority"] == [
        "only_by_new_decision"
    ]


def test_it_keeps_the_paper_of_every_income_that_a_line_rests_on():
    incomes = [
        Income(*span("2026-01-01..14"), Money(Decimal(900), "AZN"), paper="first certificate"),
        Income(*span("2026-01-15..31"), Money(Decimal(900), "AZN"), paper="second certificate"),
    ]
    duty = obligation("AZ", share("1/3", since=day("2026-01-01")), incomes=incomes)
    (line,) = arrears(duty, footing("AZ", "2026-02-01"), *span("2026-01")).lines
    assert [ground.paper for ground in line.grounds if ground.about == "income"] == [
        "first certificate",
        "second certificate",
    ]


def test_it_ends_on_the_last_day_of_all():
    duty = obligation("AZ", fixed("310", since=day("2026-01-01")), last=day("2026-01-10"))
    assert printed(arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01..02"))) == [
        ("2026-01-01..10", "310 × 10/31", "100.00")
    ]


def test_it_groups_no_months_that_differ_nor_across_a_break():
    incomes = [wage("2026-01..02", "800"), wage("2026-03..04", "400")]
    duty = obligation("AZ", share("1/4", since=day("2026-01-01")), incomes=incomes)
    lines = arrears(duty, footing("AZ", "2026-05-01"), *span("2026-01..04")).lines
    assert [line.period for line in grouped(lines)] == ["2026-01..02", "2026-03..04"]
    assert [line.period for line in grouped(lines, breaks=[day("2026-04-01")])] == ["2026-01..02", "2026-03", "2026-04"]


def test_it_forgives_nothing_before_the_decision():
    duty = obligation("AZ", fixed("100", since=day("2026-01-01")))
    relief = Relief(day("2026-03-02"), "judgment", share=Fraction(1, 2))
    assert arrears(duty, footing("AZ", "2026-03-01"), *span("2026-01"), reliefs=[relief]).reliefs == ()


def test_it_takes_the_rate_of_the_end_of_the_month_where_that_is_chosen():
    duty = obligation("TJ", fixed("600", since=day("2026-02-01")))
    came = Payment(
        day("2026-02-10"),
        Money(Decimal(5000), "RUB", Decimal("0.12"), day("2026-02-28"), "National Bank"),
        paper="slip",
    )
    on = footing("TJ", "2026-03-20", Assumption("fx_rate_day", "due"))
    assert f"{arrears(duty, on, *span('2026-02'), payments=[came]).paid}" == "600.00"


def test_it_takes_the_latest_of_several_monthly_figures():
    earlier = {
        "id": "az.value.earlier",
        "parameters": {"value": Decimal(900), "currency": "AZN", "period": PartialDate.of("2025-12")},
    }
    duty = obligation("AZ", share("1/2", since=day("2026-01-01")), incomes=[no_papers("2026-01")])
    on = Footing(
        book_with(average_wage=earlier), "AZ", day("2026-03-20"), (Assumption("average_wage_figure", "latest_month"),)
    )
    assert f"{arrears(duty, on, *span('2026-01')).due}" == "551.90"


def test_it_works_out_no_penalty_for_a_month_that_was_paid_in_time_nor_for_the_due_day():
    duty = obligation("RU", fixed("10000", since=day("2026-01-01")))
    on = footing("RU", "2026-03-10")
    payments = [
        paid("2026-01-31", "4000", "RUB"),
        paid("2026-02-05", "6000", "RUB"),
        paid("2026-02-28", "10000", "RUB"),
    ]
    sheet = arrears(duty, on, *span("2026-01..02"), payments=payments)
    lines = penalty(duty, on, sheet, day("2026-03-10"), fault=True)
    assert [(line.working, f"{line.amount}") for line in lines] == [("6000.00 × 0.1% × 4", "24.00")]


def test_it_cuts_the_month_where_the_law_changes_within_it():
    old = {
        "since": PartialDate.of("2025"),
        "until": PartialDate.of("2026-01-14"),
        "parameters": FIGURE | {"value": Decimal(310)},
    }
    new = {"since": PartialDate.of("2026-01-15"), "until": None, "parameters": FIGURE | {"value": Decimal(620)}}
    figures = tuple(replace(load().rules["az.value.subsistence_child.2026"], **each) for each in (old, new))
    book = Book(
        load().rules,
        {
            (Role.SUBSISTENCE_CHILD, "AZ"): figures,
            **{key: rules for key, rules in load().roles.items() if key != (Role.SUBSISTENCE_CHILD, "AZ")},
        },
    )
    amount = Amount(times=Decimal(1), unit=Role.SUBSISTENCE_CHILD)
    duty = obligation("AZ", Decision(amount, paper="judgment", since=day("2026-01-01")))
    assert printed(arrears(duty, Footing(book, "AZ", day("2026-03-01")), *span("2026-01"))) == [
        ("2026-01-01..14", "310 × 14/31", "140.00"),
        ("2026-01-15..31", "620 × 17/31", "340.00"),
    ]


# What is refused
