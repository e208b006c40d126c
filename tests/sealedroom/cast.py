"""What tests of sealed rows share: a decision of some policy, and a matter to seal."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sealedroom.models import Matter


@dataclass(frozen=True)
class Said:
    """A decision of some policy."""

    actor_id: UUID | None
    record: tuple[str, str] | None
    yes: bool = True
    reason: str = "owner"
    verb: str = "matter.read"
    field: str = ""


def make_matter(cast: Any, **values: Any) -> Matter:
    facts = {"name": "Гулнора Ҳакимова", "phone": "+992 93 555-00-12", "story": {"what": "нафақа"}} | values
    return Matter.objects.create(
        organisation=facts.pop("organisation", cast.centre), opened_week=dt.date(2026, 11, 16), **facts
    )
