"""Who of an organisation helps in an emergency."""

from typing import Any

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, User


def who_may(verb: str, record: Any) -> list[User]:
    """Everybody of the organisation who may do the verb to the record."""
    rows = (
        Membership.objects.current()
        .filter(organisation=record.organisation_id)
        .select_related("user")
        .order_by("user__display_name")
    )
    people = {row.user_id: row.user for row in rows}
    return [user for user in people.values() if policy.allowed(user, verb, record)]
