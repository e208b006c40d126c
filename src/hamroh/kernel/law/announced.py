"""Days off as a state announced them for one year: its movable holidays, and days that it moved."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hamroh.kernel.law.rules import Certainty

#: more days than any state ever announced for one year
MOST = 60


@dataclass(frozen=True, slots=True)
class Announced:
    """One official decision about a year. ``holidays`` are days by the English name of a movable holiday of the table.

    ``off`` are further days off, such as those that were moved; on ``working`` people work although it is a day of rest. A decision
    is A or B: whoever enters it has seen it, or somebody named states it. ValueError where its days cannot be so.
    """

    state: str
    year: int
    source: str
    certainty: Certainty
    holidays: tuple[tuple[str, dt.date], ...] = ()
    off: tuple[dt.date, ...] = ()
    working: tuple[dt.date, ...] = ()

    def __post_init__(self) -> None:
        days = [*(day for _name, day in self.holidays), *self.off, *self.working]
        if not days or len(days) > MOST:
            raise ValueError(f"a decision announces from 1 to {MOST} days")
        if wrong := [day for day in days if day.year != self.year]:
            raise ValueError(f"{wrong[0]} is no day of {self.year}")
        if both := sorted(set(self.working) & {*self.off, *(day for _name, day in self.holidays)}):
            raise ValueError(f"{both[0]} is a day off and a working day")
        if self.certainty is Certainty.C or not self.source:
            raise ValueError("a decision that nobody saw announces nothing: it needs its source")


def clash(told: Iterable[Announced], new: Announced) -> str:
    """What a further decision says that was announced already, or the other way round: a holiday or a day; empty where nothing is."""
    for each in told:
        if (each.state, each.year) != (new.state, new.year):
            continue
        names = {name for name, _day in each.holidays} & {name for name, _day in new.holidays}
        days = {*each.off, *each.working} & {*new.off, *new.working}
        if names or days:
            return min(names) if names else str(min(days))
    return ""
