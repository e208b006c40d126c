"""Times that figures speak of: a day, a month, a year, a span, as ISO text."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_SPAN = re.compile(r"^(\d{4})\s?[-\u2013]\s?(\d{4})$")
_PART = re.compile(r"\d{4}-(?:Q[1-4]|S[12])")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day, both in; ``text`` is how it was written: ``2006``, ``2006-12-31``, ``2003-05``, ``2004/2007``.

    Years with a dash between them are a span, too; ``2006-Q1`` is a quarter and ``2006-S1`` half a year.
    """

    first: dt.date
    last: dt.date
    text: str

    @classmethod
    def read(cls, text: str) -> "Period":
        """Read ISO text; ``../2005`` is open before. ValueError says what cannot be read."""
        text = _SPAN.sub(r"\1/\2", text)
        start, slash, end = text.partition("/")
        if not slash:
            start, end = _quarter(start) if _PART.fullmatch(start) else (start, start)
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
        told = "/" in self.text or _PART.fullmatch(self.text)
        return bool(told) and self.first.year == self.last.year and (self.last - self.first).days < 363

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


def _quarter(text: str) -> tuple[str, str]:
    """The first and the last month of a quarter or half of a year."""
    year, kind, many = text[:4], 3 if text[5] == "Q" else 6, int(text[6])
    return f"{year}-{kind * (many - 1) + 1:02}", f"{year}-{kind * many:02}"


def _first(text: str) -> dt.date:
    parts = [int(each) for each in text.split("-")]
    return dt.date(parts[0], *[*parts[1:], 1, 1][:2])


def _last(text: str) -> dt.date:
    parts = [int(each) for each in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])
