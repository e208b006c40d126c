"""Dates of law: known to the year, the month or the day; months and their days; years before and after."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: ``first`` and ``last`` are the days between which it lies, both in."""

    text: str
    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, text: str) -> "PartialDate":
        """A date from ``2026``, ``2026-03`` or ``2026-03-20``; ValueError for anything else.

        >>> PartialDate.of("2024-02").last
        datetime.date(2024, 2, 29)
        """
        found = _PARTIAL.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is no date: 2026, 2026-03 or 2026-03-20 is expected")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        first = dt.date(year, month or 1, day or 1)
        last = dt.date(year, month or 12, day or days_in(dt.date(year, month or 12, 1)))
        return cls(text, first, last)

    @property
    def whole_year(self) -> bool:
        return len(self.text) == 4

    def covers(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.text


def days_in(day: dt.date) -> int:
    """How many days the month of a day has."""
    return calendar.monthrange(day.year, day.month)[1]


def month_of(day: dt.date) -> dt.date:
    """The first day of a day's month."""
    return day.replace(day=1)


def end_of(month: dt.date) -> dt.date:
    """The last day of a day's month."""
    return month.replace(day=days_in(month))


def months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first days of the months from one day to another, both in."""
    month = month_of(first)
    while month <= last:
        yield month
        month = end_of(month) + DAY


def moved(day: dt.date, count: int) -> dt.date:
    """The same day so many months on (or back), or the last day of a month that lacks it.

    >>> moved(dt.date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    there = dt.date(year, month + 1, 1)
    return there.replace(day=min(day.day, days_in(there)))


def after(day: dt.date) -> dt.date:
    """The next day; the last day there is has none and stays."""
    return day + DAY if day < dt.date.max else day


def birthday(born: dt.date, age: int) -> dt.date:
    """The day on which an age is reached; who was born on 29 February reaches it on 1 March of a shorter year."""
    there = moved(born, age * 12)
    return there if there.day == born.day else there + DAY


def said(first: dt.date, last: dt.date) -> str:
    """A stretch of days as short as it can be said: ``2026-01``, ``2026-01..03``, ``2025-12..2026-02``, ``2026-01-15..31``.

    >>> said(dt.date(2026, 1, 15), dt.date(2026, 1, 31))
    '2026-01-15..31'
    """
    if first.day == 1 and last == end_of(last):
        if month_of(last) == first:
            return f"{first:%Y-%m}"
        return f"{first:%Y-%m}..{last:%m}" if first.year == last.year else f"{first:%Y-%m}..{last:%Y-%m}"
    if first == last:
        return f"{first}"
    return f"{first}..{last:%d}" if month_of(first) == month_of(last) else f"{first}..{last}"
