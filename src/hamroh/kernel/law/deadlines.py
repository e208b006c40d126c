"""Deadlines from a rule and a base date: the last day, how it was counted, and a day to be reminded of it.

Where only the days of the week are known, or the rule of counting was seen by nobody, the deadline is no firm one and its reasons say so.
``falls_on`` is the day before any day off moves it: who acts by then is in time by every reading.
"""

import datetime as dt
from dataclasses import dataclass

from hamroh.kernel.law.calendars import Calendar, DayOff
from hamroh.kernel.law.dates import DAY, moved
from hamroh.kernel.law.grounds import Footing, Ground
from hamroh.kernel.law.packs import Role
from hamroh.kernel.law.parameters import PERIODS, kinds
from hamroh.kernel.law.reasons import Missing, Reason, phrase
from hamroh.kernel.law.rules import Certainty, InForce, Limit, Rule, weakest

#: days before the last one on which a reminder is due at the latest
REMIND = 3
#: from such rules nothing is counted
UNFIT = frozenset({Limit.CONTRADICTED, Limit.HEADING, Limit.REPEALED})


@dataclass(frozen=True)
class Deadline:
    """The last day for something: ``falls_on`` as counted, ``last`` after days off moved it, ``remind`` at least three days before.

    ``firm`` is false where it may only be a reminder. ``reasons`` say step by step how it was counted and what is not known.
    """

    base: dt.date
    falls_on: dt.date
    last: dt.date
    remind: dt.date
    firm: bool
    certainty: Certainty | None
    grounds: tuple[Ground, ...]
    reasons: tuple[Reason, ...]


def deadline(footing: Footing, rule_id: str, base: dt.date, calendar: Calendar, *, parameter: str = "") -> Deadline:
    """The deadline that a rule sets after an event on the base date; ``parameter`` says which of several periods is meant.

    Missing where the rule's period is not known or no rule says how to count; ValueError where the
    rule has no such period.
    """
    ground = _period_of(footing, rule_id, parameter, base)
    counting = footing.rule(Role.COUNTING, base)
    count, unit = int(ground.value), kinds()[ground.about].unit
    falls_on = base + DAY * count if not PERIODS[unit] else moved(base, count * PERIODS[unit])
    days_off = _rolled_over(falls_on, calendar)
    last = falls_on + DAY * len(days_off)
    certainty = weakest([ground.certainty, counting.certainty, *(off.certainty for off in days_off)])
    reasons = [
        Reason("counted_from", {"day": f"{base + DAY}", "base": f"{base}"}),
        Reason(f"period/{unit}", {"count": str(count), "name": ground.names}),
        *_month_end(base, falls_on, unit),
        *(Reason("moved_by", {"day": f"{off.day}", "name": off.names}) for off in days_off),
        *_not_known(calendar, last, counting),
    ]
    grounds = (ground, counting, *(footing.behind(Role.DAYS_OFF) if days_off else ()))
    remind = min(falls_on, last - DAY * REMIND)
    open_ = ground.open or counting.open
    return Deadline(base, falls_on, last, remind, not open_, certainty, grounds, tuple(reasons))


def _period_of(footing: Footing, rule_id: str, parameter: str, day: dt.date) -> Ground:
    """The period of a rule as a ground whose ``about`` is the parameter; of a C rule or an unknown period a lawyer may state it."""
    rule = footing.book.on(rule_id, day)
    name = _parameter(rule, parameter)
    assumed = footing.assumed(rule.id, day) if rule.certainty is Certainty.C or not rule.knows(name) else None
    if rule.in_force(day) is not InForce.YES:
        raise Missing(Reason("not_sure_in_force", {"name": rule.names, "day": f"{day}"}))
    if unfit := rule.limits & UNFIT:
        raise Missing(*(Reason(limit, {"name": rule.names}) for limit in sorted(unfit)))
    if rule.knows(name):
        value = (assumed.value if assumed else "") or str(rule.parameters[name])
        return Ground(name, rule.certainty, rule, value, assumed)
    if assumed and assumed.value:
        return Ground(name, Certainty.C, rule, assumed.value, assumed)
    raise Missing(Reason("period_not_seen", {"name": rule.names}))


def _parameter(rule: Rule, parameter: str) -> str:
    periods = [name for name in rule.parameters if kinds()[name].unit in PERIODS]
    if parameter and parameter not in periods:
        raise ValueError(f"{rule.id} has no period {parameter!r}")
    if not parameter and len(periods) != 1:
        raise ValueError(f"{rule.id} has {len(periods)} periods: say which one is meant")
    return parameter or periods[0]


def _rolled_over(day: dt.date, calendar: Calendar) -> list[DayOff]:
    """The days off that a last day is moved over."""
    found: list[DayOff] = []
    while off := calendar.off(day + DAY * len(found)):
        found.append(off)
    return found


def _month_end(base: dt.date, falls_on: dt.date, unit: str) -> tuple[Reason, ...]:
    shortened = PERIODS[unit] and falls_on.day != base.day
    return (Reason("month_lacks_day", {"day": f"{falls_on}"}),) if shortened else ()


def _not_known(calendar: Calendar, last: dt.date, counting: Ground) -> list[Reason]:
    """What the count leaves open: holidays that are announced, a state without a table, a rule of counting that nobody saw."""
    found = []
    for holiday in calendar.movable(last.year):
        found.append(Reason("announced_yearly", {"name": holiday.names, "year": f"{last.year}"}))
    if counting.rule and counting.rule.knows("post_until_hour"):
        found.append(Reason("post_in_time", {"hour": str(counting.rule.parameters["post_until_hour"])}))
    if not calendar.known():
        found.append(Reason("no_calendar", {"state": phrase(f"state/{calendar.state}")}))
    if counting.open:
        found.append(Reason("reminder_only"))
    return found
