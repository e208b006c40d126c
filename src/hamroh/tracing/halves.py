"""Half-years: finer than that nothing about requests is counted."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Half:
    """The first or second half of a year.

    >>> Half.of("2026-1").later(1).code, Half.of("2026-1").later(-1).code, str(Half.of("2026-2").end)
    ('2026-2', '2025-2', '2027-01-01')
    """

    year: int
    part: int

    @classmethod
    def of(cls, code: str) -> "Half":
        """The half-year of a code; ValueError for what is none."""
        year, part = code.split("-")
        if not 2000 <= int(year) <= 2100 or part not in ("1", "2"):
            raise ValueError("no such half-year")
        return cls(int(year), int(part))

    @classmethod
    def around(cls, day: dt.date) -> "Half":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.part}"

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, 1 if self.part == 1 else 7, 1)

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        return self.later(1).start

    def __str__(self) -> str:
        return f"{self.start:%Y-%m} – {self.end - dt.timedelta(days=1):%Y-%m}"

    def later(self, count: int) -> "Half":
        number = self.year * 2 + self.part - 1 + count
        return Half(number // 2, number % 2 + 1)
