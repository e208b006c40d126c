"""What alimony would be, for everybody: the engine's sums, on seen rules alone."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.law import Audience, Certainty, load, resting
from hamroh.kernel.owed import Owed, Told, owed, terms

D = dt.date
ON = D(2026, 11, 22)
BIRTHS = (D(2014, 5, 1), D(2024, 2, 1))


def reckoned(told: Told, on: dt.date = ON) -> Owed:
    known = terms(load(), told.state, 18, on)
    assert known
    found = owed(told, known, load(), on)
    assert found
    return found


def told(state: str = "AZ", births: tuple[dt.date, ...] = BIRTHS, income: str | None = "900", **more: object) -> Told:
    return Told(state, births, "AZN", Decimal(income) if income else None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "share"), [(1, "1/4"), (2, "1/3"), (3, "1/2"), (6, "1/2")])
@pytest.mark.parametrize("state", ["TJ", "AZ"])
def test_it_takes_the_share_of_the_article(state: str, count: int, share: str) -> None:
    found = reckoned(told(state, BIRTHS[:1] * count))
    assert (found.share, found.monthly) == (
        Fraction(share),
        Decimal(900) * Fraction(share).numerator / Fraction(share).denominator,
    )


def test_it_rounds_half_up() -> None:
    assert reckoned(told(births=BIRTHS[:1], income="0.02")).monthly == Decimal("0.01")


def test_it_says_until_when_for_each_child() -> None:
    assert reckoned(told()).ends == (D(2032, 5, 1), D(2042, 2, 1))


def test_it_gives_no_sum_where_the_income_is_not_known() -> None:
    found = reckoned(told(income=None, since=D(2025, 1, 1)))
    assert (found.share, found.monthly, found.past) == (Fraction(1, 3), None, None)


def test_it_counts_a_child_from_the_month_after_its_birth() -> None:
    past = reckoned(told(since=D(2024, 1, 1), paid=Decimal(500))).past
    assert past
    assert (past.count, past.due) == (34, 2 * 225 + 32 * 300)
    assert past.left == past.due - 500


def test_it_goes_back_three_years_and_no_part_of_a_month_more() -> None:
    past = reckoned(told(since=D(2019, 6, 1))).past
    assert past
    assert (past.first, past.last, past.cut) == (D(2023, 12, 1), D(2026, 10, 1), True)


def test_it_reaches_back_to_the_same_month_from_the_first_of_one() -> None:
    past = reckoned(told(since=D(2019, 6, 1)), D(2026, 11, 1)).past
    assert past
    assert past.first == D(2023, 11, 1)


def test_it_owes_nothing_more_where_he_sent_more() -> None:
    past = reckoned(told(since=D(2026, 1, 1), paid=Decimal(100000))).past
    assert past
    assert past.left == 0


def test_it_has_no_past_where_no_month_has_passed() -> None:
    assert reckoned(told(since=D(2026, 11, 1))).past is None


def test_it_tells_nothing_of_the_past_where_nobody_saw_the_rule() -> None:
    assert reckoned(told("TJ", since=D(2020, 1, 1))).past is None


@given(
    births=st.lists(st.dates(D(2009, 1, 1), D(2026, 11, 1)), min_size=1, max_size=6),
    cents=st.integers(1, 10**11 - 1),
    since=st.none() | st.dates(D(1970, 1, 1), ON),
    paid=st.integers(0, 10**11 - 1),
    state=st.sampled_from(["TJ", "AZ"]),
)
def test_it_rests_on_seen_rules_alone_and_is_never_negative(births, cents, since, paid, state) -> None:
    firsts = tuple(born.replace(day=1) for born in births)
    asked = Told(
        state, firsts, "RUB", Decimal(cents).scaleb(-2), since and since.replace(day=1), Decimal(paid).scaleb(-2)
    )
    found = reckoned(asked)
    assert resting(found.grounds, Audience.PUBLIC, ON).allowed
    assert all(ground.certainty is not Certainty.C for ground in found.grounds)
    assert found.monthly is not None
    assert 0 <= found.monthly <= asked.income
    assert found.past is None or 0 <= found.past.left <= found.past.due
