"""Places to stay, as their members see them; for everybody else there are none."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, User
from hamroh.groups.models import ShelterPlace
from hamroh.vault import members, opening


def places(*, actor: Any, organisation: Organisation) -> QuerySet[ShelterPlace]:
    """Places that open to the actor; nothing is opened, and others are not among them."""
    rows = ShelterPlace.objects.filter(organisation=organisation).select_related("owner").order_by("-made_at", "pk")
    return policy.visible(actor, "place.locate", rows)


def place_of(*, actor: Any, pk: UUID) -> ShelterPlace:
    """One place; Refused where there is none that opens to the actor."""
    row, _decision = policy.fetch(
        actor, "place.locate", ShelterPlace.objects.select_related("organisation", "owner").filter(pk=pk)
    )
    found: ShelterPlace = row
    return found


def opened_place(*, actor: Any, place: ShelterPlace, purpose: str) -> dict[str, Any]:
    """What stands there, written into the journal with why it was opened. MemberLocked while her own key is shut."""
    decision = policy.require(actor, "place.locate", place)
    return opening.open_each(place, ("facts", "stays"), decision=decision, purpose=purpose)


def may_be_let_in(*, organisation: Organisation) -> QuerySet[User]:
    """Whoever of the organisation holds a role that may be told of places."""
    roles = policy.VERBS["place.locate"].roles
    ids = Membership.objects.current().filter(organisation=organisation, role__in=roles).values("user")
    return User.objects.filter(pk__in=ids).order_by("display_name", "username")


@dataclass(frozen=True)
class Inside:
    """To whom a place opens, and who could be let in."""

    people: list[User]
    others: list[User]


def inside(*, place: ShelterPlace) -> Inside:
    """Two lists of people: who opens it now, and who has a key of her own and does not."""
    ids = members.members_of(place.ref)
    near = list(may_be_let_in(organisation=place.organisation))
    keyed = members.with_keys(each.pk for each in near)
    people = list(User.objects.filter(pk__in=ids).order_by("display_name", "username"))
    return Inside(people, [each for each in near if each.pk in keyed - ids])
