"""What must be there before a case moves on: each guard reads one fact of the case, and says in words what is missing.

Another part of the room hands over how its fact is read with ``hand_over``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamroh.cases.models import Case, Need, Purpose, Risk
from hamroh.cases.selectors.conflicts import open_conflict
from hamroh.cases.selectors.consents import consent_of

Fact = Callable[[Case], bool]


@dataclass(frozen=True)
class Guard:
    """``code`` names the fact; ``missing`` is what somebody reads who cannot move the case without it."""

    code: str
    missing: Any


CONSENT = Guard("consent", _("Her consent that we work on her case, given and not past its day"))
RISK = Guard("risk", _("The questions about her safety"))
#: said without a word of a conflict: who is shut out of the other file learns nothing of it
NO_CONFLICT = Guard("no_conflict", _("A word of your supervisor: ask her"))
GOAL = Guard("goal", _("A plan with at least one goal in her words"))
OUTCOMES = Guard("outcomes", _("What became of each goal"))

_BEGUN, _PLANNED = (CONSENT, RISK, NO_CONFLICT), (CONSENT, RISK, NO_CONFLICT, GOAL)
#: the state that a move leads to: what it asks for. That closing is approved by a second person stands in ``actions.moving``.
ASKED: dict[str, tuple[Guard, ...]] = {
    "intake": (CONSENT,),
    "assessed": _BEGUN,
    "planned": _PLANNED,
    "active": _PLANNED,
    "on_hold": (),
    "closing": (NO_CONFLICT, OUTCOMES),
    "closed": (NO_CONFLICT, OUTCOMES),
    "reopened": (),
    "transferred": (),
}


def has_consent(case: Case) -> bool:
    """She herself said yes to the service, and it stands today."""
    return consent_of(case=case, purpose=Purpose.SERVICE) is not None


def has_a_goal(case: Case) -> bool:
    return Need.objects.filter(case=case, planned_date__isnull=False).exclude(outcome="dropped").exists()


def has_all_outcomes(case: Case) -> bool:
    """Every need that was planned for has an outcome; one that never got a goal is none."""
    return not Need.objects.filter(Q(planned_date__isnull=False), case=case, outcome="").exists()


_facts: dict[str, Fact] = {
    "consent": has_consent,
    "risk": lambda case: case.risk != Risk.UNKNOWN,
    "no_conflict": lambda case: open_conflict(case) is None,
    "goal": has_a_goal,
    "outcomes": has_all_outcomes,
}


def hand_over(code: str, fact: Fact) -> None:
    """Called by the part of the room that keeps the fact, when it is loaded; KeyError for a guard that there is not."""
    if code not in _facts:
        raise KeyError(code)
    _facts[code] = fact


def missing(case: Case, after: str) -> list[Guard]:
    """What the case lacks to move to a state."""
    return [guard for guard in ASKED[after] if not _facts[guard.code](case)]


def missing_each(case: Case, states: list[str]) -> dict[str, list[Guard]]:
    """The same for several states; each fact is read once."""
    wanted = {guard.code: guard for state in states for guard in ASKED[state]}
    lacking = {code for code in wanted if not _facts[code](case)}
    return {state: [guard for guard in ASKED[state] if guard.code in lacking] for state in states}
