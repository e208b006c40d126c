"""Writes on people and their roles."""

from typing import Any

from django.db import transaction

from hamroh.accounts.models import Membership, Organisation, User
from hamroh.vault import journal


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
    organisation, _ = Organisation.objects.get_or_create(
        code=organisation_code, defaults={"names": organisation_names or {"en": organisation_code}, "country": country}
    )
    user = User.objects.filter(username=User.normalize_username(username)).first()
    if user is None:
        user = User.objects.create_user(username, password, display_name=display_name, language=language)
        journal.record(actor=actor, verb="accounts.add_user", about=user)
    membership, made = Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    if made:
        journal.record(actor=actor, verb="accounts.give_role", about=membership, facts={"role": role})
    return user
