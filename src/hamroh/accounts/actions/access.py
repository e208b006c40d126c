"""Exceptions, record by record: lend and take back, shut out and let in, open in an emergency and review that."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import (
    BreakGlass,
    ConflictBlock,
    Membership,
    Notice,
    Organisation,
    RecordGrant,
    Role,
    User,
)
from hamroh.vault import journal

#: how long an emergency opening lasts, and how much must be said for it
LASTS, WORDS = dt.timedelta(hours=4), 20


class AccessRefused(ValueError):
    """What was asked cannot be; the message can be shown."""


@transaction.atomic
def lend(
    *,
    actor: Any,
    record: Any,
    organisation: Organisation,
    verbs: Iterable[str],
    ends_at: dt.datetime,
    user: User | None = None,
    consent_id: UUID | None = None,
) -> RecordGrant:
    """Lend a record to another organisation, or to one person there, for verbs that may be lent, until ``ends_at``."""
    facts = _facts(policy.require(actor, "access.grant", record), record)
    wanted = sorted(set(verbs))
    if not wanted or not all(verb in policy.VERBS and policy.VERBS[verb].grantable for verb in wanted):
        raise AccessRefused(_("This cannot be lent to another organisation."))
    if ends_at <= timezone.now() or organisation.pk == facts.organisation_id:
        raise AccessRefused(_("Choose another organisation and a day that is yet to come."))
    if user and not Membership.objects.current().filter(user=user, organisation=organisation).exists():
        raise AccessRefused(_("This person has no role in the organisation that you lend to."))
    grant = RecordGrant.objects.create(
        to_organisation=organisation, to_user=user, verbs=wanted, consent_id=consent_id, ends_at=ends_at,
        **_kept(facts),
    )  # fmt: skip
    told = {"grant": str(grant.pk), "to": str(organisation.pk), "verbs": wanted, "until": ends_at.isoformat()}
    journal.record(actor=actor, verb="access.grant", about=record, facts=told)
    policy.forget()
    return grant


@transaction.atomic
def take_back(*, actor: Any, record: Any, grant: RecordGrant) -> None:
    """End a loan at once; one that has ended stays as it is."""
    facts = _facts(policy.require(actor, "access.grant", record), record)
    rows = RecordGrant.objects.filter(pk=grant.pk, revoked_at__isnull=True, **_named(facts))
    if rows.update(revoked_at=timezone.now()):
        journal.record(actor=actor, verb="access.take_back", about=record, facts={"grant": str(grant.pk)})
    policy.forget()


@transaction.atomic
def shut_out(*, actor: Any, record: Any, user: User) -> None:
    """Shut somebody out of a record: from now on it does not exist for them, whatever roles they hold."""
    facts = _facts(policy.require(actor, "access.block", record), record)
    if user.pk == actor.pk:
        raise AccessRefused(_("Ask somebody else to shut you out: there would be nobody left to undo it."))
    _block, made = ConflictBlock.objects.get_or_create(user=user, **_named(facts))
    if made:
        journal.record(actor=actor, verb="access.block", about=record, facts={"user": str(user.pk)})
    policy.forget()


@transaction.atomic
def let_in(*, actor: Any, record: Any, user: User) -> None:
    """Undo ``shut_out``."""
    facts = _facts(policy.require(actor, "access.block", record), record)
    gone, _rows = ConflictBlock.objects.filter(user=user, **_named(facts)).delete()
    if gone:
        journal.record(actor=actor, verb="access.unblock", about=record, facts={"user": str(user.pk)})
    policy.forget()


@transaction.atomic
def break_glass(*, actor: Any, record: Any, reason: str, words: str) -> BreakGlass:
    """Open a record for reading in an emergency; its owner and who reviews it are told at once.

    The caller has made sure that the person has just shown who she is. While an opening lasts, a second one is the same.
    """
    facts = _facts(policy.require(actor, "access.break_glass", record), record)
    if reason not in BreakGlass.Reason.values or len(words.strip()) < WORDS:
        raise AccessRefused(_("Choose a reason and say in a sentence what happens: a supervisor will read it."))
    now = timezone.now()
    lasting: BreakGlass | None = BreakGlass.objects.filter(user=actor, ends_at__gt=now, **_named(facts)).first()
    if lasting is not None:
        return lasting
    glass = BreakGlass.objects.create(
        user=actor, reason=reason, words=words.strip(), opened_at=now, ends_at=now + LASTS, **_kept(facts)
    )  # fmt: skip
    journal.record(
        actor=actor, verb="access.break_glass", about=record, facts={"glass": str(glass.pk), "reason": reason}
    )
    _tell(facts, actor)
    policy.forget()
    return glass


@transaction.atomic
def review_glass(*, actor: Any, glass: BreakGlass, outcome: str) -> None:
    """Say whether an emergency opening was needed; nobody reviews their own."""
    policy.require(actor, "access.review", glass)
    if (glass.record_kind, glass.record_id) in policy.standing(actor).blocked:
        raise policy.Refused("shut out of this record")
    if outcome not in BreakGlass.Outcome.values:
        raise AccessRefused(_("Say whether it was needed."))
    if glass.user_id == actor.pk:
        raise AccessRefused(_("Somebody else must review what you opened."))
    rows = BreakGlass.objects.filter(pk=glass.pk, reviewed_at__isnull=True)
    if rows.update(reviewed_at=timezone.now(), reviewed_by=actor, outcome=outcome):
        journal.record(actor=actor, verb="access.review", about=glass, facts={"outcome": outcome})
        waiting = Notice.objects.filter(
            about=Notice.About.REVIEW, record_kind=glass.record_kind, record_id=glass.record_id
        )
        waiting.filter(read_at__isnull=True, made_at__lte=glass.opened_at + LASTS).update(read_at=timezone.now())
    policy.forget()


def _facts(_decision: policy.Decision, record: Any) -> policy.Facts:
    """The facts of a record that an organisation keeps; nothing else can be lent, shut or opened."""
    facts = policy.facts_of(record)
    if facts is None or facts.organisation_id is None:
        raise AccessRefused(_("No organisation keeps this record."))
    return facts


def _named(facts: policy.Facts) -> dict[str, Any]:
    return {"record_kind": facts.ref[0], "record_id": facts.ref[1]}


def _kept(facts: policy.Facts) -> dict[str, Any]:
    return {"organisation_id": facts.organisation_id, **_named(facts)}


def _tell(facts: policy.Facts, opener: Any) -> None:
    """Notices for the record's owner and for everybody who may review the opening; who is shut out learns nothing."""
    shut = set(ConflictBlock.objects.filter(**_named(facts)).values_list("user_id", flat=True)) | {opener.pk, None}
    owner = {facts.owner_id} - shut
    reviewers = _reviewers(facts) - shut
    told: list[tuple[Any, str]] = [(user, Notice.About.GLASS) for user in owner]
    told += [(user, Notice.About.REVIEW) for user in reviewers]
    Notice.objects.bulk_create([Notice(user_id=user, about=about, **_named(facts)) for user, about in told])


def _reviewers(facts: policy.Facts) -> set[UUID]:
    """Supervisors of the whole organisation: an opening is of no team and no area."""
    rows = Membership.objects.current().filter(organisation=facts.organisation_id, role=Role.SUPERVISOR, team="")
    return {user for user, area in rows.values_list("user_id", "area") if not area}
