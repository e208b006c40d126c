"""When a record's time is over: periods by months and days, weeks and years, and what goes before a rule."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel import retention
from hamroh.kernel.retention import Event, Facts, Grain, Reason, Rule, Unit, after, decide, latest_start, latest_stored

DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2090, 12, 31))
UNITS, GRAINS = st.sampled_from(Unit), st.sampled_from(Grain)
LENGTHS = st.integers(0, 480)
RULE = Rule("case", Event.CLOSED, Unit.MONTHS, 60, 0, 480)
BY_DAYS = Rule("raw_places", Event.MADE, Unit.DAYS, 90, 0, 480)
FACTS = st.builds(
    Facts, counted=st.none() | DAYS, grain=GRAINS, held=st.booleans(), kept_until=st.none() | DAYS, asked=st.booleans()
)


@given(facts=FACTS, length=LENGTHS, today=DAYS)
def test_it_lets_no_held_record_go(facts, length, today):
    held = Facts(facts.counted, facts.grain, True, facts.kept_until, facts.asked)
    found = decide(RULE, length, held, today)
    assert (found.may_go, found.reason) == (False, Reason.HELD)


@given(facts=FACTS, length=LENGTHS, more=st.integers(0, 100), today=DAYS)
def test_it_is_never_due_earlier_by_a_longer_period(facts, length, more, today):
    found, later = (decide(RULE, each, facts, today) for each in (length, length + more))
    assert (found.due_date is None) == (later.due_date is None)
    assert found.due_date is None or later.due_date is None or found.due_date <= later.due_date


@given(day=DAYS, later=DAYS, unit=UNITS, length=LENGTHS)
def test_it_is_never_due_earlier_by_a_later_event(day, later, unit, length):
    first, second = sorted((day, later))
    assert after(first, unit, length) <= after(second, unit, length)


@given(length=LENGTHS, today=DAYS, kept=st.none() | DAYS)
def test_it_is_never_due_without_a_date(length, today, kept):
    found = decide(RULE, length, Facts(None, kept_until=kept), today)
    assert (found.may_go, found.reason, found.due_date) == (False, Reason.NO_DATE, None)


@given(facts=FACTS, length=LENGTHS, today=DAYS)
def test_it_lets_go_what_was_asked_for_unless_it_is_held(facts, length, today):
    asked = Facts(facts.counted, facts.grain, facts.held, facts.kept_until, asked=True)
    assert decide(RULE, length, asked, today).may_go == (not facts.held)


@given(facts=FACTS, length=LENGTHS, today=DAYS)
def test_it_lets_nothing_go_before_its_due_date(facts, length, today):
    found = decide(RULE, length, facts, today)
    if found.reason is Reason.DUE:
        assert found.due_date is not None
        assert found.due_date <= today
    if found.reason in (Reason.NOT_YET, Reason.KEPT_LONGER):
        assert found.due_date is not None
        assert found.due_date > today


@given(counted=DAYS, grain=GRAINS, until=DAYS, length=LENGTHS, today=DAYS)
def test_it_keeps_at_least_to_the_day_that_was_chosen(counted, grain, until, length, today):
    found = decide(RULE, length, Facts(counted, grain, kept_until=until), today)
    assert found.due_date is not None
    assert found.due_date >= until
    assert found.may_go == (found.due_date <= today)


@given(start=DAYS, today=DAYS, unit=UNITS, length=LENGTHS)
def test_it_finds_by_one_comparison_what_is_due(start, today, unit, length):
    assert (after(start, unit, length) <= today) == (start <= latest_start(today, unit, length))


@given(stored=DAYS, today=DAYS, grain=GRAINS, length=LENGTHS, by_days=st.booleans())
def test_it_says_the_same_of_one_record_and_of_many(stored, today, grain, length, by_days):
    rule = BY_DAYS if by_days else RULE
    due = decide(rule, length, Facts(stored, grain), today).may_go
    assert due == (stored <= latest_stored(today, rule.unit, length, grain))


@given(start=DAYS, length=LENGTHS)
def test_it_lets_no_month_be_shorter_than_it_is(start, length):
    end = after(start, Unit.MONTHS, length)
    months = (end.year - start.year) * 12 + end.month - start.month
    assert (months, end.day) in ((length, start.day), (length + 1, 1))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", 60, "2029-03-01"), ("2024-02-29", 48, "2028-02-29"), ("2023-02-28", 12, "2024-02-28"),
        ("2026-01-31", 1, "2026-03-01"), ("2026-12-31", 2, "2027-03-01"), ("2026-05-31", 7, "2026-12-31"),
    ],
)  # fmt: skip
def test_it_knows_leap_days_and_short_months(start, months, end):
    assert after(dt.date.fromisoformat(start), Unit.MONTHS, months) == dt.date.fromisoformat(end)


@pytest.mark.parametrize(("grain", "last"), [("day", "2026-11-18"), ("week", "2026-11-22"), ("year", "2026-12-31")])
def test_it_counts_from_the_last_day_that_a_date_may_mean(grain, last):
    assert retention.last_day(dt.date(2026, 11, 18), Grain(grain)) == dt.date.fromisoformat(last)


def test_it_keeps_a_child_until_twenty_three():
    found = decide(
        retention.CHILD, retention.CHILD.length, Facts(dt.date(2003, 1, 1), Grain.YEAR), dt.date(2026, 12, 30)
    )
    assert (found.may_go, found.due_date) == (False, dt.date(2026, 12, 31))


@pytest.mark.parametrize("length", [11, 241, -1])
def test_it_takes_no_length_out_of_bounds(length):
    with pytest.raises(ValueError, match="from 12 to 240 months"):
        retention.CASE.chosen(length)


def test_it_takes_a_length_within_bounds():
    assert [retention.CASE.chosen(length) for length in (12, 84, 240)] == [12, 84, 240]


def test_it_refuses_a_rule_out_of_its_own_bounds():
    with pytest.raises(ValueError, match="lies between"):
        Rule("odd", Event.MADE, Unit.DAYS, 5, 6, 7)


def test_it_names_the_rule_and_what_it_counts_from():
    found = decide(RULE, 60, Facts(dt.date(2020, 1, 6), Grain.WEEK), dt.date(2026, 1, 1))
    assert (found.rule, found.counts_from, found.due_date) == ("case", dt.date(2020, 1, 12), dt.date(2025, 1, 12))


def test_it_gives_the_monday_of_a_week():
    assert {retention.week_of(dt.date(2026, 11, day)) for day in range(16, 23)} == {dt.date(2026, 11, 16)}
