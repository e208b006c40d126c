"""Whether a memorandum holds on a day, and why: signed or not, begun, run out, ended, replaced. Dates may be missing or known to the year only."""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a memorandum stands on a day."""

    HOLDS = "holds"
    HOLDS_UNDATED = "holds, no date is known"
    PERHAPS = "signed in that year or month, perhaps not yet on that day"
    UNSIGNED = "not signed"
    NOT_YET = "begins later"
    RUN_OUT = "run out"
    ENDED = "ended"
    RENEWED = "replaced by another one"

    @property
    def holds(self) -> bool:
        return self in (Standing.HOLDS, Standing.HOLDS_UNDATED)


@dataclass(frozen=True)
class Facts:
    """What is known: ``state`` is draft, signed, renewed or ended; ``signed`` is a partial date (``2023``, ``2023-05``, ``2023-05-02``) or empty."""

    state: str
    signed: str = ""
    begins: dt.date | None = None
    until: dt.date | None = None
    ended: dt.date | None = None


def standing(facts: Facts, on: dt.date) -> Standing:
    """How a memorandum stands on a day. What was ended or replaced stood until that day."""
    if facts.state == "draft" or (facts.state == "ended" and not (facts.signed or facts.begins or facts.ended)):
        return Standing.UNSIGNED
    if over := _over(facts, on):
        return over
    return _begun(facts, on)


def _over(facts: Facts, on: dt.date) -> Standing | None:
    if facts.until is not None and on > facts.until:
        return Standing.RUN_OUT
    if facts.state in ("ended", "renewed") and (facts.ended is None or on >= facts.ended):
        return Standing.ENDED if facts.state == "ended" else Standing.RENEWED
    return None


def _begun(facts: Facts, on: dt.date) -> Standing:
    if facts.begins is not None:
        return Standing.HOLDS if on >= facts.begins else Standing.NOT_YET
    if not facts.signed:
        return Standing.HOLDS_UNDATED
    first, last = bounds(facts.signed)
    if on < first:
        return Standing.NOT_YET
    return Standing.HOLDS if on >= last else Standing.PERHAPS


def bounds(partial: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that a partial date may mean. ValueError where there is no such day.

    >>> bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 0
    if len(parts) == 3:
        day = dt.date(year, month, parts[2])
        return day, day
    if not month:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
