"""Quarters of a year: the time in which somebody is counted once."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year.

    >>> Quarter.of("2026-q1").later(3).code, Quarter.of("2026-q1").later(-1).code, Quarter.of("2026-q4").half
    ('2026-q4', '2025-q4', '2026-h2')
    >>> Quarter.of("2026-q2").months, str(Quarter.of("2026-q4").end)
    (('2026-04', '2026-05', '2026-06'), '2027-01-01')
    """

    year: int
    part: int

    @classmethod
    def of(cls, code: str) -> "Quarter":
        """The quarter of a code; ValueError for what is none."""
        year, _sign, part = code.partition("-q")
        if not 1990 <= int(year) <= 2100 or part not in ("1", "2", "3", "4"):
            raise ValueError("no such quarter")
        return cls(int(year), int(part))

    @classmethod
    def around(cls, day: dt.date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def between(cls, first: "Quarter", last: "Quarter") -> "list[Quarter]":
        """From the first to the last."""
        count = (last.year - first.year) * 4 + last.part - first.part + 1
        return [first.later(each) for each in range(count)]

    @property
    def code(self) -> str:
        return f"{self.year}-q{self.part}"

    @property
    def half(self) -> str:
        """The half-year that it belongs to."""
        return f"{self.year}-h{1 if self.part < 3 else 2}"

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, self.part * 3 - 2, 1)

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        return self.later(1).start

    @property
    def months(self) -> tuple[str, ...]:
        return tuple(f"{self.year}-{month:02}" for month in range(self.part * 3 - 2, self.part * 3 + 1))

    def later(self, count: int) -> "Quarter":
        number = self.year * 4 + self.part - 1 + count
        return Quarter(number // 4, number % 4 + 1)

    def __str__(self) -> str:
        return f"{self.start:%Y-%m} – {self.end - dt.timedelta(days=1):%Y-%m}"
