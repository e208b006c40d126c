"""Roles: given, changed, ended."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import SEES_SEALED, Membership, Organisation, Role, User
from hamroh.accounts.zones import OF_COUNTRY
from hamroh.vault import actions as vault
from hamroh.vault import journal

#: how far back roles that ended by themselves are looked for: a worker may have stood still
LAPSED = timedelta(days=30)


class RolesClash(ValueError):
    """Two roles that one person must not hold in one organisation; the message can be shown."""


def clash(held: frozenset[str], role: str) -> str:
    """Why ``role`` does not go with the roles held in the same organisation; empty where it does."""
    others = held - {role}
    if others and (role == Role.AUDITOR or Role.AUDITOR in others):
        return str(_("An auditor checks the work of the others and holds no other role in the organisation."))
    if Role.ADMINISTRATOR in {role, *others} and SEES_SEALED & {role, *others}:
        return str(_("An administrator sees no cases, so the same person cannot hold a role that does."))
    return ""


@transaction.atomic
def give_role(
    *,
    actor: Any,
    user: User,
    organisation: Organisation,
    role: str,
    area: tuple[str, ...] = (),
    starts_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Membership:
    """Give a person a role; raises RolesClash where it does not go with one she holds there.

    It asks no policy: invitations ask theirs when they are made, the shell and the demo act for the installation.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two roles given at once must see each other
    held = Membership.objects.filter(user=user, organisation=organisation).exclude(expires_at__lte=timezone.now())
    if why := clash(frozenset(held.values_list("role", flat=True)), role):
        raise RolesClash(why)
    now = timezone.now()
    going_on = held.filter(role=role).first()
    begins = going_on.starts_at if going_on and starts_at is None else starts_at or now
    membership, _made = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        role=role,
        defaults={"area": list(area), "expires_at": expires_at, "starts_at": begins},
    )
    policy.forget()
    verb = "accounts.change_role" if going_on else "accounts.give_role"
    journal.record(actor=actor, verb=verb, about=membership, facts={"role": role})
    return membership


@transaction.atomic
def change_role(
    *, actor: Any, membership: Membership, role: str, area: tuple[str, ...] = (), expires_at: datetime | None = None
) -> Membership:
    """Another role, area or end for what somebody else holds; the role before ends and stays readable."""
    policy.require(actor, "accounts.manage_people", membership)
    if membership.user_id == actor.pk:
        raise RolesClash(str(_("Nobody changes a role of their own. Another administrator can do it.")))
    if role != membership.role:
        _end(actor, membership)
    given = give_role(
        actor=actor, user=membership.user, organisation=membership.organisation, role=role, area=area,
        expires_at=expires_at,
    )  # fmt: skip
    _leave(actor, membership.user_id, membership.organisation_id)
    return given


@transaction.atomic
def end_role(*, actor: Any, membership: Membership) -> None:
    """End a role now; one that had not begun is taken back. The person's sessions end with it.

    With the last one that sees sealed data she leaves the records of the organisation that only members open: VaultSealed where
    there are such and the vault is sealed.
    """
    policy.require(actor, "accounts.manage_people", membership)
    _end(actor, membership)
    _leave(actor, membership.user_id, membership.organisation_id)


def _end(actor: Any, membership: Membership) -> None:
    journal.record(actor=actor, verb="accounts.end_role", about=membership, facts={"role": membership.role})
    if membership.starts_at >= timezone.now():
        membership.delete()
    else:
        membership.expires_at = timezone.now()
        membership.save(update_fields=["expires_at"])
    membership.user.sessions.all().delete()
    policy.forget()


def _leave(actor: Any, user_id: UUID, organisation_id: UUID) -> None:
    """New keys for the records of those who stay, unless the person still holds a role there that sees sealed data."""
    held = Membership.objects.filter(user_id=user_id, organisation_id=organisation_id, role__in=SEES_SEALED)
    if not held.exclude(expires_at__lte=timezone.now()).exists():
        vault.leave(actor=actor, user_id=user_id, organisation_id=organisation_id)


def let_lapsed_leave() -> None:
    """Roles that ended by themselves in the last days: what ``end_role`` does to keys. Once more changes nothing."""
    now = timezone.now()
    lapsed = Membership.objects.filter(expires_at__lte=now, expires_at__gt=now - LAPSED)
    for user_id, organisation_id in set(lapsed.values_list("user_id", "organisation_id")):
        with transaction.atomic():
            _leave(None, user_id, organisation_id)


@transaction.atomic
def close_account(*, actor: Any, user: User) -> None:
    """Nobody signs in with it any more; what the person did stays told. Only the installation itself asks this."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.sessions.all().delete()
    journal.record(actor=actor, verb="accounts.close_account", about=user)
    for organisation_id in set(user.memberships.values_list("organisation_id", flat=True)):
        vault.leave(actor=actor, user_id=user.pk, organisation_id=organisation_id)


@transaction.atomic
def add_member(
    *,
    actor: Any,
    username: str,
    display_name: str,
    role: str,
    organisation_code: str,
    password: str | None,
    country: str = "tj",
    organisation_names: dict[str, str] | None = None,
    language: str = "en",
) -> User:
    """Give a person, made if new, a role in an organisation, made if new.

    Only the installation itself calls it today (``actor`` None: the shell and the demo), so it asks no policy.
    A password is set only on a new person.
    """
    new = {"names": organisation_names or {"en": organisation_code}, "country": country}
    organisation, _made = Organisation.objects.get_or_create(
        code=organisation_code, defaults=new | {"zone": OF_COUNTRY.get(country.lower(), "UTC")}
    )
    user = User.objects.filter(username=User.normalize_username(username)).first()
    if user is None:
        user = User.objects.create_user(username, password, display_name=display_name, language=language)
        journal.record(actor=actor, verb="accounts.add_user", about=user)
    if not Membership.objects.current().filter(user=user, organisation=organisation, role=role).exists():
        give_role(actor=actor, user=user, organisation=organisation, role=role)
    return user
