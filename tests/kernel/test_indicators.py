"""The sixteen figures of work on cases: each over what it says, and none where there is nothing to count."""

import datetime as dt

import pytest

from hamroh.kernel.indicators import CaseFacts, Danger, Facts, Lack, sixteen

JAN, MAR = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
NOON = dt.datetime(2026, 2, 10, 12, tzinfo=dt.UTC)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


CASES = (
    CaseFacts(dt.date(2025, 6, 2), closed=dt.date(2025, 12, 1), owner="a"),
    CaseFacts(dt.date(2025, 6, 2), owner="a", is_asked=True, planned=dt.date(2025, 6, 9), services=2),
    CaseFacts(day(1, 5), closed=day(3, 2), owner="b", is_asked=True, planned=day(1, 12), services=1),
    CaseFacts(day(2, 2), owner="b", planned=day(3, 9)),
    CaseFacts(day(3, 30)),
    CaseFacts(day(4, 6), owner="a"),
)
FACTS = Facts(
    JAN, MAR, CASES,
    dangers=(
        Danger(NOON, True, plan_at=NOON + dt.timedelta(minutes=30), looked_at=NOON + dt.timedelta(hours=2), due=day(2, 17), again=day(2, 16)),
        Danger(NOON, True, plan_at=NOON + dt.timedelta(hours=2), due=day(2, 17), again=day(2, 19)),
        Danger(NOON, False, due=day(3, 1), ended=day(2, 20)),
    ),
    delays=(0, 2, 40, None), referrals=(True, False, None), workers=2, supervisors=1,
)  # fmt: skip


def told(code: str, facts: Facts = FACTS):
    return next(each for each in sixteen(facts) if each.code == code)


def test_it_has_sixteen():
    assert len(sixteen(FACTS)) == 16


@pytest.mark.parametrize(
    ("code", "upper", "lower"),
    [
        ("cases", 4, None), ("incidents", 4, None), ("asked", 1, 3), ("plan_at_once", 1, 2), ("planned", 1, 2),
        ("looked", 1, 2), ("helped", 2, 4), ("referred", 3, 4), ("accepted", 1, 2), ("followed", 1, 2), ("closed", 1, 4),
        ("load", 2, 2), ("supervised", 2, 1),
    ],
)  # fmt: skip
def test_it_counts_over_what_it_says(code, upper, lower):
    found = told(code)
    assert (found.upper, found.lower) == (upper, lower)


def test_it_takes_the_middle_of_what_is_known_and_says_that_some_is_not():
    found = told("delay")
    assert (found.value, found.lower, found.lacks) == (2, 3, (Lack.NOT_KNOWN,))


def test_it_counts_days_from_opening_to_closing():
    assert told("open_to_close").value == (day(3, 2) - day(1, 5)).days


def test_it_says_that_satisfaction_is_not_kept():
    assert (told("satisfied").value, told("satisfied").lacks) == (None, (Lack.NOT_KEPT,))


def test_it_has_no_value_where_there_is_nothing_to_count():
    found = sixteen(Facts(JAN, MAR))
    assert [each.code for each in found if each.value is not None] == ["cases", "incidents"]


def test_it_counts_a_plan_of_exactly_an_hour_and_of_exactly_two_weeks():
    at_once = Facts(JAN, MAR, dangers=(Danger(NOON, True, plan_at=NOON + dt.timedelta(hours=1)),))
    two_weeks = Facts(JAN, MAR, cases=(CaseFacts(day(2, 2), planned=day(2, 16)),))
    assert (told("plan_at_once", at_once).value, told("planned", two_weeks).value) == (1, 1)
