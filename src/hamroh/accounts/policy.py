"""Who may do what: one pure question, asked by every action and every staff page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.functional import cached_property

from hamroh.accounts.models import Membership, Role, User


class Refused(Http404):
    """The policy said no. It answers like a missing page: no record and no right look the same."""


@dataclass(frozen=True)
class Decision:
    """Yes or no with its reason; truthy when yes."""

    yes: bool
    reason: str

    def __bool__(self) -> bool:
        return self.yes


@dataclass(frozen=True)
class Standing:
    """What is known of somebody who asks: the roles held now, by organisation."""

    user: User | None

    @cached_property
    def roles(self) -> frozenset[tuple[UUID, str]]:
        if self.user is None or not self.user.is_active:
            return frozenset()
        rows = Membership.objects.current().filter(user=self.user)
        return frozenset(rows.values_list("organisation_id", "role"))

    def holds(self, role: str, organisation_id: UUID | None = None) -> bool:
        return any(held == role and organisation_id in (None, where) for where, held in self.roles)


#: verb -> roles that may do it where no organisation keeps the record, or where their own does
VERBS: dict[str, tuple[str, ...]] = {
    "desk.open": (Role.EDITOR, Role.ADMINISTRATOR),
    "directory.see_unpublished": (Role.EDITOR,),
    "directory.edit": (Role.EDITOR,),
    "directory.verify": (Role.EDITOR,),
    "directory.handle_report": (Role.EDITOR,),
    "directory.import": (Role.EDITOR,),
    "directory.export_unpublished": (Role.EDITOR,),
    "thesaurus.import": (Role.EDITOR,),
    "thesaurus.edit": (Role.EDITOR,),
    "search.rebuild": (Role.ADMINISTRATOR,),
    "accounts.see_people": (Role.ADMINISTRATOR, Role.AUDITOR),
    "accounts.manage_people": (Role.ADMINISTRATOR,),
}


def standing(actor: Any) -> Standing:
    """The standing of a user; anonymous visitors and None have none."""
    return Standing(actor if getattr(actor, "is_authenticated", False) else None)


def allowed(actor: Any, verb: str, record: Any = None) -> Decision:
    """May ``actor`` do ``verb``, to ``record`` where one is meant? ``record.maintainer_id`` names the organisation that keeps it."""
    roles = VERBS[verb]
    keeper = getattr(record, "maintainer_id", None)
    held = standing(actor)
    if any(held.holds(role, keeper) for role in roles):
        return Decision(True, f"holds a role for {verb}")
    return Decision(False, "another organisation keeps this record" if keeper else f"no role for {verb}")


def require(actor: Any, verb: str, record: Any = None) -> Decision:
    """The decision if it is yes; raises Refused otherwise."""
    decision = allowed(actor, verb, record)
    if not decision:
        raise Refused(decision.reason)
    return decision
