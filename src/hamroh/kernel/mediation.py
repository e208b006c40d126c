"""Whether she and he may be brought together to talk, and when coming back together counts as a success. No clock.

Who was hit does not bargain freely with who hit her: mediation is refused while the questions about danger find violence, are not
asked, or are past their day. The limits here are our own caution; no law is read into them.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hamroh.kernel.risk import Said, Tool

#: how long a screen that found violence stands against mediation, whatever she says after it: who is pressed takes words back
RECENT = dt.timedelta(days=180)
#: how long her written wish holds
WISH_HOLDS = dt.timedelta(days=90)
#: after how many months it is asked how it goes, once they are together again; success rests on the check of the third
CHECKED_AFTER = (1, 3, 6, 12)
DECIDING = 3
#: questions of the violence group that ask for no violence, and those of other groups that do
_NO_VIOLENCE, _VIOLENCE_TOO = {"pregnant"}, {"in_laws", "children_hurt"}


@dataclass(frozen=True)
class Screen:
    """One asking: which questions about violence were answered yes, and which stayed open.

    ``is_raised``: who asked judged the danger high though the answers do not say so.
    """

    at: dt.datetime
    due: dt.date
    violence: tuple[str, ...] = ()
    open_: tuple[str, ...] = ()
    is_raised: bool = False

    @property
    def is_positive(self) -> bool:
        return bool(self.violence) or self.is_raised


@dataclass(frozen=True)
class Wish:
    """That she asked for mediation in writing, all the same: when it was written down and by whom, when and by whom it was signed."""

    at: dt.datetime
    taken_by: object
    signed_at: dt.datetime | None = None
    signed_by: object = None


class Why(StrEnum):
    """What stands against mediation."""

    NOT_ASKED = "not_asked"
    PAST_DUE = "past_due"
    LEFT_OPEN = "left_open"
    VIOLENCE = "violence"
    RAISED = "raised"


#: what a signed wish lifts: to ask about danger anew is in our hands, and is not lifted
LIFTED = frozenset({Why.LEFT_OPEN, Why.VIOLENCE, Why.RAISED})


@dataclass(frozen=True)
class Gate:
    """Whether mediation may be held now, and everything that stands against it. ``by_wish``: only her signed wish opens it."""

    may: bool
    whys: tuple[Why, ...] = ()
    by_wish: bool = False


def asked_of_violence(tool: Tool) -> frozenset[str]:
    """The codes of the questions that ask for violence."""
    return frozenset(
        each.code
        for each in tool.questions
        if (each.group == "violence" and each.code not in _NO_VIOLENCE) or each.code in _VIOLENCE_TOO
    )


def violence_in(tool: Tool, answers: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the questions about violence, those answered yes and those left open, in the order of the tool."""
    asked = [each.code for each in tool.questions if each.code in asked_of_violence(tool)]
    said = {code: answers.get(code, Said.UNSAID) for code in asked}
    yes = tuple(code for code in asked if said[code] == Said.YES)
    return yes, tuple(code for code in asked if said[code] not in (Said.YES, Said.NO))


def gate(screens: Sequence[Screen], wishes: Iterable[Wish], *, now: dt.datetime, today: dt.date) -> Gate:
    """Whether mediation may be held. ``screens`` in any order; ``today`` is the day where she is."""
    if not screens:
        return Gate(may=False, whys=(Why.NOT_ASKED,))
    newest = max(screens, key=lambda screen: screen.at)
    recent = [screen for screen in screens if screen.is_positive and now - screen.at <= RECENT]
    found = {
        Why.PAST_DUE: newest.due < today,
        Why.LEFT_OPEN: bool(newest.open_),
        Why.VIOLENCE: any(screen.violence for screen in recent),
        Why.RAISED: any(screen.is_raised for screen in recent),
    }
    whys = tuple(why for why, stands in found.items() if stands)
    if not whys:
        return Gate(may=True)
    lifted = set(whys) <= LIFTED and any(holds(wish, recent, now=now) for wish in wishes)
    return Gate(may=lifted, whys=whys, by_wish=lifted)


def holds(wish: Wish, positive: Iterable[Screen], *, now: dt.datetime) -> bool:
    """Whether a wish opens the gate: signed by somebody else than who took it, after every screen that found violence, and not long ago."""
    if wish.signed_at is None or wish.signed_by is None or wish.signed_by == wish.taken_by:
        return False
    latest = max((screen.at for screen in positive), default=None)
    is_after = latest is None or (wish.at > latest and wish.signed_at > latest)
    return is_after and now - wish.signed_at <= WISH_HOLDS


# -- together again -------------------------------------------------------------------------------------------------


class Checked(StrEnum):
    """What a check found."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    APART = "apart"


@dataclass(frozen=True)
class Check:
    """One check: after how many months it is due, on which day, and what it found on which day."""

    month: int
    due: dt.date
    done: dt.date | None = None
    found: str = ""


def checks_from(began: dt.date) -> list[Check]:
    """The checks of a reunification that began on a day."""
    return [Check(month, months_after(began, month)) for month in CHECKED_AFTER]


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month: 30 November + 3 = 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def found_by(*, together: bool, violence: bool, screen: Screen) -> Checked:
    """What a check comes to: violence she tells of, or that the questions find, counts before all else."""
    if violence or screen.is_positive or screen.open_:
        return Checked.UNSAFE
    return Checked.SAFE if together else Checked.APART


def is_success(checks: Iterable[Check], *, harmed: dt.date | None = None, apart: dt.date | None = None) -> bool:
    """Whether a reunification counts as a success: the check of the third month was made on its day or later and found her safe,
    and nothing since the beginning, in a check or between them, found harm or that they parted.
    """
    made = [check for check in checks if check.done is not None]
    decided = any(
        check.month == DECIDING and check.found == Checked.SAFE and check.done is not None and check.done >= check.due
        for check in made
    )
    return decided and harmed is None and apart is None and all(check.found == Checked.SAFE for check in made)
