"""Writes about records whose time is over: the policy is asked here, owners and reviewers are told; the vault does the rest."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, Membership, Notice, Organisation, Role
from hamroh.accounts.selectors import retention as reads
from hamroh.vault import retention
from hamroh.vault.actions import retention as vault
from hamroh.vault.actions.retention import Proposed
from hamroh.vault.models import Hold, Release, RetentionCount, RetentionPeriod
from hamroh.vault.retention import RecordClass

#: how long an objection stands before somebody must look at it
OBJECTION_STANDS = dt.timedelta(days=60)


@transaction.atomic
def propose(
    *, actor: Any, organisation: Organisation, of: RecordClass, ids: Iterable[UUID], ground: str = Release.DUE
) -> Release:
    """Propose records to be let go; their owners are told, and can object until a second person releases."""
    rows = reads.chosen(actor=actor, verb="retention.propose", organisation=organisation, of=of, ids=ids)
    row = vault.propose(
        actor=actor, role=_role(actor, organisation, "retention.propose"), of=of, organisation_id=organisation.pk,
        records=[Proposed(each, reads.code_of(of, each)) for each in rows], ground=ground,
    )  # fmt: skip
    _tell_owners(actor, of, rows)
    return row


def _role(actor: Any, organisation: Organisation, verb: str) -> str:
    """The role by which somebody does it: what a certificate names instead of the person."""
    held = policy.standing(actor).held
    mine = {str(each.role) for each in held if each.organisation_id == organisation.pk}
    return min(mine & policy.VERBS[verb].roles, default="")


def _tell_owners(actor: Any, of: RecordClass, rows: list[Any]) -> None:
    """A notice to each owner but the actor; who is shut out of the record hears nothing."""
    facts = [found for found in map(policy.facts_of, rows) if found and found.owner_id not in (None, actor.pk)]
    ids = [found.ref[1] for found in facts]
    blocks = ConflictBlock.objects.filter(record_kind=of.kind, record_id__in=ids)
    shut = set(blocks.values_list("user_id", "record_id"))
    told = [(found.owner_id, found.ref[1]) for found in facts if found.owner_id]
    Notice.objects.bulk_create(
        Notice(user_id=owner, about=Notice.About.LET_GO, record_kind=of.kind, record_id=pk)
        for owner, pk in told
        if (owner, pk) not in shut
    )


@transaction.atomic
def release(*, actor: Any, organisation: Organisation, row: Release) -> Release:
    """Let go what the actor sees of a proposal; the caller has made sure that she has just shown who she is."""
    policy.require(actor, "retention.release")
    seen = reads.seen_lines(actor=actor, release=row, organisation=organisation)
    role = _role(actor, organisation, "retention.release")
    return vault.release(actor=actor, role=role, row=row, seen=seen)


@transaction.atomic
def send_back(*, actor: Any, organisation: Organisation, row: Release) -> None:
    """End what the actor sees of a proposal, without a release: whoever may release, and who proposed it."""
    found = reads.proposal(actor=actor, organisation=organisation, release=row.pk)
    policy.require(actor, "retention.propose" if found.is_own else "retention.release")
    vault.send_back(actor=actor, release=row, seen=[line.pk for line in found.lines])


@transaction.atomic
def keep_longer(
    *, actor: Any, organisation: Organisation, of: RecordClass, ids: Iterable[UUID], why: str, until_date: dt.date
) -> int:
    """Keep due records until a day; how many."""
    rows = reads.chosen(actor=actor, verb="retention.propose", organisation=organisation, of=of, ids=ids)
    for each in rows:
        vault.hold(actor=actor, of=of, record=each, sort=Hold.LONGER, why=why, until_date=until_date)
    return len(rows)


@transaction.atomic
def hold(*, actor: Any, of: RecordClass, record: Any, why: str, until_date: dt.date) -> Hold:
    """Hold a record: nobody lets it go until the hold is lifted."""
    policy.require(actor, "retention.hold", record)
    return vault.hold(actor=actor, of=of, record=record, sort=Hold.HELD, why=why, until_date=until_date)


@transaction.atomic
def lift(*, actor: Any, organisation: Organisation, row: Hold) -> None:
    """Lift a hold, an objection or a longer period: from now on the rule counts again."""
    vault.lift(actor=actor, row=reads.hold(actor=actor, organisation=organisation, pk=row.pk))


@transaction.atomic
def object_to(*, actor: Any, line: UUID, why: str) -> Hold:
    """The owner of a record objects to its release: it is held until somebody looks at that."""
    found = next((each for each in reads.own_lines(actor=actor) if each.line.pk == line), None)
    of = retention.of_kind(found.line.record_kind) if found else None
    record = of.rows().filter(pk=found.line.record_id).first() if of and found else None
    if of is None or record is None:
        raise policy.Refused("no such record of this person's")
    policy.require(actor, "retention.object", record)
    until = (timezone.now() + OBJECTION_STANDS).date()
    return vault.hold(actor=actor, of=of, record=record, sort=Hold.OBJECTION, why=why, until_date=until)


@transaction.atomic
def choose_period(*, actor: Any, organisation: Organisation, of: RecordClass, length: int, why: str) -> RetentionPeriod:
    """Choose how long the organisation keeps records of a class."""
    policy.require(actor, "retention.choose_period", organisation)
    return vault.choose_period(actor=actor, of=of, organisation_id=organisation.pk, length=length, why=why)


# -- every night ---------------------------------------------------------------------------------------------------


def night() -> dict[str, int]:
    """Go on with what was released, end empty proposals, count what is due; on the first night of a month tell reviewers."""
    before = {row.organisation_id: row.counted_at for row in RetentionCount.objects.order_by("counted_at")}
    erased, ended = vault.erase_released(), vault.close_empty()
    counts = vault.count_due()
    now = timezone.now()
    houses = {row.organisation_id for row in counts if row.due}
    fresh = {house for house in houses if house not in before or before[house].month != now.month}
    told = _tell_reviewers(fresh)
    return {"erased": erased, "ended": ended, "due": sum(row.due for row in counts), "told": told}


@transaction.atomic
def _tell_reviewers(houses: set[UUID]) -> int:
    """A notice to each supervisor whose organisation has records to review; once while it is unread."""
    people = Membership.objects.current().filter(organisation__in=houses, role=Role.SUPERVISOR)
    waiting = Notice.objects.filter(about=Notice.About.DUE, read_at=None).values("user")
    users = set(people.exclude(user__in=waiting).values_list("user_id", flat=True))
    Notice.objects.bulk_create(Notice(user_id=user, about=Notice.About.DUE) for user in users)
    return len(users)
