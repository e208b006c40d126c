"""Arrears by property: nothing is negative, nothing is lost by cutting or sorting, every line names its source."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.law import (
    Amount,
    Assumption,
    Child,
    Decision,
    Income,
    Money,
    Obligation,
    Payment,
    Role,
    Sheet,
    arrears,
    grouped,
    penalty,
)
from kernel.law.people import day, fixed, footing, obligation, paid

DAY = dt.timedelta(days=1)


def printed(sheet: Sheet) -> list[tuple[str, str, str]]:
    return [(line.period, line.working, f"{line.amount}") for line in sheet.lines]


FIRST, LAST = day("2025-01-01"), day("2025-04-30")
days = st.integers(0, 119).map(lambda count: FIRST + count * DAY)
sums = st.integers(0, 500_000).map(lambda cents: Decimal(cents).scaleb(-2))
shares = st.builds(Fraction, st.integers(1, 5), st.integers(5, 12))
amounts = st.one_of(
    st.builds(Amount, share=shares),
    st.builds(Amount, fixed=sums),
    st.builds(Amount, share=shares, fixed=sums),
    st.builds(
        Amount,
        times=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal("1.7")]),
        unit=st.just(Role.SUBSISTENCE_CHILD),
    ),
    st.just(Amount(by_law=True)),
)
decisions = st.lists(
    st.builds(Decision, amounts, st.just("judgment"), since=days, filed=days, in_force=days), min_size=1, max_size=2
)
children = st.lists(
    st.builds(Child, born=st.integers(0, 180).map(lambda count: day("2006-12-01") + count * DAY)),
    min_size=1,
    max_size=3,
)
payments = st.lists(st.builds(paid, days.map(str), sums.map(str)), max_size=4)
ON = footing("AZ", "2026-03-20", Assumption("share_after_majority", "steps_of_article"))


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    """An obligation of four months whose incomes leave no gap."""
    cuts = sorted({FIRST, *draw(st.lists(days, max_size=2))})
    ends = [*(cut - DAY for cut in cuts[1:]), LAST]
    incomes = [Income(a, b, Money(draw(sums), "AZN"), paper="certificate") for a, b in zip(cuts, ends, strict=True)]
    return obligation("AZ", *draw(decisions), children=tuple(draw(children)), incomes=incomes)


def whole(duty: Obligation, some: Iterable[Payment] = ()) -> Sheet:
    return arrears(duty, ON, FIRST, LAST, payments=some)


@given(obligations(), payments)
def test_it_is_never_negative(duty, some):
    sheet = whole(duty, some)
    figures = [line.amount for line in sheet.lines] + [each.amount for each in sheet.covers]
    figures += [month.left for month in sheet.months] + [sheet.due, sheet.paid, sheet.owed, sheet.credit]
    assert min(figures) >= 0


@given(obligations(), st.lists(days, min_size=1, max_size=3, unique=True))
def test_it_loses_nothing_where_the_period_is_split(duty, cuts):
    starts = [FIRST, *sorted(cut for cut in cuts if cut > FIRST)]
    ends = [*(start - DAY for start in starts[1:]), LAST]
    parts = [arrears(duty, ON, first, last).due for first, last in zip(starts, ends, strict=True)]
    assert sum(parts) == whole(duty).due


@given(obligations(), days)
def test_it_changes_nothing_where_an_income_is_written_in_two_parts(duty, cut):
    parts = []
    for income in duty.incomes:
        split = income.first < cut <= income.last
        parts += [replace(income, last=cut - DAY), replace(income, first=cut)] if split else [income]
    assert printed(whole(replace(duty, incomes=tuple(parts)))) == printed(whole(duty))


@given(obligations(), payments, st.randoms())
def test_it_does_not_matter_in_which_order_payments_come_within_a_month(duty, some, random):
    moved = [replace(each, on=each.on.replace(day=random.randint(1, 28))) for each in some]
    random.shuffle(moved)
    before, after = whole(duty, some), whole(duty, moved)
    assert [(each.left, each.balance) for each in after.months] == [(each.left, each.balance) for each in before.months]


@given(obligations(), payments)
def test_it_names_the_source_of_every_line(duty, some):
    sheet = whole(duty, some)
    for each in (*sheet.lines, *sheet.payments, *sheet.covers):
        assert any(ground.paper or ground.rule for ground in each.grounds)
        assert all(ground.said(lang) for ground in each.grounds for lang in ("en", "tg", "az", "ru"))


@given(obligations(), payments)
def test_it_adds_up(duty, some):
    sheet = whole(duty, some)
    assert sum(month.due for month in sheet.months) == sheet.due
    assert sheet.months[-1].balance == sheet.balance == sheet.owed - sheet.credit
    assert sum(month.left for month in sheet.months) == sheet.owed
    assert sum(line.amount for line in grouped(sheet.lines)) == sheet.due


RUSSIA = obligation("RU", fixed("1000", since=FIRST))
roubles = st.lists(st.builds(paid, days.map(str), sums.map(str), st.just("RUB")), max_size=4)


@given(roubles, st.integers(0, 200))
def test_it_takes_no_more_penalty_where_something_was_paid(some, later):
    on, until = footing("RU", "2026-03-20"), FIRST + later * DAY
    totals = []
    for payments_ in (some, []):
        lines = penalty(RUSSIA, on, arrears(RUSSIA, on, FIRST, LAST, payments=payments_), until, fault=True)
        assert all(
            line.amount >= 0 and line.debt > 0 and line.month < line.first <= line.last <= until for line in lines
        )
        totals.append(sum(Fraction(line.debt) * ((line.last - line.first).days + 1) for line in lines))
    assert totals[0] <= totals[1]
