"""Reads on people."""

from django.db.models import QuerySet

from hamroh.accounts.models import Membership, User


def demo_people() -> QuerySet[Membership]:
    """Who may be signed in by one click; only a demonstration asks."""
    rows = Membership.objects.current().filter(user__is_superuser=False)
    return rows.select_related("user", "organisation").order_by("organisation__code", "role", "user__username")


def demo_person(username: str) -> User | None:
    membership = demo_people().filter(user__username=username).first()
    return membership.user if membership else None
