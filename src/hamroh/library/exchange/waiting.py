"""Lists of records that wait for their editor: how they are read, what would become of them, her word."""

from dataclasses import dataclass, field
from typing import Any

from hamroh.accounts import policy
from hamroh.web.brought import Brought, Shelf


@dataclass
class Waiting(Brought):
    """One list. ``stage`` is columns, looking, looked, taking, done or refused; ``outcome`` what would become of it; ``said`` why not."""

    catalogue: str
    encoding: str = ""
    shape: str = ""
    stage: str = field(default="columns", kw_only=True)
    heading: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    despite_twins: bool = False
    publish: bool = False
    outcome: dict[str, Any] = field(default_factory=dict)
    batch: str = ""


SHELF = Shelf("records", Waiting)
read, write, content_of = SHELF.read, SHELF.write, SHELF.content_of
drop, tell, told = SHELF.drop, SHELF.tell, SHELF.told


def keep(*, actor: Any, content: bytes, **facts: Any) -> Waiting:
    """Store a file that somebody brought under a random name; it is kept for a day, for her alone."""
    policy.require(actor, "library.import")
    return SHELF.keep(actor=actor, content=content, **facts)


def waiting(*, actor: Any, token: str) -> Waiting | None:
    """What waits under the token for this editor; None once it is gone, or somebody else's."""
    policy.require(actor, "library.import")
    return SHELF.of(actor, token)
