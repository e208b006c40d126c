"""Reads of the sealed room."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.vault import members, opening
from sealedroom.models import Matter, Note, Shelter


def matters(*, actor: Any) -> QuerySet[Matter]:
    return policy.visible(actor, "matter.list", Matter.objects.order_by("opened_week", "pk"))


def matter(*, actor: Any, pk: UUID) -> dict[str, Any]:
    """A matter as its page shows it: every opening is journalled."""
    row, decision = policy.fetch(actor, "matter.read", Matter.objects.filter(pk=pk))
    return {"code": str(row.pk)[:8], "name": opening.open(row, "name", decision=decision, purpose="page")}


def note(*, actor: Any, pk: UUID) -> str:
    row, decision = policy.fetch(actor, "matter.read", Note.objects.select_related("matter").filter(pk=pk))
    return str(opening.open(row, "text", decision=decision, purpose="page"))


def by_phone(*, actor: Any, phone: str) -> QuerySet[Matter]:
    """Matters with this phone, in each of the actor's organisations by its own index."""
    rows = Matter.objects.none()
    for organisation in sorted({held.organisation_id for held in policy.standing(actor).held}):
        rows = rows | Matter.objects.with_blind(organisation_id=organisation, phone_index=phone)
    return policy.visible(actor, "matter.list", rows)


def shelters(*, actor: Any) -> QuerySet[Shelter]:
    return policy.visible(actor, "shelter.list", Shelter.objects.order_by("code"))


def shelter(*, actor: Any, pk: UUID) -> dict[str, Any]:
    """A place as its page shows it: what does not open says so, the rest opens all the same."""
    row, decision = policy.fetch(actor, "shelter.read", Shelter.objects.filter(pk=pk))
    shown = opening.open_each(row, ("address", "beds"), decision=decision, purpose="page")
    people = User.objects.filter(pk__in=members.members_of(("sealedroom.shelter", str(pk)))).order_by("username")
    return {"row": row, "people": people, **shown}
