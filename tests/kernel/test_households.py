"""How a household stands: what came in a year against stated thresholds, and what is to be asked first."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.households import Level, Missing, Remittance, months_with_money, situation

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("yearly", "level"),
    [
        ("499.99", Level.POOR),
        ("500", Level.AT_RISK),
        ("999.99", Level.AT_RISK),
        ("1000", Level.ABOVE),
        ("0", Level.POOR),
    ],
)
def test_it_tells_levels_by_the_thresholds(yearly, level):
    assert situation(Remittance(Decimal(yearly), "USD", 1), TODAY).level is level


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        (Remittance(None, "RUB", 12, Decimal(90)), Missing.AMOUNT),
        (Remittance(Decimal(3000), "RUB", None, Decimal(90)), Missing.OFTEN),
        (Remittance(Decimal(3000), "RUB", 12), Missing.RATE),
    ],
    ids=["amount", "often", "rate"],
)
def test_it_says_what_is_to_be_asked_before_anything_can_be_said(sent, missing):
    assert (situation(sent, TODAY).level, situation(sent, TODAY).missing) == (Level.UNKNOWN, missing)


def test_it_knows_without_any_amount_that_nothing_came_for_a_year():
    found = situation(Remittance(None, "RUB", None, stopped=dt.date(2025, 11, 1)), TODAY)
    assert (found.level, found.usd, found.months) == (Level.POOR, 0, 0)


def test_it_counts_only_months_in_which_money_came():
    found = situation(Remittance(Decimal(9000), "RUB", 12, Decimal(90), dt.date(2026, 5, 1)), TODAY)
    assert (found.months, found.usd, found.level) == (6, 600, Level.AT_RISK)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)))
def test_it_counts_no_less_than_none_and_no_more_than_twelve_months(stopped):
    assert 0 <= months_with_money(stopped, TODAY) <= 12
