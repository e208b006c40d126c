"""For which past time alimony may be recovered: before a claim, or before a writ was presented."""

import datetime as dt
from dataclasses import dataclass

from hamroh.kernel.law.dates import DAY, moved
from hamroh.kernel.law.grounds import Footing, Ground
from hamroh.kernel.law.packs import Role
from hamroh.kernel.law.reasons import Missing, Reason


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last day for which alimony may be recovered, both in, and what that rests on."""

    first: dt.date
    last: dt.date
    grounds: tuple[Ground, ...]


def before_claim(footing: Footing, claim: dt.date, *, took_steps: bool | None, evaded: bool | None) -> Window:
    """The past time that a claim may reach back to. Missing where it is not known, or not so, that she took steps and he evaded."""
    for held, code in ((took_steps, "steps_not_shown"), (evaded, "evasion_not_shown")):
        if not held:
            raise Missing(Reason(code))
    return _back(footing, Role.CLAIM_LOOKBACK, claim)


def before_writ(footing: Footing, presented: dt.date, due_from: dt.date, *, fault: bool | None) -> Window:
    """The past time that a writ reaches back to when it is presented; without limit where the debtor was at fault.

    Missing where it is not stated whether he was.
    """
    if fault is None:
        raise Missing(Reason("fault_not_stated"))
    if fault:
        return Window(due_from, presented - DAY, (footing.rule(Role.FAULT, presented),))
    window = _back(footing, Role.WRIT_LOOKBACK, presented)
    return Window(max(window.first, due_from), window.last, window.grounds)


def _back(footing: Footing, role: Role, day: dt.date) -> Window:
    ground = footing.rule(role, day, "lookback_years")
    return Window(moved(day, -12 * int(ground.value)), day - DAY, (ground,))
