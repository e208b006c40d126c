"""What opening hours say about a day and a moment."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.hours import (
    Line,
    Moment,
    Opening,
    Situation,
    local,
    open_on,
    runs,
    situation,
    spans,
    visits,
    week,
    zone,
)

MONDAY = dt.date(2026, 11, 23)
WORKDAYS = frozenset(range(5))
OFFICE = [
    Opening(days=WORKDAYS, opens=dt.time(8), closes=dt.time(12)),
    Opening(days=WORKDAYS, opens=dt.time(13), closes=dt.time(17)),
]
HOTLINE = [Opening(days=frozenset(range(7)), opens=dt.time(0), closes=dt.time(0))]


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute))


def test_it_is_open_within_the_hours_and_says_until_when():
    assert situation(OFFICE, at(MONDAY, 9)) == Situation(Moment.OPEN, at(MONDAY, 12))


def test_it_opens_later_the_same_day_after_the_lunch_break():
    told = situation(OFFICE, at(MONDAY, 12, 30))
    assert (told.moment, told.at) == (Moment.TODAY, at(MONDAY, 13))


def test_it_is_closed_at_the_closing_minute():
    assert situation(OFFICE, at(MONDAY, 17)).moment is Moment.LATER


def test_it_opens_on_monday_after_a_friday_evening():
    friday = MONDAY + dt.timedelta(days=4)
    assert situation(OFFICE, at(friday, 18)).at == at(MONDAY + dt.timedelta(days=7), 8)


def test_it_is_open_after_midnight_of_a_night_shift():
    night = [Opening(days=frozenset({0}), opens=dt.time(20), closes=dt.time(6))]
    told = situation(night, at(MONDAY + dt.timedelta(days=1), 5))
    assert (told.moment, told.at) == (Moment.OPEN, at(MONDAY + dt.timedelta(days=1), 6))


def test_it_is_always_open_when_every_day_lasts_from_midnight_to_midnight():
    assert situation(HOTLINE, at(MONDAY, 3)).moment is Moment.OPEN


def test_it_joins_hours_that_touch_when_it_says_the_end():
    shifts = [
        Opening(days=WORKDAYS, opens=dt.time(8), closes=dt.time(12)),
        Opening(days=WORKDAYS, opens=dt.time(12), closes=dt.time(16)),
    ]
    assert situation(shifts, at(MONDAY, 9)).at == at(MONDAY, 16)


def test_it_never_claims_to_be_open_when_only_the_day_is_known():
    day_only = [Opening(days=frozenset({0}))]
    assert situation(day_only, at(MONDAY, 11)).moment is Moment.THIS_DAY


def test_it_says_nothing_when_no_hours_are_stated():
    assert situation([], at(MONDAY, 11)).moment is Moment.NOT_STATED


def test_it_does_not_promise_an_opening_beyond_the_validity_of_the_hours():
    over = [Opening(days=WORKDAYS, opens=dt.time(8), closes=dt.time(17), last=MONDAY - dt.timedelta(days=1))]
    assert situation(over, at(MONDAY, 9)).moment is Moment.NOT_SOON


def test_it_announces_the_next_single_date():
    visit = Opening(date=MONDAY + dt.timedelta(days=9), opens=dt.time(10), closes=dt.time(14))
    assert situation([visit], at(MONDAY, 9)).at == at(MONDAY + dt.timedelta(days=9), 10)


def test_it_lists_visits_from_today_on_and_the_next_first():
    past, soon, late = (Opening(date=MONDAY + dt.timedelta(days=n)) for n in (-1, 0, 5))
    assert visits([late, past, soon], MONDAY) == [soon, late]


def test_it_is_open_on_a_day_that_a_rule_covers():
    assert open_on(OFFICE, MONDAY)
    assert not open_on(OFFICE, MONDAY + dt.timedelta(days=5))


def test_it_writes_days_with_the_same_hours_in_one_line():
    saturday = Opening(days=frozenset({5}), opens=dt.time(9), closes=dt.time(12))
    assert week([*OFFICE, saturday], MONDAY) == [
        Line((0, 1, 2, 3, 4), ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(17)))),
        Line((5,), ((dt.time(9), dt.time(12)),)),
    ]


def test_it_writes_days_as_stretches():
    assert runs([0, 1, 2, 4, 6]) == [(0, 2), (4, 4), (6, 6)]


@pytest.mark.parametrize(
    ("codes", "hours"), [(["", "TJ"], 5), (["AZ"], 4), (["RU-KHA", "RU"], 10), (["RU-MOW", "RU"], 3), (["KG"], 6)]
)
def test_it_knows_the_zone_of_a_place(codes, hours):
    assert zone(codes) == dt.timezone(dt.timedelta(hours=hours))


@pytest.mark.parametrize("codes", [["RU"], ["DE"], [], [""]])
def test_it_claims_no_zone_where_clocks_change_or_the_country_has_several(codes):
    assert zone(codes) is None


def test_it_tells_the_time_of_the_place():
    instant = dt.datetime(2026, 11, 22, 20, 30, tzinfo=dt.UTC)
    assert local(instant, ["TJ"]) == dt.datetime(2026, 11, 23, 1, 30)  # noqa: DTZ001 - naive time of the place


times = st.times(max_value=dt.time(23, 59)).map(lambda time: time.replace(second=0, microsecond=0))
openings = st.builds(Opening, days=st.frozensets(st.integers(0, 6)), opens=times, closes=times)


@given(st.lists(openings, min_size=1, max_size=5), st.integers(0, 7 * 24 * 60 - 1))
def test_it_agrees_with_a_minute_by_minute_reading(rules, minute):
    now = at(MONDAY, 0) + dt.timedelta(minutes=minute)
    days = [now.date() - dt.timedelta(days=1), now.date()]
    really = any(span.start <= now < span.end for day in days for span in spans(rules, day))
    told = situation(rules, now)
    assert (told.moment is Moment.OPEN) == really
    assert told.at is None or told.at > now
