"""How far a project is: its status from its dates, and what its indicators say against what was planned. Every answer carries its reasons."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

#: a project whose end nobody wrote down is not taken to run for longer than this
LONGEST_YEARS = 5
#: who has reached this part of what the time so far would ask for is still on the way
_FAIR = Decimal("0.8")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Reason:
    """Why: a code that the page says in words, with the date or figures that it is about."""

    code: str
    of: str = ""
    than: str = ""


def first_day(partial: str) -> dt.date | None:
    """The first day of ``2014``, ``2014-03`` or ``2014-03-18``; None where nothing is known."""
    if not partial:
        return None
    year, month, day = (*map(int, partial.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def last_day(partial: str) -> dt.date | None:
    """The last day of a date that may be known to the month or year only."""
    if not partial:
        return None
    parts = tuple(map(int, partial.split("-")))
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Dates:
    """What is written of a project's time; each may be known to the month or year only, or not at all."""

    starts_planned: str = ""
    ends_planned: str = ""
    starts: str = ""
    ends: str = ""
    stopped: str = ""

    @property
    def first(self) -> str:
        return self.starts or self.starts_planned

    @property
    def last(self) -> str:
        return self.stopped or self.ends or self.ends_planned


@dataclass(frozen=True)
class Status:
    """``name`` is pipeline, active, finalisation, closed, cancelled or unknown."""

    name: str
    reasons: tuple[Reason, ...]


def status(facts: Dates, today: dt.date) -> Status:
    """Where a project stands today. What is only planned never counts as done."""
    for rule in (_stopped, _ended, _begun, _not_begun):
        if (found := rule(facts, today)) is not None:
            return found
    return Status("unknown", (Reason("no_dates"),))


def _stopped(facts: Dates, today: dt.date) -> Status | None:
    day = first_day(facts.stopped)
    return Status("cancelled", (Reason("stopped", facts.stopped),)) if day and day <= today else None


def _ended(facts: Dates, today: dt.date) -> Status | None:
    day = last_day(facts.ends)
    return Status("closed", (Reason("ended", facts.ends),)) if day and day < today else None


def _begun(facts: Dates, today: dt.date) -> Status | None:
    begun = first_day(facts.starts)
    if begun is None or begun > today:
        return None
    since, planned = Reason("begun", facts.starts), last_day(facts.ends_planned)
    if last_day(facts.ends):
        return Status("active", (since, Reason("ends_later", facts.ends)))
    if planned is None:
        long_ago = today.year - begun.year > LONGEST_YEARS
        return Status("unknown" if long_ago else "active", (since, Reason("no_end")))
    if planned < today:
        return Status("finalisation", (since, Reason("end_passed", facts.ends_planned)))
    return Status("active", (since, Reason("ends_planned", facts.ends_planned)))


def _not_begun(facts: Dates, today: dt.date) -> Status | None:
    if facts.starts:
        return Status("pipeline", (Reason("begins", facts.starts),))
    planned, over = first_day(facts.starts_planned), last_day(facts.ends_planned)
    if planned and planned > today:
        return Status("pipeline", (Reason("begins", facts.starts_planned),))
    if over and over < today:
        return Status("unknown", (Reason("never_told", facts.ends_planned),))
    if planned:
        return Status("pipeline", (Reason("start_passed", facts.starts_planned),))
    return Status("pipeline", (Reason("ends_planned", facts.ends_planned),)) if over else None


@dataclass(frozen=True)
class Part:
    """A figure of a period: of the whole where ``of`` is empty, otherwise of a part such as ``(("sex", "f"),)``."""

    value: Decimal | None
    of: tuple[tuple[str, str], ...] = ()
    at_least: bool = False
    approved: bool = True


@dataclass(frozen=True)
class Span:
    """A period of an indicator; ``missing`` says that somebody wrote why no figure comes."""

    starts: dt.date
    ends: dt.date
    target: Decimal | None = None
    parts: tuple[Part, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Aim:
    """How an indicator is read."""

    measure: str = "number"
    direction: str = "up"
    aggregation: str = "sum"
    baseline: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """The one figure of several parts, and why it is that one; ``value`` is None where there is none."""

    value: Decimal | None
    at_least: bool = False
    reason: Reason | None = None


@dataclass(frozen=True)
class Progress:
    """``verdict`` is reached, on_the_way, behind, missed, unknown or not_begun; ``percent`` is of the way from baseline to target."""

    verdict: str
    value: Decimal | None = None
    target: Decimal | None = None
    percent: Decimal | None = None
    at_least: bool = False
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Span, ...] = ()


