"""What editors see: their own organisation's units, who tells in them, and what of each is public and why."""

from typing import Any

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.archive.models import Moment, TeachingSet, Transcript, Unit, Voice
from hamroh.archive.selectors.facts import with_facts


def units(*, actor: Any, text: str = "", state: str = "") -> "QuerySet[Unit]":
    """Units on the desk, in the order of their codes."""
    rows = policy.visible(actor, "archive.see_draft", Unit.objects.select_related("organisation", "part_of"))
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(reference__icontains=text) | rows.filter(titles__icontains=text)
    return rows.order_by("organisation", "reference")


def unit(*, actor: Any, code: str, verb: str = "archive.see_draft") -> Unit:
    """One unit that somebody may work on; policy.Refused otherwise."""
    found, _decision = policy.fetch(actor, verb, with_facts(Unit.objects.filter(code=code)))
    return found  # type: ignore[no-any-return]


def wholes(*, actor: Any) -> "QuerySet[Unit]":
    """What a unit may lie in."""
    rows = policy.visible(actor, "archive.edit", Unit.objects.exclude(level="item"))
    return rows.exclude(state="erased").order_by("reference")


def voice(unit: Unit, pk: str) -> Voice | None:
    """A narrator of an item by the number in an address; None where there is none."""
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    return Voice.objects.filter(unit=unit, pk=pk).select_related("unit", "narrator").first()


def transcripts(unit: Unit) -> "QuerySet[Transcript]":
    return Transcript.objects.filter(unit=unit).order_by("-is_original", "lang")


def sets(*, actor: Any) -> "QuerySet[TeachingSet]":
    return policy.visible(actor, "archive.see_draft", TeachingSet.objects.all()).order_by("-changed_at")


def one_set(*, actor: Any, code: str, verb: str = "archive.edit") -> TeachingSet:
    found, _decision = policy.fetch(actor, verb, TeachingSet.objects.filter(code=code))
    return found  # type: ignore[no-any-return]


def moments(*, actor: Any) -> "QuerySet[Moment]":
    return policy.visible(actor, "archive.see_draft", Moment.objects.select_related("unit"))


def moment(*, actor: Any, pk: Any) -> Moment:
    found, _decision = policy.fetch(actor, "archive.edit", Moment.objects.filter(pk=pk))
    return found  # type: ignore[no-any-return]
