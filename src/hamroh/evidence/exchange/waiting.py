"""Files of statistics that wait for their analyst: which columns they have, what would become of them, her word."""

from dataclasses import dataclass, field
from typing import Any

from hamroh.accounts import policy
from hamroh.web.brought import Brought, Shelf


@dataclass
class Waiting(Brought):
    """One file. ``stage`` is file (the form is not whole yet), columns, looking, looked, taking, done or refused; ``outcome`` what would become of it; ``said`` why not."""

    key: str
    title: str
    label: str
    released: str = ""
    encoding: str = ""
    stage: str = field(default="columns", kw_only=True)
    shape: str = ""
    roles: list[str] = field(default_factory=list)
    settled: dict[str, Any] = field(default_factory=dict)
    remember: str = ""
    despite: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)
    batch: str = ""


SHELF = Shelf("statistics", Waiting)
read, write, content_of = SHELF.read, SHELF.write, SHELF.content_of
drop, tell, told = SHELF.drop, SHELF.tell, SHELF.told


def keep(*, actor: Any, content: bytes, **facts: Any) -> Waiting:
    """Store a file that somebody brought under a random name; it is kept for a day, for her alone."""
    policy.require(actor, "evidence.import")
    return SHELF.keep(actor=actor, content=content, **facts)


def waiting(*, actor: Any, token: str) -> Waiting | None:
    """What waits under the token for this analyst; None once it is gone, or somebody else's."""
    policy.require(actor, "evidence.import")
    return SHELF.of(actor, token)
