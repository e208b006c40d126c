"""Notices about cases: who sent a referral learns that it was answered or lapsed, who supervises that one came, whose case it is that a day moved."""

from typing import Any

from django.db.models import Q

from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, Membership, Notice, Role, User
from hamroh.cases.models import Case, Received, Referral

_CASE, _RECEIVED = "cases.case", "cases.received"


def tell_sender(referral: Referral, about: str, *, but: Any = None) -> None:
    """A notice for whose case it is and for who sent it on, as far as they may read the case; called where its rows are seen."""
    case = referral.case
    ids = [each for each in {case.owner_id, referral.made_by_id} if each not in (None, but)]
    people = [row for row in User.objects.filter(pk__in=ids, is_active=True) if policy.allowed(row, "case.read", case)]
    _tell(people, about, _CASE, str(case.pk))


def tell_owner(case: Case, about: str) -> None:
    """A notice for whose case it is, as far as she may read it; for its supervisors where it is nobody's."""
    rows = User.objects.filter(pk__in=[case.owner_id] if case.owner_id else [], is_active=True)
    if not (people := [row for row in rows if policy.allowed(row, "case.read", case)]):
        held = Membership.objects.current().filter(organisation=case.organisation_id, role=Role.SUPERVISOR)
        found = User.objects.filter(pk__in=held.values("user"), is_active=True)
        people = [row for row in found if policy.allowed(row, "case.read", case)]
    _tell(people, about, _CASE, str(case.pk))


def tell_receiver(received: Received, about: str) -> None:
    """A notice for every supervisor of the organisation that something came to, and for who accepted it."""
    shut = ConflictBlock.objects.filter(record_kind=_RECEIVED, record_id=str(received.pk)).values("user")
    rows = Membership.objects.current().filter(organisation=received.organisation_id, role=Role.SUPERVISOR)
    meant = Q(pk__in=rows.exclude(user__in=shut).values("user")) | Q(pk=received.owner_id)
    _tell(User.objects.filter(meant, is_active=True), about, _RECEIVED, str(received.pk))


def _tell(people: Any, about: str, kind: str, pk: str) -> None:
    """One unread line is enough: what is told again while it waits adds none."""
    waiting = set(
        Notice.objects.filter(about=about, record_kind=kind, record_id=pk, read_at=None).values_list("user", flat=True)
    )
    new = [Notice(user=each, about=about, record_kind=kind, record_id=pk) for each in people if each.pk not in waiting]
    Notice.objects.bulk_create(new)
