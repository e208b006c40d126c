"""Who can be given a form or a device, and places where it is filled."""

from typing import Any

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, User
from hamroh.directory.models import AdminUnit
from hamroh.web.texts import pick


def who_fills(*, organisation: Organisation) -> list[tuple[User, str]]:
    """People of an organisation who may fill forms, by name."""
    roles = policy.VERBS["form.fill"].roles
    rows = Membership.objects.current().filter(organisation=organisation, role__in=roles, user__is_active=True)
    people = {row.user for row in rows.select_related("user")}
    return sorted(((each, str(each)) for each in people), key=lambda line: line[1].casefold())


def places_of(*, organisation: Organisation, lang: str) -> list[tuple[AdminUnit, str]]:
    """The units within the organisation's country, by name."""
    within: Any = {"ancestry__ancestor__iso": organisation.country.upper(), "ancestry__distance__gte": 1}
    rows = AdminUnit.objects.filter(**within)
    found = [(row, pick(row.names, lang).text or row.key) for row in rows]
    return sorted(found, key=lambda line: line[1].casefold())
