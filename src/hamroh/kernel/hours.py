"""Opening hours: what weekly hours and single dates say about a day and about a moment, in the time of the place."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_AHEAD = 31  # days in which the next opening is looked for

#: hours and minutes east of UTC, by ISO 3166 code, where the clocks are never changed; others are not claimed to be known
_EAST: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("BY", "TR", "QA"), (3, 0)),
    **dict.fromkeys(("AZ", "AM", "GE", "AE"), (4, 0)),
    **dict.fromkeys(("TJ", "UZ", "TM", "KZ"), (5, 0)),
    "IR": (3, 30),
    "AF": (4, 30),
    "KG": (6, 0),
    "CN": (8, 0),
    "KR": (9, 0),
}
_RUSSIA: dict[int, str] = {
    2: "KGD",
    4: "AST SAM SAR UD ULY",
    5: "BA CHE KGN KHM ORE PER SVE TYU YAN",
    6: "OMS",
    7: "AL ALT KEM KK KYA NVS TOM TY",
    8: "BU IRK",
    9: "AMU SA ZAB",
    10: "KHA PRI YEV",
    11: "MAG SAK",
    12: "CHU KAM",
}
_EAST |= {f"RU-{subject}": (hours, 0) for hours, subjects in _RUSSIA.items() for subject in subjects.split()}


class Moment(StrEnum):
    """What can be said of a moment; the words are the page's."""

    OPEN = "open"
    TODAY = "today"
    LATER = "later"
    THIS_DAY = "this_day"
    NOT_SOON = "not_soon"
    NOT_STATED = "not_stated"


@dataclass(frozen=True)
class Opening:
    """Open every week on ``days`` (0 is Monday), or once on ``date``; both in the time of the place.

    No hours means that only the day is known. Closing at or before the opening hour falls on the next day. ``first``
    and ``last`` bound a weekly rule, both included.
    """

    days: frozenset[int] = frozenset()
    date: dt.date | None = None
    opens: dt.time | None = None
    closes: dt.time | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        if self.date is not None:
            return day == self.date
        return day.weekday() in self.days and (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True, order=True)
class Span:
    """One stretch of a day; without hours it is the whole day, and ``hours_said`` is false."""

    start: dt.datetime
    end: dt.datetime
    hours_said: bool = True


@dataclass(frozen=True)
class Situation:
    """A moment seen against the hours: ``at`` is when it closes (open) or opens next (today, later, this_day)."""

    moment: Moment
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Line:
    """Days of the week that share their hours; ``spans`` is empty where no hours are said."""

    days: tuple[int, ...]
    spans: tuple[tuple[dt.time, dt.time | None], ...]


def zone(codes: Iterable[str]) -> dt.timezone | None:
    """The zone of the first known ISO 3166 code (place first, country last); None where clocks change or are unknown."""
    for code in codes:
        if code in _EAST or (code.startswith("RU-") and code[3:]):
            hours, minutes = _EAST.get(code, (3, 0))
            return dt.timezone(dt.timedelta(hours=hours, minutes=minutes))
    return None


def local(instant: dt.datetime, codes: Iterable[str]) -> dt.datetime | None:
    """An aware instant as naive time of the place, or None where its zone is not known."""
    found = zone(codes)
    return instant.astimezone(found).replace(tzinfo=None) if found else None


def spans(openings: Iterable[Opening], day: dt.date) -> list[Span]:
    """The stretches that begin on a day, in order."""
    return sorted({_span(opening, day) for opening in openings if opening.covers(day)})


def situation(openings: Collection[Opening], now: dt.datetime) -> Situation:
    """What the hours say about ``now``, a naive time of the place."""
    if not openings:
        return Situation(Moment.NOT_STATED)
    today = now.date()
    around = [*spans(openings, today - dt.timedelta(days=1)), *spans(openings, today)]
    if open_now := [span for span in around if span.hours_said and span.start <= now < span.end]:
        return Situation(Moment.OPEN, _end_of_run(open_now, around))
    for span in _coming(openings, now):
        if not span.hours_said and span.start.date() == today:
            return Situation(Moment.THIS_DAY, span.start)
        return Situation(Moment.TODAY if span.start.date() == today else Moment.LATER, span.start)
    return Situation(Moment.NOT_SOON)


def open_on(openings: Iterable[Opening], day: dt.date) -> bool:
    return any(opening.covers(day) for opening in openings)


def week(openings: Iterable[Opening], today: dt.date) -> list[Line]:
    """The weekly hours in force on a day, days with the same hours together, the earliest day first."""
    by_day = {day: _hours_of(openings, day, today) for day in range(7)}
    lines: dict[tuple[tuple[dt.time, dt.time | None], ...], list[int]] = {}
    for day, hours in by_day.items():
        if hours is not None:
            lines.setdefault(hours, []).append(day)
    return [Line(tuple(days), hours) for hours, days in lines.items()]


def visits(openings: Iterable[Opening], today: dt.date) -> list[Opening]:
    """Single dates from today on, the next first."""
    coming = [opening for opening in openings if opening.date is not None and opening.date >= today]
    return sorted(coming, key=lambda opening: (opening.date or today, opening.opens or dt.time.min))


def runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """Days of the week as stretches: Monday to Wednesday and Friday are ``[(0, 2), (4, 4)]``."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _span(opening: Opening, day: dt.date) -> Span:
    if opening.opens is None:
        start = dt.datetime.combine(day, dt.time.min)
        return Span(start, start + dt.timedelta(days=1), hours_said=False)
    start = dt.datetime.combine(day, opening.opens)
    if opening.closes is None:
        return Span(start, dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min), hours_said=False)
    overnight = dt.timedelta(days=1 if opening.closes <= opening.opens else 0)
    return Span(start, dt.datetime.combine(day, opening.closes) + overnight)


def _end_of_run(open_now: list[Span], around: list[Span]) -> dt.datetime:
    """When it really closes: spans that touch or overlap are one."""
    end = max(span.end for span in open_now)
    for span in sorted(around):
        if span.hours_said and span.start <= end < span.end:
            end = span.end
    return end


def _coming(openings: Collection[Opening], now: dt.datetime) -> Iterator[Span]:
    """Stretches that begin after ``now``; a day without hours counts as long as it lasts."""
    for ahead in range(_AHEAD + 1):
        for span in spans(openings, now.date() + dt.timedelta(days=ahead)):
            if span.start > now or (not span.hours_said and span.end > now):
                yield span


def _hours_of(
    openings: Iterable[Opening], day: int, today: dt.date
) -> tuple[tuple[dt.time, dt.time | None], ...] | None:
    rules = [rule for rule in openings if rule.date is None and day in rule.days and _in_force(rule, today)]
    if not rules:
        return None
    hours = {(rule.opens, rule.closes) for rule in rules if rule.opens}
    return tuple(sorted(hours, key=lambda pair: (pair[0], pair[1] or dt.time.max)))


def _in_force(rule: Opening, today: dt.date) -> bool:
    return (rule.first or today) <= today <= (rule.last or today)
