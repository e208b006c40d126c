"""What came in is looked at: it has issues, is mended with what stood before, approved or refused. Of two at once the second is told."""

import copy
import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts import actions as desk
from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.fieldwork import showing
from hamroh.fieldwork.models import ReviewLine, Submission
from hamroh.fieldwork.states import ReviewStates
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal, opening

#: days in which whoever sent it mends what has issues
TO_MEND = dt.timedelta(days=7)
#: states that are nothing without words
NEEDS_WORDS = ("has_issues", "rejected")


class NotReviewed(ValueError):
    """It cannot be said or mended so; the message can be shown."""


MEANWHILE = gettext_lazy("Somebody else has looked at it meanwhile. Read what was said, then decide.")


def mark_of(row: Submission) -> str:
    """What a form brings along, so that the second of two is told."""
    return row.changed_at.isoformat()


@transaction.atomic
def review(*, actor: Any, submission: Submission, after: str, words: str = "", seen: str = "") -> Submission:
    """Say what becomes of it. NotReviewed where that is no way from here, words lack, or it changed since ``seen``."""
    row = _held(actor, submission, seen)
    _move(row, after)
    if after in NEEDS_WORDS and not words.strip():
        raise NotReviewed(_("Say in a few words what is wrong, for whoever sent it."))
    _write(actor, row, after, words=words)
    journal.record(actor=actor, verb="submission.review", about=row, facts={"after": after})
    if after == "has_issues":
        _tell_sender(actor, row)
    return row


@transaction.atomic
def edit(*, actor: Any, submission: Submission, at: str, value: Any, reason: str, seen: str = "") -> Submission:
    """Put one answer right, with a reason; what was sent stays as it came, and what stood before is kept."""
    row = _held(actor, submission, seen)
    if not reason.strip():
        raise NotReviewed(_("Say why: what was sent is changed only with a reason."))
    answers = _answers(actor, row)
    place = showing.at_path(answers, at)
    if place is None:
        raise NotReviewed(_("There is no such answer in it."))
    within, key = place
    before = within.get(key)
    if before == value:
        raise NotReviewed(_("That is the answer already."))
    if row.state != "edited":
        _move(row, "edited")
    if value is None:
        within.pop(key, None)
    else:
        within[key] = value
    row.answers = answers
    _write(actor, row, "edited", words=reason, changes=[{"path": at, "before": before, "after": value}])
    journal.record(actor=actor, verb="submission.edit", about=row)
    return row


def _held(actor: Any, submission: Submission, seen: str) -> Submission:
    """The row as it stands now, for nobody else until the transaction ends."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related(
        "form", "organisation", "sent_by", "version"
    )
    row: Submission = rows.get(pk=submission.pk)
    policy.require(actor, "submission.review", row)
    if row.is_shut:
        raise NotReviewed(_("It is sealed to a key that is not here: open it first."))
    if seen and seen != mark_of(row):
        raise NotReviewed(str(MEANWHILE))
    return row


def _move(row: Submission, after: str) -> None:
    try:
        ReviewStates.check(row.state, after)
    except MoveRefused:
        raise NotReviewed(_("That was said of it already, or does not follow from here.")) from None
    row.state = after


def _answers(actor: Any, row: Submission) -> dict[str, Any]:
    decision = policy.require(actor, "submission.review", row)
    found = opening.open(row, "answers", decision=decision, purpose="mending")
    return copy.deepcopy(found) if isinstance(found, dict) else {}


def _write(actor: Any, row: Submission, state: str, *, words: str, changes: Any = None) -> None:
    row.changed_at = timezone.now()
    row.save()
    ReviewLine(
        organisation_id=row.organisation_id, submission=row, state=state, words=words.strip() or None, changes=changes,
        made_by=actor,
    ).save()  # fmt: skip


def _tell_sender(actor: Any, row: Submission) -> None:
    """Among the tasks of whoever sent it, where she may read it still."""
    sender = row.sent_by
    if sender is None or sender == actor or not sender.is_active or not policy.allowed(sender, "submission.read", row):
        return
    due = local_date(timezone.now(), row.organisation) + TO_MEND
    words = _("A form that you sent has issues")
    desk.add_task(actor=actor, organisation=row.organisation, words=words, due_date=due, record=row, assignee=sender)
