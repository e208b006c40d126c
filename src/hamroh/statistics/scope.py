"""May somebody do something in one organisation? A role in another one does not count there."""

from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.statistics.models import KeptTable


def allowed(actor: Any, verb: str, organisation_id: UUID) -> Decision:
    return policy.allowed(actor, verb, KeptTable(organisation_id=organisation_id))


def require(actor: Any, verb: str, organisation_id: UUID) -> Decision:
    """The decision if it is yes; Refused otherwise."""
    return policy.require(actor, verb, KeptTable(organisation_id=organisation_id))
