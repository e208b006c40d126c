"""Recovery papers at the desk: made by one person and tried by another; a member is let in again by two."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Admission, Membership, Notice, Organisation, User
from hamroh.vault import actions as vault
from hamroh.vault import journal, members
from hamroh.vault import selectors as kept


class OtherSigns(ValueError):
    """The signs that she read aloud are not those of the key that stands here as hers."""


@transaction.atomic
def make_papers(*, actor: Any, organisation: Organisation, old: Sequence[str] = ()) -> list[str]:
    """Three papers, shown once; everybody who answers for them hears of it. RecoveryRefused where the old ones do not open."""
    policy.require(actor, "recovery.keep", organisation)
    papers = vault.make_recovery(actor=actor, organisation_id=organisation.pk, old_papers=old)
    _tell(_who("recovery.agree", organisation), Notice.About.PAPERS, organisation, but=actor)
    return papers


def hold_drill(*, actor: Any, organisation: Organisation, papers: Sequence[str]) -> None:
    """Two papers bring the key back. Whoever made them saw all three, so somebody else shows that they were handed over."""
    policy.require(actor, "recovery.agree", organisation)
    made = kept.papers_of([organisation.pk]).get(organisation.pk)
    if made is None or made.made_by == actor.pk:
        raise policy.Refused("a drill is held by somebody else than who made the papers")
    vault.hold_drill(actor=actor, organisation_id=organisation.pk, papers=papers)


def ask_to_admit(*, actor: Any, organisation: Organisation, user: User, signs: str) -> Admission:
    """The first of two people heard the signs of a member's new key from herself; OtherSigns where they are not hers."""
    policy.require(actor, "recovery.keep", organisation)
    if actor.pk == user.pk or user.pk not in kept.waiting_members(organisation.pk):
        raise policy.Refused("nobody else waits here")
    known = members.fingerprint(user.pk)
    if plain(signs) != plain(known):
        _note_other_signs(actor, user)
        raise OtherSigns
    return _asked(actor, organisation, user, known)


@transaction.atomic
def _note_other_signs(actor: Any, user: User) -> None:
    """Somebody may have had a key of his own made in her name: that is written down, and nothing else happens."""
    journal.record(actor=actor, verb="recovery.other_signs", about=user)


@transaction.atomic
def _asked(actor: Any, organisation: Organisation, user: User, signs: str) -> Admission:
    Admission.objects.filter(organisation=organisation, user=user, ended_at=None).update(ended_at=timezone.now())
    row = Admission.objects.create(organisation=organisation, user=user, signs=signs, asked_by=actor)
    journal.record(actor=actor, verb="recovery.ask_to_admit", about=row)
    _tell(_who("recovery.agree", organisation), Notice.About.ADMIT, organisation, but=actor)
    return row


@transaction.atomic
def admit(*, actor: Any, admission: Admission, papers: Sequence[str]) -> int:
    """The second person has both papers typed: neither who asked nor whom it is about. How many record keys open again."""
    policy.require(actor, "recovery.agree", admission)
    if actor.pk in (admission.asked_by_id, admission.user_id) or not _spend(admission):
        raise policy.Refused("a member is let in again by two people")
    if members.fingerprint(admission.user_id) != admission.signs:
        raise policy.Refused("her key was made anew since its signs were compared")
    keys = vault.readmit(
        actor=actor, organisation_id=admission.organisation_id, papers=papers, user_id=admission.user_id
    )
    journal.record(actor=actor, verb="recovery.admit", about=admission, facts={"keys": keys})
    _tell([admission.user_id], Notice.About.ADMITTED, admission.organisation, but=actor)
    return keys


@transaction.atomic
def withdraw_admission(*, actor: Any, admission: Admission) -> None:
    """What was asked is asked no more."""
    policy.require(actor, "recovery.agree", admission)
    if _spend(admission):
        journal.record(actor=actor, verb="recovery.withdraw", about=admission)


def plain(signs: str) -> str:
    """Signs as they are compared: what is heard as a letter O or an I was never printed as 0 or 1."""
    return "".join(filter(str.isalnum, signs.upper())).replace("0", "O").replace("1", "I")


def _spend(admission: Admission) -> bool:
    """Of two who come at once only one gets through."""
    return bool(Admission.objects.open().filter(pk=admission.pk).update(ended_at=timezone.now()))


def _who(verb: str, organisation: Organisation) -> list[UUID]:
    rows = Membership.objects.current().filter(organisation=organisation).select_related("user")
    people = {row.user_id: row.user for row in rows}
    return [pk for pk, user in people.items() if policy.allowed(user, verb, organisation)]


def _tell(people: Iterable[UUID], about: str, organisation: Organisation, *, but: Any) -> None:
    named = {"about": about, "record_kind": Organisation._meta.label_lower, "record_id": str(organisation.pk)}  # noqa: SLF001
    Notice.objects.bulk_create(Notice(user_id=pk, **named) for pk in people if pk != but.pk)
