"""A decision of the policy, as the vault sees it: the policy itself lives above."""

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
