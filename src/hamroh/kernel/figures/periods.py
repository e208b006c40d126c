"""Times that figures speak of: a day, a month, a year, a span, as ISO text."""

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day, both in; ``text`` is how it was written: ``2006``, ``2006-12-31``, ``2003-05``, ``2004/2007``."""

    first: dt.date
    last: dt.date
    text: str

    @classmethod
    def read(cls, text: str) -> "Period":
        """Read ISO text; ``../2005`` is open before. ValueError says what cannot be read."""
        start, slash, end = text.partition("/")
        if not slash:
            end = start
        first = dt.date.min if start == ".." else _first(start)
        last = _last(end)
        if last < first:
            raise ValueError(f"{text} ends before it begins")
        return cls(first, last, text)

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.last.year

    @property
    def is_year(self) -> bool:
        """Whether it is one calendar year, whole."""
        return len(self.text) == 4

    @property
    def is_partial(self) -> bool:
        """Whether it is months of one year, but not all of them."""
        return "/" in self.text and self.first.year == self.last.year and (self.last - self.first).days < 363

    def meets(self, other: "Period") -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def is_like(self, other: "Period") -> bool:
        """Whether they are the same time, but for a fifth of it: what comes in a year is not what comes in two."""
        both = (min(self.last, other.last) - max(self.first, other.first)).days + 1
        longer = max((self.last - self.first).days, (other.last - other.first).days) + 1
        return both * 5 >= longer * 4

    def is_after(self, other: "Period") -> bool:
        """Whether what it speaks of could not be known yet in the other: it begins later, or ends in a later year."""
        return self.first > other.last or self.last.year > other.last.year


def _first(text: str) -> dt.date:
    parts = [int(each) for each in text.split("-")]
    return dt.date(parts[0], *[*parts[1:], 1, 1][:2])


def _last(text: str) -> dt.date:
    parts = [int(each) for each in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])
