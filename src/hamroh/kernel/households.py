"""How a household stands that lived on remittances: what came in a year, against thresholds that somebody stated.

The thresholds are those of an IOM researcher on households in Tajikistan whose breadwinner is abroad, as a news feature on abandoned
families printed them in 2009 or 2010: under 500 US dollars a year is poverty or extreme poverty, from 500 to under 1,000 a household
may be at risk. They are of that time and of US dollars then: a sign to look closer, no measure of today's prices.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

POOR_BELOW, AT_RISK_BELOW = Decimal(500), Decimal(1000)
SOURCE = "IOM researcher, August 2009 (year inferred), through a news feature on families left behind in Tajikistan"
MONTHS = 12


class Level(StrEnum):
    POOR = "poor"
    AT_RISK = "at_risk"
    ABOVE = "above"
    UNKNOWN = "unknown"


class Missing(StrEnum):
    """What is to be asked before anything can be said."""

    AMOUNT = "amount"
    RATE = "rate"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Remittance:
    """Money sent home: so much each time, so many times a year; ``per_usd`` is what one US dollar costs, on a stated day.

    ``stopped`` is the first day of the month in which nothing came any more, None where it still comes.
    """

    amount: Decimal | None
    currency: str
    times_a_year: int | None
    per_usd: Decimal | None = None
    stopped: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """``usd`` is what came in the twelve months up to the day, rounded to a dollar, and ``months`` in how many of them money came."""

    level: Level
    usd: Decimal | None = None
    months: int = MONTHS
    missing: Missing | None = None


def months_with_money(stopped: dt.date | None, on: dt.date) -> int:
    """In how many of the last twelve months money came.

    >>> months_with_money(dt.date(2026, 8, 1), dt.date(2026, 11, 22))
    9
    """
    if stopped is None:
        return MONTHS
    gone = (on.year - stopped.year) * MONTHS + on.month - stopped.month
    return min(MONTHS, max(0, MONTHS - gone))


def situation(sent: Remittance, on: dt.date) -> Situation:
    """How the household stands on a day.

    >>> situation(Remittance(Decimal(3000), "RUB", 12, Decimal(90), dt.date(2026, 2, 1)), dt.date(2026, 11, 22)).level
    <Level.POOR: 'poor'>
    """
    months = months_with_money(sent.stopped, on)
    if months == 0 or sent.amount == 0 or sent.times_a_year == 0:
        return Situation(Level.POOR, Decimal(0), 0)
    if sent.amount is None or sent.times_a_year is None or (sent.currency != "USD" and not sent.per_usd):
        return Situation(Level.UNKNOWN, None, months, _missing(sent))
    per_usd = Decimal(1) if sent.currency == "USD" else sent.per_usd or Decimal(1)
    usd = sent.amount * sent.times_a_year / per_usd * months / MONTHS
    return Situation(_level(usd), usd.quantize(Decimal(1)), months)


def _missing(sent: Remittance) -> Missing:
    if sent.amount is None:
        return Missing.AMOUNT
    return Missing.OFTEN if sent.times_a_year is None else Missing.RATE


def _level(usd: Decimal) -> Level:
    if usd < POOR_BELOW:
        return Level.POOR
    return Level.AT_RISK if usd < AT_RISK_BELOW else Level.ABOVE
