"""A decision of the policy, as the vault sees it: the policy itself lives above."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Decision(Protocol):
    """Yes or no to one verb of one actor about one record; ``field`` is empty where every field is meant."""

    @property
    def yes(self) -> bool: ...
    @property
    def reason(self) -> str: ...
    @property
    def actor_id(self) -> UUID | None: ...
    @property
    def verb(self) -> str: ...
    @property
    def record(self) -> tuple[str, str] | None: ...
    @property
    def field(self) -> str: ...


@dataclass(frozen=True)
class Upkeep:
    """The installation's own decision about one record, for work that shows nothing to anybody; the journal says that nobody asked."""

    record: tuple[str, str] | None
    actor_id: UUID | None = None
    yes: bool = True
    reason: str = "upkeep"
    verb: str = "index.upkeep"
    field: str = ""