def figure_of(parts: Sequence[Part], *, adds: bool) -> Figure:
    """The figure of a period: that of the whole; or its parts added, where they are of one kind, apart from each other, and may be added."""
    told = [part for part in parts if part.value is not None]
    for part in told:
        if not part.of:
            return Figure(part.value, part.at_least)
    if not told:
        return Figure(None)
    names, keys = {tuple(name for name, _code in part.of) for part in told}, {part.of for part in told}
    if not adds or len(names) > 1 or len(keys) < len(told):
        return Figure(None, reason=Reason("only_parts"))
    value = sum((part.value for part in told if part.value is not None), Decimal(0))
    return Figure(value, any(part.at_least for part in told), Reason("parts_added", str(len(told))))


def progress(aim: Aim, spans: Sequence[Span], today: dt.date) -> Progress:
    """How far an indicator is today, over the periods that have begun."""
    begun = sorted((span for span in spans if span.starts <= today), key=lambda span: (span.starts, span.ends))
    if not begun:
        return Progress("not_begun", reasons=(Reason("no_period"),) if not spans else (Reason("begins_later"),))
    if aim.measure == "words":
        return Progress("unknown", reasons=(Reason("in_words"),), missing=_lacking(begun, today))
    adds = aim.measure == "number" and aim.aggregation == "sum"
    figures = [figure_of([part for part in span.parts if part.approved], adds=adds) for span in begun]
    value, target, used = _together(aim, begun, figures)
    reasons = _reasons(aim, begun, figures)
    missing = _lacking(begun, today)
    if value is None or target is None:
        lacking = Reason("no_figure") if value is None else Reason("no_target")
        return Progress("unknown", value, target, reasons=(lacking, *reasons), missing=missing)
    at_least = any(figure.at_least for figure in figures)
    verdict, percent = _judged(aim, value, target, used, today)
    return Progress(verdict, value, target, percent, at_least, reasons, missing)


def _together(
    aim: Aim, begun: Sequence[Span], figures: Sequence[Figure]
) -> tuple[Decimal | None, Decimal | None, Sequence[Span]]:
    """The figure and the target of all periods that have begun, and which those were."""
    known = [(span, figure.value) for span, figure in zip(begun, figures, strict=True) if figure.value is not None]
    if aim.aggregation == "sum" and aim.measure == "number":
        targets = [span.target for span in begun if span.target is not None]
        return (
            sum((value for _span, value in known), Decimal(0)) if known else None,
            sum(targets, Decimal(0)) if targets else None,
            begun,
        )
    if not known:
        return None, next((span.target for span in reversed(begun) if span.target is not None), None), begun
    if aim.aggregation == "average":
        targets = [span.target for span, _value in known if span.target is not None]
        mean = sum((value for _span, value in known), Decimal(0)) / len(known)
        return mean, sum(targets, Decimal(0)) / len(targets) if targets else None, [span for span, _value in known]
    span, value = known[-1]
    return value, span.target, [span]


def _judged(
    aim: Aim, value: Decimal, target: Decimal, used: Sequence[Span], today: dt.date
) -> tuple[str, Decimal | None]:
    down = aim.direction == "down"
    reached = value <= target if down else value >= target
    summed = aim.aggregation == "sum" and aim.measure == "number"
    base = Decimal(0) if summed or aim.baseline is None else aim.baseline
    whole = target - base
    percent = (value - base) / whole * _HUNDRED if whole and (not down or aim.baseline is not None) else None
    if reached:
        return "reached", percent
    if used[-1].ends < today:
        return "missed", percent
    if percent is None:
        return "behind", percent
    return ("on_the_way" if percent >= _FAIR * _elapsed(used, today) * _HUNDRED else "behind"), percent


def _elapsed(used: Sequence[Span], today: dt.date) -> Decimal:
    """Which part of the time of these periods is over."""
    days = sum((span.ends - span.starts).days + 1 for span in used)
    over = sum((min(span.ends, today) - span.starts).days + 1 for span in used)
    return Decimal(over) / Decimal(days)


def _reasons(aim: Aim, begun: Sequence[Span], figures: Sequence[Figure]) -> tuple[Reason, ...]:
    own = dict.fromkeys(figure.reason for figure in figures if figure.reason)
    waiting = sum(not part.approved for span in begun for part in span.parts)
    return (
        *own,
        *([Reason("not_approved", str(waiting))] if waiting else []),
        *([Reason("not_put_together")] if aim.aggregation == "none" and len(begun) > 1 else []),
    )


def _lacking(begun: Sequence[Span], today: dt.date) -> tuple[Span, ...]:
    """Periods that are over, have no figure, and of which nobody said why."""
    return tuple(span for span in begun if span.ends < today and not span.parts and not span.missing)
