"""Reads on people."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Link, Membership, Organisation, Role, Session, User
from hamroh.accounts.sealing import digest


def demo_people() -> QuerySet[Membership]:
    """Who may be signed in by one click; only a demonstration asks."""
    rows = Membership.objects.current().filter(user__is_superuser=False)
    return rows.select_related("user", "organisation").order_by("organisation__code", "role", "user__username")


def demo_houses() -> list[tuple[Organisation, list[Membership]]]:
    """The same by organisation, each person once, in the order of the roles."""
    order = list(Role.values)
    rows = sorted(demo_people(), key=lambda row: (row.organisation.pk, order.index(row.role)))
    return [(house, list(people)) for house, people in groupby(rows, key=lambda row: row.organisation)]


def demo_person(username: str) -> User | None:
    membership = demo_people().filter(user__username=username).first()
    return membership.user if membership else None


def organisations_to_manage(*, actor: Any) -> list[Organisation]:
    """Where the actor may see the people."""
    return [
        each for each in Organisation.objects.order_by("code") if policy.allowed(actor, "accounts.see_people", each)
    ]


def members(*, actor: Any, organisation: Organisation) -> QuerySet[Membership]:
    """Everybody with a role there, those whose role has ended last."""
    policy.require(actor, "accounts.see_people", organisation)
    rows = organisation.memberships.select_related("user", "organisation")
    return rows.order_by("user__display_name", "role")


def open_links(*, actor: Any, organisation: Organisation) -> QuerySet[Link]:
    """Invitations and links that still open something, and resets that wait for a second person."""
    policy.require(actor, "accounts.see_people", organisation)
    rows = organisation.links.filter(used_at__isnull=True, expires_at__gt=timezone.now())
    return rows.select_related("user", "made_by", "organisation").order_by("-made_at")


def link_of(secret: str) -> Link | None:
    """The link to which a secret belongs, if it still opens something."""
    return Link.objects.open().select_related("organisation", "user").filter(digest=digest(secret)).first()


def sessions_of(user: User) -> QuerySet[Session]:
    return user.sessions.order_by("-seen_at")
