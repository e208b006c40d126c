"""Activities, campaigns and lessons: written, changed where nobody changed them meanwhile, and moved on."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.kernel.projects import first_day, last_day
from hamroh.projects.actions.frame import MEANWHILE, NotNow, folded, guard, held_row
from hamroh.projects.models import Activity, Campaign, CampaignMaterial, CampaignReach, Lesson, Reach
from hamroh.projects.states import WorkLife
from hamroh.vault import journal

KINDS: dict[str, Any] = {"activity": Activity, "campaign": Campaign, "lesson": Lesson}
#: rows beside them, and what they belong to
BESIDE: dict[str, tuple[Any, str]] = {
    "reach": (Reach, "activity"), "material": (CampaignMaterial, "campaign"), "reached": (CampaignReach, "campaign"),
}  # fmt: skip


@transaction.atomic
def make(*, actor: Any, organisation: Organisation, what: str, told: Mapping[str, Any]) -> Any:
    """An activity, a campaign or a lesson, of a project where one is named."""
    row = KINDS[what](organisation=organisation, made_by=actor)
    themes = _tell(row, told)
    guard(actor, "project.edit", row)
    row.save()
    _tie(row, themes)
    journal.record(actor=actor, verb=f"project.{what}", about=row, facts={"new": True})
    return row


@transaction.atomic
def change(*, actor: Any, row: Any, what: str, told: Mapping[str, Any], seen: Any) -> None:
    """What is known of it now. NotNow where somebody changed it after ``seen``."""
    held = held_row(actor, row)
    if held.changed_at != seen:
        raise NotNow(MEANWHILE)
    themes = _tell(held, told)
    guard(actor, "project.edit", held)
    held.changed_at = timezone.now()
    held.save()
    _tie(held, themes)
    journal.record(actor=actor, verb=f"project.{what}", about=held, facts={"new": False})


def _tell(row: Any, told: Mapping[str, Any]) -> Iterable[Any] | None:
    """Write what is told into the row; its themes are given back, as they can only be tied to a row that is there."""
    for name, value in told.items():
        if name != "themes":
            setattr(row, name, value)
    _check(row)
    if isinstance(row, Lesson):
        row.words = folded((row.titles, row.texts))
    return told.get("themes")


def _tie(row: Any, themes: Iterable[Any] | None) -> None:
    if themes is not None:
        row.themes.set(themes)


def _check(row: Any) -> None:
    if row.project is not None and row.project.organisation_id != row.organisation_id:
        raise policy.Refused("a project of another organisation")
    begins, ends = first_day(getattr(row, "starts", "")), last_day(getattr(row, "ends", ""))
    if begins and ends and ends < begins:
        raise NotNow(_("It cannot end before it begins."), "ends")
    if isinstance(row, Activity):
        if row.who is None and not row.who_name.strip():
            raise NotNow(_("Say who does it."), "who")
        if row.indicator is not None and row.indicator.project_id != row.project_id:
            raise NotNow(_("This indicator is of another project."), "indicator")


@transaction.atomic
def move(*, actor: Any, row: Any, what: str, after: str, before: str) -> None:
    """It has begun, is done or stopped."""
    held = held_row(actor, row)
    if held.state != before:
        raise NotNow(MEANWHILE)
    WorkLife.check(held.state, after)
    held.state, held.changed_at = after, timezone.now()
    held.save(update_fields=["state", "changed_at"])
    journal.record(actor=actor, verb=f"project.{what}", about=held, facts={"after": after})


@transaction.atomic
def note_beside(*, actor: Any, row: Any, what: str, told: Mapping[str, Any]) -> Any:
    """For whom an activity was; what was made for a campaign; how many it reached, and how that is known."""
    held = held_row(actor, row)
    model, of = BESIDE[what]
    made = model.objects.create(organisation_id=held.organisation_id, **{of: held}, **told)
    journal.record(actor=actor, verb="project.count", about=held, facts={"what": what})
    return made


@transaction.atomic
def take_back_beside(*, actor: Any, row: Any, what: str, pk: UUID) -> None:
    """Something that was noted by mistake."""
    held = held_row(actor, row)
    model, of = BESIDE[what]
    gone = model.objects.filter(**{of: held}, pk=pk).first()
    if gone is None:
        raise policy.Refused("no such row")
    gone.delete()
    journal.record(actor=actor, verb="project.take_back", about=held, facts={"what": what})
