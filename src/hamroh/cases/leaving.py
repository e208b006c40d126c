"""What waits for a second person to let it go stands on the team's page."""

from collections.abc import Mapping
from typing import Any

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import boards
from hamroh.cases.selectors import exports as reads


def waiting(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """Wishes to take cases out that the actor may let go; nothing of them is opened."""
    if not policy.allowed(actor, "export.release"):
        return None
    rows = reads.to_release(actor=actor, organisation=organisation)
    return {"rows": rows} if rows else None


boards.declare(boards.Board("exports", 25, "cases/team/exports.html", waiting))
