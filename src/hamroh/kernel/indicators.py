"""Sixteen figures by which work on cases is looked at: what each counts, over what, and what is missing. No clock, and no label.

They are those that programmes against violence usually look at. Where the file keeps less than a figure needs, the figure says so
and has no value: nothing is filled in.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

#: a plan is due so many days after a case is opened, a screen of danger brings a plan within so long
PLAN_WITHIN, AT_ONCE = dt.timedelta(days=14), dt.timedelta(hours=1)
#: somebody looks at high danger within so long
LOOK_WITHIN = dt.timedelta(hours=24)


class Shape(StrEnum):
    """How a figure reads: a count, a share of something, so many for one, or the middle of many."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    MIDDLE = "middle"


class Lack(StrEnum):
    """Why a figure has no value, or leaves something out."""

    NOTHING = "nothing"  #: nothing to be counted in this time
    NOT_KEPT = "not_kept"  #: the files do not keep it
    NOT_KNOWN = "not_known"  #: of some it is not known
    WEEKS = "weeks"  #: cases keep the week of their opening, not the day


@dataclass(frozen=True)
class CaseFacts:
    """What of one case is counted; ``last`` is the last day of the time. Moments are as the files keep them."""

    opened: dt.date
    closed: dt.date | None = None
    owner: object = None
    is_asked: bool = False
    planned: dt.date | None = None
    services: int = 0
    met: int = 0


