"""Links that open one door once: made by who may, handed over by a person, used by whom they are for."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import devices, factors, policy
from hamroh.accounts.actions.ownkey import forget_passkeys
from hamroh.accounts.actions.people import give_role
from hamroh.accounts.models import Link, LinkKind, Membership, Organisation, User
from hamroh.accounts.sealing import digest
from hamroh.vault import journal

LASTS = timedelta(hours=72)


class LinkSpent(ValueError):
    """The link was used, is too old, or never was."""


def _new(actor: Any, kind: str, **values: Any) -> tuple[Link, str]:
    """The row and the secret part of its address, which is shown once and kept nowhere."""
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    maker = actor if isinstance(actor, User) else None
    link = Link(kind=kind, digest=digest(secret), made_by=maker, made_at=now, expires_at=now + LASTS, **values)
    link.save(force_insert=True)
    return link, secret


@transaction.atomic
def _spend(link: Link, kind: str) -> Link:
    """Use a link up; of two who come at once only one gets through."""
    if not Link.objects.open().filter(pk=link.pk, kind=kind).update(used_at=timezone.now()):
        raise LinkSpent
    return link


# ---- invitations


@transaction.atomic
def invite(
    *,
    actor: Any,
    organisation: Organisation,
    for_whom: str,
    role: str,
    area: tuple[str, ...] = (),
    role_expires_at: datetime | None = None,
) -> tuple[Link, str]:
    """An invitation into an organisation, with the secret part of its link."""
    policy.require(actor, "accounts.manage_people", organisation)
    link, secret = _new(
        actor, LinkKind.INVITATION, organisation=organisation, for_whom=for_whom, role=role, area=list(area),
        role_expires_at=role_expires_at,
    )  # fmt: skip
    journal.record(actor=actor, verb="accounts.invite", about=link, facts={"role": role})
    return link, secret


@transaction.atomic
def take_back(*, actor: Any, link: Link) -> None:
    """A link that was not used yet opens nothing any more."""
    policy.require(actor, "accounts.manage_people", link)
    journal.record(actor=actor, verb="accounts.take_link_back", about=link, facts={"kind": link.kind})
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])


@transaction.atomic
def accept_as_new(*, link: Link, username: str, display_name: str, password: str | None, language: str) -> User:
    """Become a member by an invitation, with a new account; without a password only a passkey will open it."""
    _spend(link, LinkKind.INVITATION)
    user = User.objects.create_user(username, password, display_name=display_name, language=language)
    journal.record(actor=user, verb="accounts.accept_invitation", about=link)
    _give(link, user)
    return user


@transaction.atomic
def accept_as(*, actor: User, link: Link) -> None:
    """Take up the role of an invitation with the account that one has."""
    _spend(link, LinkKind.INVITATION)
    journal.record(actor=actor, verb="accounts.accept_invitation", about=link)
    _give(link, actor)


def _give(link: Link, user: User) -> None:
    assert link.organisation is not None
    give_role(
        actor=link.made_by, user=user, organisation=link.organisation, role=link.role, area=tuple(link.area),
        expires_at=link.role_expires_at,
    )  # fmt: skip


# ---- a new password, a new second factor


@transaction.atomic
def link_for_password(*, actor: Any, membership: Membership) -> str:
    """A link by which a member sets a new password; her second factor is asked for as always."""
    policy.require(actor, "accounts.manage_people", membership)
    link, secret = _new(actor, LinkKind.PASSWORD, organisation=membership.organisation, user=membership.user)
    journal.record(actor=actor, verb="accounts.make_password_link", about=link)
    return secret


@transaction.atomic
def link_from_shell(*, user: User, kind: str) -> str:
    """The installation itself makes a link: for the first administrator, or where no second one is there."""
    link, secret = _new(None, kind, user=user)
    if kind == LinkKind.SECOND_FACTOR:
        _take_factors(user)
    journal.record(actor=None, verb="accounts.make_link", about=link, facts={"kind": str(kind)})
    return secret


@transaction.atomic
def use_for_password(*, link: Link, password: str) -> User:
    """Set the new password; every session and device of the person ends."""
    user = _spend(link, LinkKind.PASSWORD).user
    assert user is not None
    user.set_password(password)
    user.save(update_fields=["password"])
    devices.forget_all(user)
    user.sessions.all().delete()
    journal.record(actor=user, verb="accounts.set_password", about=user, facts={"by": "link"})
    return user


@transaction.atomic
def ask_for_factor_reset(*, actor: Any, membership: Membership) -> Link:
    """The first of two people asks; nothing changes until a second one agrees."""
    policy.require(actor, "accounts.manage_people", membership)
    now = timezone.now()
    link = Link.objects.create(
        kind=LinkKind.SECOND_FACTOR, organisation=membership.organisation, user=membership.user, made_by=actor,
        made_at=now, expires_at=now + LASTS,
    )  # fmt: skip
    journal.record(actor=actor, verb="accounts.ask_factor_reset", about=link)
    return link


@transaction.atomic
def agree_to_factor_reset(*, actor: Any, link: Link) -> str:
    """The second person agrees: neither who asked nor whom it is about. The old factors end; returns the link."""
    policy.require(actor, "accounts.manage_people", link)
    if actor.pk in (link.made_by_id, link.user_id) or not link.waits_for_a_second_person:
        raise policy.Refused("a second factor is reset by two people")
    assert link.user is not None
    secret = secrets.token_urlsafe(32)
    link.digest, link.expires_at = digest(secret), timezone.now() + LASTS
    link.save(update_fields=["digest", "expires_at"])
    _take_factors(link.user)
    journal.record(actor=actor, verb="accounts.agree_factor_reset", about=link)
    return secret


def _take_factors(user: User) -> None:
    factors.of(user).delete()
    forget_passkeys(actor=None, user=user)
    devices.forget_all(user)
    user.sessions.all().delete()


@transaction.atomic
def use_for_factor(*, actor: User, link: Link) -> None:
    """Use the link up, once the person has shown her password; the session may then bring a first factor."""
    if link.user_id != actor.pk:
        raise LinkSpent
    _spend(link, LinkKind.SECOND_FACTOR)
    journal.record(actor=actor, verb="accounts.use_factor_link", about=link)
