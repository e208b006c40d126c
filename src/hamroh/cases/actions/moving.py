"""A case moves from state to state: the graph says where to, the guards what for, and closing takes two people."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases import guards
from hamroh.cases.actions.opening import AtRest, awake, monday_of
from hamroh.cases.models import Case, Move
from hamroh.cases.states import AT_REST, BY_OTHERS, CaseLife
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal

__all__ = ["AtRest", "CannotMove", "awake", "move"]

#: moves that say why, by where they lead; sending back from ``closing`` says it, too
ASKS_WORDS = ("on_hold", "closing", "reopened")


class CannotMove(Exception):
    """The move is not to be made now; ``args`` are what is missing or what happened, in words."""


MEANWHILE = _("Somebody moved this case meanwhile. Look at how far it is now.")
SAY_WHY = _("Say why, in a sentence.")
SECOND_PERSON = _("A supervisor other than the one who asked for it approves.")


@transaction.atomic
def move(*, actor: Any, case: Case, after: str, words: str = "", before: str = "") -> Case:
    """Move a case to the state ``after``; ``before`` is the state that the actor saw it in, if she saw one.

    Refused where she may not; CannotMove where something is missing, or somebody was faster.
    """
    policy.require(actor, verb_of(after), case)
    if after in BY_OTHERS:
        raise policy.Refused("nobody moves a case there by hand")
    fresh = Case.objects.select_related("organisation").get(pk=case.pk)
    _check(fresh, after, before or case.status, words, actor)
    _write(fresh, after)
    Move.objects.create(
        organisation_id=fresh.organisation_id,
        case=fresh,
        before=fresh.status,
        after=after,
        by=actor,
        words=words or None,
    )
    facts = {"before": fresh.status, "after": after}
    journal.record(actor=actor, verb="case.move", about=fresh, facts=facts)
    case.refresh_from_db(fields=["status", "closed_week", "changed_at"])
    return case


def _check(fresh: Case, after: str, seen: str, words: str, actor: Any) -> None:
    """Raise CannotMove with everything that stands against the move."""
    if fresh.status != seen:
        raise CannotMove(MEANWHILE)
    try:
        CaseLife.check(fresh.status, after)
    except MoveRefused:
        raise CannotMove(MEANWHILE) from None
    lacking = [guard.missing for guard in guards.missing(fresh, after)]
    if asks_words(fresh.status, after) and not words.strip():
        lacking.append(SAY_WHY)
    if after == "closed" and who_asked(fresh) == actor.pk:
        lacking.append(SECOND_PERSON)
    if lacking:
        raise CannotMove(*lacking)


def _write(fresh: Case, after: str) -> None:
    """The new state, unless somebody was faster within this very moment."""
    now = timezone.now()
    week = monday_of(local_date(now, fresh.organisation)) if after in AT_REST else None
    kept = Case.objects.filter(pk=fresh.pk, status=fresh.status)
    if not kept.update(status=after, changed_at=now, closed_week=week):
        raise CannotMove(MEANWHILE)


def verb_of(after: str) -> str:
    """What somebody must be allowed to make the move."""
    return "case.approve" if after == "closed" else "case.write"


def asks_words(before: str, after: str) -> bool:
    return after in ASKS_WORDS or (before == "closing" and after == "active")


def who_asked(case: Case) -> Any:
    """The id of who asked last that the case be closed."""
    rows = Move.objects.filter(case=case, after="closing").order_by("-made_at")
    return rows.values_list("by_id", flat=True).first()