@dataclass(frozen=True)
class Danger:
    """One screen of danger: when, how high, when a plan was there, whether somebody looked in time, when the next was due and came."""

    at: dt.datetime
    is_high: bool
    plan_at: dt.datetime | None = None
    looked_at: dt.datetime | None = None
    due: dt.date | None = None
    again: dt.date | None = None
    ended: dt.date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything of one organisation in a time from ``first`` to ``last``."""

    first: dt.date
    last: dt.date
    cases: Sequence[CaseFacts] = ()
    dangers: Sequence[Danger] = ()
    #: days that she waited before she told of each act; None where it is not known
    delays: Sequence[int | None] = ()
    #: of each referral that was sent: whether it was accepted, refused, or None: not answered yet
    referrals: Sequence[bool | None] = ()
    workers: int = 0
    supervisors: int = 0
    #: whether she was content, of each that was asked; None: it is not kept
    content: Sequence[bool] | None = None

    def within(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def carried(self) -> list[CaseFacts]:
        """Cases that were open on some day of the time."""
        return [
            each for each in self.cases if each.opened <= self.last and not (each.closed and each.closed < self.first)
        ]

    @property
    def begun(self) -> list[CaseFacts]:
        return [each for each in self.cases if self.within(each.opened)]

    @property
    def ended(self) -> list[CaseFacts]:
        return [each for each in self.cases if self.within(each.closed)]

    @property
    def still_open(self) -> list[CaseFacts]:
        return [each for each in self.carried if each.closed is None or each.closed > self.last]


@dataclass(frozen=True)
class Figure:
    """One figure: ``upper`` over ``lower`` where it is a share or a ratio; ``value`` None where there is none, and ``lacks`` say why."""

    code: str
    shape: Shape
    value: float | None
    upper: int | None = None
    lower: int | None = None
    lacks: tuple[Lack, ...] = field(default=())


def sixteen(facts: Facts) -> list[Figure]:
    """All of them, in their order."""
    return [make(code, facts) for code, make in FIGURES.items()]


def _count(code: str, found: Iterable[object], *lacks: Lack) -> Figure:
    number = len(list(found))
    return Figure(code, Shape.COUNT, number, number, None, lacks)


def _share(code: str, told: Iterable[bool], *lacks: Lack) -> Figure:
    said = list(told)
    if not said:
        return Figure(code, Shape.SHARE, None, 0, 0, (Lack.NOTHING, *lacks))
    return Figure(code, Shape.SHARE, sum(said) / len(said), sum(said), len(said), lacks)


def _ratio(code: str, upper: int, lower: int, *lacks: Lack) -> Figure:
    if not lower:
        return Figure(code, Shape.RATIO, None, upper, lower, (Lack.NOTHING, *lacks))
    return Figure(code, Shape.RATIO, upper / lower, upper, lower, lacks)


def _middle(code: str, found: Sequence[int], *lacks: Lack) -> Figure:
    if not found:
        return Figure(code, Shape.MIDDLE, None, None, 0, (Lack.NOTHING, *lacks))
    return Figure(code, Shape.MIDDLE, float(median(found)), None, len(found), lacks)


def _caseload(code: str, facts: Facts) -> Figure:
    return _ratio(code, sum(each.owner is not None for each in facts.still_open), facts.workers)


def _delay(code: str, facts: Facts) -> Figure:
    known = [each for each in facts.delays if each is not None]
    return _middle(code, known, *([Lack.NOT_KNOWN] if len(known) < len(facts.delays) else []))


def _plan_at_once(code: str, facts: Facts) -> Figure:
    high = [each for each in facts.dangers if each.is_high and facts.within(each.at.date())]
    return _share(code, (each.plan_at is not None and each.plan_at <= each.at + AT_ONCE for each in high))


def _looked(code: str, facts: Facts) -> Figure:
    high = [each for each in facts.dangers if each.is_high and facts.within(each.at.date())]
    return _share(code, (each.looked_at is not None and each.looked_at <= each.at + LOOK_WITHIN for each in high))


def _planned(code: str, facts: Facts) -> Figure:
    """Of cases that were opened long enough ago for a plan to be due in the time."""
    due = [each for each in facts.cases if facts.within(each.opened + PLAN_WITHIN)]
    return _share(
        code, (each.planned is not None and each.planned <= each.opened + PLAN_WITHIN for each in due), Lack.WEEKS
    )


def _followed(code: str, facts: Facts) -> Figure:
    """Screens whose next asking fell due in the time: asked again by then. A case that was closed before is left out."""
    due = [
        each for each in facts.dangers
        if each.due is not None and facts.within(each.due) and not (each.ended and each.ended <= each.due)
    ]  # fmt: skip
    return _share(code, (each.again is not None and each.due is not None and each.again <= each.due for each in due))


def _open_to_close(code: str, facts: Facts) -> Figure:
    days = [(each.closed - each.opened).days for each in facts.ended if each.closed is not None]
    return _middle(code, days, Lack.WEEKS)


def _satisfied(code: str, facts: Facts) -> Figure:
    if facts.content is None:
        return Figure(code, Shape.SHARE, None, None, None, (Lack.NOT_KEPT,))
    return _share(code, facts.content)


def _answered(code: str, facts: Facts) -> Figure:
    said = [each for each in facts.referrals if each is not None]
    return _share(code, said, *([Lack.NOT_KNOWN] if len(said) < len(facts.referrals) else []))


def _closed(code: str, facts: Facts) -> Figure:
    ended = set(map(id, facts.ended))
    return _share(code, (id(each) in ended for each in facts.carried))


#: in the order in which a board shows them
FIGURES: dict[str, Callable[[str, Facts], Figure]] = {
    "cases": lambda code, facts: _count(code, facts.carried, Lack.WEEKS),
    "incidents": lambda code, facts: _count(code, facts.delays),
    "delay": _delay,
    "asked": lambda code, facts: _share(code, (each.is_asked for each in facts.begun)),
    "plan_at_once": _plan_at_once,
    "planned": _planned,
    "looked": _looked,
    "helped": lambda code, facts: _share(code, (each.services > 0 for each in facts.carried)),
    "referred": lambda code, facts: _ratio(code, len(facts.referrals), len(facts.carried)),
    "accepted": _answered,
    "followed": _followed,
    "open_to_close": _open_to_close,
    "closed": _closed,
    "satisfied": _satisfied,
    "load": _caseload,
    "supervised": lambda code, facts: _ratio(code, facts.workers, facts.supervisors),
}
