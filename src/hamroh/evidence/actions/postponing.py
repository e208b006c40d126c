"""What changes about a round while it is open: its last day, who reviews, who is reminded."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, RecordGrant
from hamroh.accounts.policy.facts import kind_of
from hamroh.accounts.zones import local_date
from hamroh.evidence import notices
from hamroh.evidence.actions.reviewing import ReviewRefused, ends_at
from hamroh.evidence.models import Edition, Reviewer, Round
from hamroh.vault import journal

#: reviewers who have not finished are reminded so many days before the last one
REMINDED_BEFORE = dt.timedelta(days=3)
LONGEST_REASON = 500


@transaction.atomic
def move_deadline(*, actor: Any, round: Round, deadline_date: dt.date, reason: str) -> Round:  # noqa: A002 - the field's term
    """Move the last day of an open round, also of one whose day is over: what was lent is lent until then, and its reviewers are told."""
    policy.require(actor, "evidence.hold_round", round)
    held = _open(round)
    if deadline_date <= local_date(timezone.now(), held.edition.organisation):
        raise ReviewRefused(_("Choose a day that is yet to come."))
    if deadline_date == held.deadline_date:
        raise ReviewRefused(_("That is its last day already."))
    if not (said := reason.strip()[:LONGEST_REASON]):
        raise ReviewRefused(_("Say why the day is moved: the reviewers read it."))
    moved = {"from": held.deadline_date.isoformat(), "to": deadline_date.isoformat(), "reason": said}
    held.deadline_date, held.moves = deadline_date, [*held.moves, moved]
    held.save(update_fields=["deadline_date", "moves"])
    Reviewer.objects.filter(round=held).update(reminded_at=None)
    _grants(held.edition, held.reviewers.values("user")).update(ends_at=ends_at(held))
    facts = {"round": held.number, "from": moved["from"], "until": moved["to"]}
    journal.record(actor=actor, verb="evidence.move_deadline", about=held.edition, facts=facts)
    policy.forget()
    notices.tell([each.user for each in _still_reading(held)], Notice.About.ROUND, held.edition)
    return held


@transaction.atomic
def excuse(*, actor: Any, reviewer: Reviewer) -> None:
    """Excuse somebody from an open round: what was lent is taken back at once, what they said stays. They can be asked again."""
    policy.require(actor, "evidence.hold_round", reviewer)
    held = _open(reviewer.round)
    if not Reviewer.objects.filter(pk=reviewer.pk, excused_at=None).update(excused_at=timezone.now()):
        return
    grants = _grants(held.edition, [reviewer.user_id])
    for grant in list(grants):
        journal.record(actor=actor, verb="access.take_back", about=held.edition, facts={"grant": str(grant.pk)})
    grants.update(revoked_at=timezone.now())
    facts = {"round": held.number, "user": str(reviewer.user_id)}
    journal.record(actor=actor, verb="evidence.excuse_reviewer", about=held.edition, facts=facts)
    policy.forget()


def remind() -> int:
    """Remind once, some days before the last one, whoever was asked and has not finished; says how many."""
    told = 0
    near = timezone.localdate() + REMINDED_BEFORE + dt.timedelta(days=1)
    for held in Round.objects.filter(state="open", deadline_date__lte=near).select_related("edition__organisation"):
        days = held.deadline_date - local_date(timezone.now(), held.edition.organisation)
        if dt.timedelta(0) <= days <= REMINDED_BEFORE:
            told += _remind(held)
    return told


@transaction.atomic
def _remind(held: Round) -> int:
    waiting = [each for each in _still_reading(held) if each.reminded_at is None]
    notices.tell([each.user for each in waiting], Notice.About.ROUND, held.edition)
    Reviewer.objects.filter(pk__in=[each.pk for each in waiting]).update(reminded_at=timezone.now())
    return len(waiting)


def _still_reading(held: Round) -> list[Reviewer]:
    rows = held.reviewers.filter(finished_at=None, excused_at=None, user__is_active=True)
    return list(rows.select_related("user"))


def _open(round: Round) -> Round:  # noqa: A002 - the field's term
    """The round as it is, locked with its edition."""
    edition = Edition.objects.select_for_update().select_related("organisation").get(pk=round.edition_id)
    held = Round.objects.get(pk=round.pk)
    if held.state != "open":
        raise ReviewRefused(_("This round has ended. Open the next one."))
    held.edition = edition
    return held


def _grants(edition: Edition, users: Any) -> Any:
    """What is lent of the edition to these people now."""
    kind, pk = kind_of(edition), str(edition.pk)
    return RecordGrant.objects.filter(record_kind=kind, record_id=pk, to_user__in=users, revoked_at=None)
