"""What screens say about retention: reasons, grounds, periods, outcomes. Reasons are chosen, never typed, so that no line names anybody."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hamroh.kernel.retention import Event, Unit
from hamroh.vault.actions.retention import (
    IS_HELD,
    NOT_DUE,
    NOTHING_LEFT,
    OPEN_QUESTION,
    OUT_OF_BOUNDS,
    PAST,
    PROPOSED,
    SAME_PERSON,
    TOO_EARLY,
    TOO_MANY,
)
from hamroh.vault.models import Hold, Release, ReleaseLine

#: why a record is kept beyond its time
WHY = {
    "court": _("A court or an authority needs it"),
    "complaint": _("A complaint or an inquiry is open"),
    "claim": _("A claim of hers can still be made"),
    "needed": _("It is still worked with"),
    "wish": _("She wishes that it is kept"),
    "audit": _("An audit is under way"),
}
#: why an organisation chooses another period
WHY_PERIOD = {
    "law": _("The law asks for it"),
    "counsel": _("Our lawyer advises it"),
    "donor": _("An agreement with a donor asks for it"),
    "mistake": _("A mistake is put right"),
}
SORTS = {Hold.HELD: _("held"), Hold.OBJECTION: _("the owner objects"), Hold.LONGER: _("kept longer")}
GROUNDS = {Release.DUE: _("The period is over"), Release.ASKED: _("She asks for it")}
EVENTS = {
    Event.CLOSED: _("%(length)s after the record is closed"),
    Event.BORN: _("%(length)s after the birth of the child"),
    Event.MADE: _("%(length)s after the record is made"),
}
OUTCOMES = {
    ReleaseLine.ERASED: _("erased"),
    ReleaseLine.HELD: _("kept: somebody holds it"),
    ReleaseLine.CHANGED: _("kept: it changed since it was proposed"),
    ReleaseLine.GONE: _("was gone before"),
    ReleaseLine.STUCK: _("kept: something else still needs it"),
}
FAULTS = {
    SAME_PERSON: _("You proposed it, so somebody else must release it."),
    TOO_EARLY: _("The owners can still object. Come back on the day that is shown."),
    NOTHING_LEFT: _("Nothing is left to do here: somebody else was faster, or all of it is held."),
    PROPOSED: _("One of these records is proposed already."),
    NOT_DUE: _("One of these records is not due, or was opened again."),
    IS_HELD: _("One of these records is held. Who holds it lifts that first."),
    OPEN_QUESTION: _("An emergency opening of one of these records waits for its review."),
    TOO_MANY: _("These are too many at once. Choose at most 200."),
    OUT_OF_BOUNDS: _("This is too short or too long. Choose a length within the bounds."),
    PAST: _("This day is over. Choose a later one."),
}


def length_said(unit: str, length: int) -> str:
    """A length in words: whole years where it is some."""
    if unit == Unit.DAYS:
        return ngettext("%(count)d day", "%(count)d days", length) % {"count": length}
    if length and length % 12 == 0:
        return ngettext("%(count)d year", "%(count)d years", length // 12) % {"count": length // 12}
    return ngettext("%(count)d month", "%(count)d months", length) % {"count": length}


def rule_said(rule: str) -> Any:
    """A rule as a release keeps it, ``closed 60 months``, in words."""
    event, length, unit = rule.split(" ")
    return EVENTS[Event(event)] % {"length": length_said(unit, int(length))}
