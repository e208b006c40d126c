"""What the policy asks of a record: whose it is. A model says which of its columns answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from hamroh.accounts.guarded import Guarded

__all__ = ["Facts", "Guarded", "Ref", "facts_of", "guarded_of", "kind_of", "whole_of"]

#: kind (the model's label) and id of a record
Ref = tuple[str, str]


@dataclass(frozen=True)
class Facts:
    """A record as the policy sees it; ``organisation_id`` is None where nobody in particular keeps it."""

    ref: Ref
    organisation_id: UUID | None = None
    owner_id: UUID | None = None
    team: str = ""
    area: str = ""
    owners: str = ""

    def is_owned_by(self, user_id: UUID | None) -> bool:
        """Alone, or together with others."""
        return user_id is not None and (self.owner_id == user_id or f"/{user_id}/" in self.owners)


def guarded_of(model: Any) -> Guarded:
    """The columns that a model names; entries of the directory are kept by their maintainer, other models by nobody."""
    declared = getattr(model, "guarded", None)
    if declared is None and hasattr(model, "maintainer_id"):
        return Guarded(organisation="maintainer_id")
    return declared or Guarded()


def kind_of(model: Any) -> str:
    return str(model._meta.label_lower)  # noqa: SLF001 - Django's documented face of a model


def whole_of(model: type[models.Model]) -> type[models.Model]:
    """The model of the records that rows of this one belong to."""
    relation = guarded_of(model).part_of
    return model._meta.get_field(relation).related_model if relation else model  # type: ignore[return-value] # noqa: SLF001


def facts_of(record: Any) -> Facts | None:
    """Facts of a record or of what it belongs to; None where no record is meant."""
    if record is None:
        return None
    guarded = guarded_of(type(record))
    if guarded.part_of:
        return facts_of(getattr(record, guarded.part_of))
    return Facts(
        ref=(kind_of(record), str(record.pk)) if isinstance(record, models.Model) else ("", ""),
        organisation_id=getattr(record, guarded.organisation, None) if guarded.organisation else None,
        owner_id=getattr(record, guarded.owner) if guarded.owner else None,
        team=getattr(record, guarded.team) if guarded.team else "",
        area=getattr(record, guarded.area) if guarded.area else "",
        owners=getattr(record, guarded.owners) if guarded.owners else "",
    )
