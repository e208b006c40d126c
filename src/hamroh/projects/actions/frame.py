"""What the room's actions share: a record held for a write, who may, and refusals that can be shown."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.kernel.text import fold
from hamroh.projects.models import Project, Visible


class NotNow(ValueError):
    """This is not to be written now; the message says why and can be shown. ``field`` is the one that is meant, if one is."""

    def __init__(self, words: Any, field: str = "") -> None:
        super().__init__(words)
        self.field = field


MEANWHILE = _("Somebody changed this meanwhile. Look at it as it is now, and write again.")
TWICE = _("This is there already.")


def guard(actor: Any, verb: str, row: Any) -> None:
    """The verb may be done to a record, and to the project that it belongs to where only a team works on that. Refused otherwise."""
    policy.require(actor, verb, row)
    project = row if isinstance(row, Project) else getattr(row, "project", None)
    if project is not None and project.visibility == Visible.TEAM:
        policy.require(actor, "project.team", project)


def held(actor: Any, given: Project, verb: str = "project.edit") -> Project:
    """The project as it stands now, held, where the actor may do the verb to it."""
    row: Project | None = (
        Project.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=given.pk).first()
    )
    if row is None:
        raise policy.Refused("no such project")
    guard(actor, verb, row)
    return row


def held_row(actor: Any, given: Any, verb: str = "project.edit") -> Any:
    """An activity, a campaign or a lesson as it stands now, held."""
    row = type(given)._default_manager.select_for_update(of=("self",)).filter(pk=given.pk).first()  # noqa: SLF001
    if row is None:
        raise policy.Refused("no such record")
    guard(actor, verb, row)
    return row


def of_project(model: Any, of: Project, pk: UUID) -> Any:
    """A row of this very project, held for a write; Refused otherwise."""
    row = model.objects.select_for_update(of=("self",)).filter(project=of, pk=pk).first()
    if row is None:
        raise policy.Refused("no such row of this project")
    return row


def mark(row: Any) -> str:
    """A short sign of what a row says: a form carries it, and a row that says something else meanwhile is not written over."""
    said = sorted((name, str(value)) for name, value in model_to_dict(row).items())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def unchanged(row: Any, seen: str) -> None:
    if seen and mark(row) != seen:
        raise NotNow(MEANWHILE)


def once(row: Any) -> None:
    """NotNow where the tables would refuse a second one of the same."""
    try:
        row.validate_constraints()
    except ValidationError:
        raise NotNow(TWICE) from None


def folded(texts: Iterable[Mapping[str, str]]) -> str:
    """All that is said in any language, as the search of the desk compares it."""
    return " | ".join(dict.fromkeys(fold(text) for each in texts for text in each.values() if text))
