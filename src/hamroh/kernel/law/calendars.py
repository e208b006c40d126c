"""Days off of a state: weekly rest, holidays by date, days that the government joins or moves, and what is not known of a year.

Holidays that are announced each year (Novruz, Ramazan, Qurban), and days that a government moves, are no data of the package: whoever
asks gives the official decisions.
"""

import datetime as dt
import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hamroh.kernel.datafiles import rows
from hamroh.kernel.law.announced import Announced
from hamroh.kernel.law.dates import DAY, PartialDate
from hamroh.kernel.law.reasons import phrase
from hamroh.kernel.law.rules import Certainty, weakest

TABLE = "law/holidays.csv"
#: the Cabinet moves a day off past other days off; no longer row is met
_AHEAD = 31


@dataclass(frozen=True)
class Holiday:
    """A line of the table: ``day`` is ``01-20`` each year, a date, the name of a week day, or empty where it is announced each year.

    ``moves`` says whether it leads to another day off where it falls on one.
    """

    state: str
    kind: str
    day: str
    last: str
    since: PartialDate | None
    until: PartialDate | None
    moves: bool
    certainty: Certainty
    source: str
    names: Mapping[str, str]

    def on(self, year: int) -> tuple[dt.date, ...]:
        """Its days in a year."""
        if self.kind == "block":
            first, last = dt.date.fromisoformat(self.day), dt.date.fromisoformat(self.last)
            return tuple(first + DAY * count for count in range((last - first).days + 1)) if first.year == year else ()
        day = dt.date.fromisoformat(f"{year}-{self.day}")
        begun, over = self.since and day < self.since.first, self.until and day > self.until.last
        return () if begun or over else (day,)


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is no working day, and how certain that is."""

    day: dt.date
    names: Mapping[str, str]
    certainty: Certainty


@dataclass(frozen=True)
class Calendar:
    """The days off of a state, with what it ``announced`` of single years."""

    state: str
    announced: tuple[Announced, ...] = ()

    def off(self, day: dt.date) -> DayOff | None:
        """Why a day is off, or None where it is a working day as far as is known."""
        if any(day in each.working for each in self._told):
            return None
        return _rest(self.state, day) or _year(self.state, day.year, self._told).get(day)

    def known(self) -> bool:
        """Whether anything is known of the state's days off."""
        return bool(_table(self.state, "weekly"))

    def movable(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of a year whose days are announced, and were not given."""
        given = {name for each in self._told for name, day in each.holidays if day.year == year}
        return tuple(each for each in _table(self.state, "movable") if each.names["en"] not in given)

    @property
    def _told(self) -> tuple[Announced, ...]:
        return tuple(each for each in self.announced if each.state == self.state)


def movable(state: str) -> tuple[Holiday, ...]:
    """The holidays of a state whose days are announced each year."""
    return _table(state, "movable")


@functools.cache
def holidays() -> tuple[Holiday, ...]:
    """The table of days off."""
    return tuple(
        Holiday(
            state=row["state"],
            kind=row["kind"],
            day=row["day"],
            last=row["last"],
            since=PartialDate.of(row["from"]) if row["from"] else None,
            until=PartialDate.of(row["to"]) if row["to"] else None,
            moves=row["moves"] == "yes",
            certainty=Certainty(row["certainty"]),
            source=row["source"],
            names={lang: row[lang] for lang in ("en", "tg", "az", "ru")},
        )
        for row in rows(TABLE)
    )


def _table(state: str, *kinds: str) -> tuple[Holiday, ...]:
    return tuple(each for each in holidays() if each.state == state and each.kind in kinds)


def _rest(state: str, day: dt.date) -> DayOff | None:
    for each in _table(state, "weekly"):
        if int(each.day) == day.isoweekday():
            return DayOff(day, each.names, each.certainty)
    return None


@functools.lru_cache(maxsize=256)
def _year(state: str, year: int, announced: tuple[Announced, ...]) -> Mapping[dt.date, DayOff]:
    """The holidays of a year and the days that make up for those that fall on a rest day or on each other."""
    found: dict[dt.date, DayOff] = {}
    owed: list[tuple[dt.date, DayOff]] = []
    years = (year - 1, year, year + 1)  # what falls on the last days of a year moves into the next one
    joined = {day for block in _table(state, "block") for each in years for day in block.on(each)}  # moved already
    joined |= {day for each in announced for day in each.off}
    worked = {day for each in announced for day in each.working}
    for day, off, moves in (holiday for each in years for holiday in _holidays(state, each, announced)):
        there = found.get(day) or _rest(state, day)
        found[day] = off
        if there and moves and day not in joined:
            owed.append((day, DayOff(day, off.names, weakest([off.certainty, there.certainty]) or off.certainty)))
    for day, off in sorted(owed, key=lambda each: each[0]):
        free = _next_working(state, day, found, worked)
        found[free] = DayOff(free, off.names, _making_up(state, off.certainty))
    return found


def _holidays(state: str, year: int, announced: Iterable[Announced]) -> list[tuple[dt.date, DayOff, bool]]:
    fixed = _table(state, "fixed", "block")
    days = [(day, DayOff(day, each.names, each.certainty), each.moves) for each in fixed for day in each.on(year)]
    names = {each.names["en"]: each.names for each in movable(state)}
    for decision in (each for each in announced if each.year == year):
        days += [
            (day, DayOff(day, names[name], decision.certainty), True)
            for name, day in decision.holidays
            if name in names
        ]
        days += [(day, DayOff(day, phrase("moved_day_off"), decision.certainty), False) for day in decision.off]
    return days


def _next_working(state: str, day: dt.date, found: Mapping[dt.date, DayOff], worked: Collection[dt.date]) -> dt.date:
    """The next working day; one on which people work although it is a day of rest is given to nobody as a day off."""
    ahead = (day + DAY * count for count in range(1, _AHEAD))
    return next(day for day in ahead if day not in found and day not in worked and not _rest(state, day))


def _making_up(state: str, certainty: Certainty) -> Certainty:
    """How certain a made-up day is: no more than the rule that moves it."""
    return weakest([certainty, *(each.certainty for each in _table(state, "moving"))]) or Certainty.C
