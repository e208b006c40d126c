"""How long a record is kept: periods, what they count from, and when it may be let go. No clock: whoever asks says what day it is.

A period that ends on a day that a month lacks ends on the first day of the next one, never earlier. What is known only by its week
or its year is counted from the last day of that.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

_MONTHS, _WEEK = 12, dt.timedelta(days=6)


class Event(StrEnum):
    """What a period counts from."""

    CLOSED = "closed"
    BORN = "born"
    MADE = "made"


class Unit(StrEnum):
    MONTHS = "months"
    DAYS = "days"


class Grain(StrEnum):
    """How exactly the event's date is known: to the day, by the Monday of its week, or by its year."""

    DAY = "day"
    WEEK = "week"
    YEAR = "year"


@dataclass(frozen=True)
class Rule:
    """How long records of a class are kept: ``length`` units after the event; an organisation chooses within the bounds.

    ``code`` is permanent. Values stand to be confirmed by the counsel of each organisation.
    """

    code: str
    event: Event
    unit: Unit
    length: int
    shortest: int
    longest: int

    def __post_init__(self) -> None:
        if not 0 <= self.shortest <= self.length <= self.longest:
            raise ValueError(f"{self.code}: the length lies between the shortest and the longest")

    def chosen(self, length: int) -> int:
        """A length that an organisation chose; ValueError out of the bounds."""
        if not self.shortest <= length <= self.longest:
            raise ValueError(f"{self.code}: from {self.shortest} to {self.longest} {self.unit}")
        return length


#: lengths that were proposed, for counsel to confirm: what a room takes unless it knows better
CASE = Rule("case", Event.CLOSED, Unit.MONTHS, 60, 12, 240)
CHILD = Rule("child", Event.BORN, Unit.MONTHS, 23 * 12, 18 * 12, 30 * 12)
ENQUIRY = Rule("enquiry", Event.MADE, Unit.MONTHS, 12, 1, 36)
SAFE_CONTACT = Rule("safe_contact", Event.CLOSED, Unit.DAYS, 0, 0, 90)
RAW_PLACES = Rule("raw_places", Event.MADE, Unit.DAYS, 90, 7, 365)


class Reason(StrEnum):
    """Why a record may or may not be let go."""

    HELD = "held"
    ASKED = "asked"
    NO_DATE = "no date"
    KEPT_LONGER = "kept longer"
    NOT_YET = "not yet"
    DUE = "due"


@dataclass(frozen=True)
class Facts:
    """What is known of one record: the day of its event as stored, or none; what was decided about it.

    ``kept_until`` is the day to which somebody prolonged it, ``asked`` says that whom it is about asks for its erasure.
    """

    counted: dt.date | None
    grain: Grain = Grain.DAY
    held: bool = False
    kept_until: dt.date | None = None
    asked: bool = False


@dataclass(frozen=True)
class Verdict:
    """May it be let go, why, by which rule, from which day counted; ``due_date`` is None where nothing is counted yet."""

    may_go: bool
    reason: Reason
    rule: str
    counts_from: dt.date | None
    due_date: dt.date | None


def decide(rule: Rule, length: int, facts: Facts, today: dt.date) -> Verdict:
    """Whether a record may be let go today. A hold goes before everything, then the wish of whom it is about, then the rule."""
    start = last_day(facts.counted, facts.grain) if facts.counted else None
    due = after(start, rule.unit, length) if start else None
    if due and facts.kept_until:
        due = max(due, facts.kept_until)
    reason = _reason(facts, due, today)
    return Verdict(reason in (Reason.DUE, Reason.ASKED), reason, rule.code, start, due)


def _reason(facts: Facts, due: dt.date | None, today: dt.date) -> Reason:
    if facts.held:
        return Reason.HELD
    if facts.asked:
        return Reason.ASKED
    if due is None:
        return Reason.NO_DATE
    if due <= today:
        return Reason.DUE
    return Reason.KEPT_LONGER if facts.kept_until and due == facts.kept_until else Reason.NOT_YET


def last_day(stored: dt.date, grain: Grain) -> dt.date:
    """The last day that a stored date may mean."""
    if grain is Grain.YEAR:
        return dt.date(stored.year, 12, 31)
    return stored - dt.timedelta(days=stored.weekday()) + _WEEK if grain is Grain.WEEK else stored


def after(start: dt.date, unit: Unit, length: int) -> dt.date:
    """The day on which a period ends.

    >>> after(dt.date(2024, 2, 29), Unit.MONTHS, 60)
    datetime.date(2029, 3, 1)
    """
    if unit is Unit.DAYS:
        return start + dt.timedelta(days=length)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + length, _MONTHS)
    if start.day <= calendar.monthrange(year, month + 1)[1]:
        return dt.date(year, month + 1, start.day)
    return dt.date(year, month + 2, 1)  # December has 31 days: the next month is of the same year


def latest_start(today: dt.date, unit: Unit, length: int) -> dt.date:
    """The latest day from which a period is over today: ``after(start) <= today`` exactly where ``start <= latest_start(today)``."""
    if unit is Unit.DAYS:
        return today - dt.timedelta(days=length)
    year, month = divmod(today.year * _MONTHS + today.month - 1 - length, _MONTHS)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def latest_stored(today: dt.date, unit: Unit, length: int, grain: Grain) -> dt.date:
    """The latest stored date that is due today: one comparison in a query instead of a period for each row.

    A year is stored as any of its days, a week by any of its days; the answer is the last such day.
    """
    start = latest_start(today, unit, length)
    if grain is Grain.YEAR:
        return start if start.month == _MONTHS and start.day == 31 else dt.date(start.year - 1, 12, 31)
    if grain is Grain.WEEK:
        return start - dt.timedelta(days=(start.weekday() + 1) % 7)  # the Sunday on or before
    return start


def week_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())
