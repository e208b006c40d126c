"""What the policy answers."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404


class Refused(Http404):
    """The policy said no. It answers like a missing page: no record and no right look the same."""


@dataclass(frozen=True)
class Decision:
    """Yes or no to one verb of one actor, with its reason; truthy when yes.

    ``record`` is its kind and id, None where no record was meant; ``field`` is empty where every field was. ``break_glass`` says
    that only an emergency opening made it a yes.
    """

    yes: bool
    reason: str
    actor_id: UUID | None = None
    verb: str = ""
    record: tuple[str, str] | None = None
    field: str = ""
    break_glass: bool = False

    def __bool__(self) -> bool:
        return self.yes
