"""Matters found by the sealed name of whom they are about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.vault import opening, pools
from hamroh.vault.decisions import Upkeep
from sealedroom.models import Matter

KIND = "sealedroom.matter"


FIELDS = ("name", "phone", "born")


def person_of(row: Matter, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What a matter says of its person, as a record that is compared."""
    return {"id": str(row.pk), **shown, "year": shown["born"] and shown["born"].year, "place": row.area}


def again(organisation_id: UUID, ids: Sequence[UUID]) -> Iterator[Mapping[str, Any]]:
    """The people of matters, for their entries to be made anew."""
    for row in Matter.objects.filter(organisation_id=organisation_id, pk__in=ids):
        decision = Upkeep((KIND, str(row.pk)))
        yield person_of(row, opening.open_each(row, FIELDS, decision=decision, purpose="name index"))


class Opener:
    """Opens the matters that an actor may read."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor

    def known(self, ids: Sequence[str]) -> set[str]:
        rows = policy.visible(self.actor, "matter.read", Matter.objects.filter(pk__in=ids))
        return {str(pk) for pk in rows.values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        rows = policy.visible(self.actor, "matter.read", Matter.objects.filter(pk__in=ids))
        decided = ((row, policy.allowed(self.actor, "matter.read", row)) for row in rows)
        return {
            str(row.pk): person_of(row, opening.open_to_score(row, FIELDS, decision=decision))
            for row, decision in decided
            if decision.yes
        }


pools.declare(KIND, again)
