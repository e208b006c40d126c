"""What may be shown to whom: staff see everything with its marks; a document and the public see only what somebody has seen.

The answer says yes or no and why; the reasons beside a yes are marks that must stand beside what is shown.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hamroh.kernel.law.grounds import Ground
from hamroh.kernel.law.reasons import Reason
from hamroh.kernel.law.rules import Certainty, InForce, Limit, Rule


class Audience(StrEnum):
    """Who reads it: a worker at her desk, a court or an office (a printed document), anybody (a public page)."""

    STAFF = "staff"
    DOCUMENT = "document"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Showing:
    """Whether it may be shown; ``refused`` says why not, ``marks`` what must be said beside it."""

    refused: tuple[Reason, ...]
    marks: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        return not self.refused


def shown(rule: Rule, audience: Audience, on: dt.date) -> Showing:
    """Whether a rule may be shown to somebody on a day."""
    showing = _as_ground(rule, audience, on)
    if audience is Audience.STAFF or Limit.REPEALED in rule.limits or rule.in_force(on) is InForce.YES:
        return showing
    return Showing((*showing.refused, Reason("not_in_force", {"name": rule.names})), showing.marks)


def resting(grounds: Iterable[Ground], audience: Audience, on: dt.date) -> Showing:
    """Whether what rests on these grounds may be shown: what a lawyer states under her name may stand in a document, not before the public."""
    refused: list[Reason] = []
    marks: list[Reason] = []
    for ground in grounds:
        showing = _of_ground(ground, audience, on)
        refused += [reason for reason in showing.refused if reason not in refused]
        marks += [reason for reason in showing.marks if reason not in marks]
    return Showing(tuple(refused), tuple(marks))


def _of_ground(ground: Ground, audience: Audience, on: dt.date) -> Showing:
    if ground.assumed and ground.assumed.stated:
        answered = Reason("answered_for", {"name": ground.names, "by": ground.assumed.by})
        return Showing((answered,) if audience is Audience.PUBLIC else (), (answered,))
    if ground.rule:  # whether it was in force on the days of its lines was asked when they were worked out
        return _as_ground(ground.rule, audience, on)
    if ground.certainty is Certainty.C:
        chosen = Reason("nobody_answers", {"name": ground.names})
        return Showing(() if audience is Audience.STAFF else (chosen,), (chosen,))
    return Showing((), ())


def _as_ground(rule: Rule, audience: Audience, on: dt.date) -> Showing:
    return Showing(() if audience is Audience.STAFF else tuple(_against(rule)), tuple(_marks(rule, on)))


def _against(rule: Rule) -> Iterator[Reason]:
    """Why a rule may not leave the desk."""
    name = {"name": rule.names}
    if rule.certainty is Certainty.C:
        yield Reason("nobody_answers" if Limit.OURS in rule.limits else "not_seen", name)
    for limit in (Limit.CONTRADICTED, Limit.HEADING, Limit.REPEALED):
        if limit in rule.limits:
            yield Reason(limit, name)


def _marks(rule: Rule, on: dt.date) -> Iterator[Reason]:
    """What must be said beside a rule."""
    name = {"name": rule.names}
    if rule.certainty is Certainty.C:
        yield Reason("to_verify", name)
    if rule.certainty is Certainty.B and rule.source:
        yield Reason("said_by", {**name, "source": rule.source.title})
    if rule.stale(on):
        yield Reason("stale", {**name, "day": f"{rule.review}"})
    if Limit.PAIR in rule.limits:
        yield Reason("pair", name)
