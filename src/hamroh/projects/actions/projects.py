"""Projects of the register: begun, and changed where nobody changed them meanwhile."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.kernel.projects import first_day, last_day
from hamroh.projects.actions.frame import MEANWHILE, NotNow, folded, guard, held, once
from hamroh.projects.actions.indexing import index_project
from hamroh.projects.models import Project, Visible
from hamroh.thesaurus.models import Concept
from hamroh.vault import journal


@dataclass(frozen=True)
class ProjectTold:
    """What is known of a project."""

    reference: str
    titles: Mapping[str, str]
    kind: str = "project"
    scope: str = "national"
    abouts: Mapping[str, str] = field(default_factory=dict)
    objectives: Mapping[str, str] = field(default_factory=dict)
    for_whom: Mapping[str, str] = field(default_factory=dict)
    part_of: Project | None = None
    starts_planned: str = ""
    ends_planned: str = ""
    starts: str = ""
    ends: str = ""
    stopped_date: str = ""
    stopped_why: Mapping[str, str] = field(default_factory=dict)
    period_notes: Mapping[str, str] = field(default_factory=dict)
    visibility: str = "organisation"
    subjects: Iterable[Concept] = ()
    owners: Iterable[User] = ()
    policy_markers: Iterable[Mapping[str, str]] = ()
    source: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_project(*, actor: Any, organisation: Organisation, told: ProjectTold) -> Project:
    """A project of the register. Who begins it works on it."""
    row = Project(organisation=organisation, made_by=actor)
    policy.require(actor, "project.edit", row)
    _tell(row, told)
    row.owners = _slashed([actor, *told.owners])
    once(row)
    row.save()
    row.subjects.set(told.subjects)
    journal.record(actor=actor, verb="project.make", about=row, facts={"visibility": row.visibility})
    if row.visibility == Visible.PUBLIC:
        index_project(row)
    return row


@transaction.atomic
def change_project(*, actor: Any, project: Project, told: ProjectTold, seen: dt.datetime | None) -> None:
    """What is known of it now. NotNow where somebody changed it after ``seen``."""
    row = held(actor, project)
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    before = row.visibility
    _tell(row, told)
    row.owners, row.changed_at = _slashed(told.owners), timezone.now()
    guard(actor, "project.edit", row)
    once(row)
    row.save()
    row.subjects.set(told.subjects)
    journal.record(
        actor=actor, verb="project.change", about=row, facts={"visibility": row.visibility, "before": before}
    )
    index_project(row)


def _slashed(people: Iterable[User]) -> str:
    ids = list(dict.fromkeys(str(each.pk) for each in people))
    return f"/{'/'.join(ids)}/" if ids else ""


def _tell(row: Project, told: ProjectTold) -> None:
    for name in ProjectTold.__dataclass_fields__:
        if name not in ("subjects", "owners", "policy_markers"):
            value = getattr(told, name)
            setattr(row, name, dict(value) if isinstance(value, Mapping) else value)
    row.policy_markers = [dict(each) for each in told.policy_markers]
    _check_days(row)
    row.first_year, row.last_year = _years(row)
    row.words = folded((row.titles, row.abouts, row.objectives, row.for_whom, {"": row.reference}))


def _check_days(row: Project) -> None:
    for first, last in (("starts_planned", "ends_planned"), ("starts", "ends"), ("starts", "stopped_date")):
        begins, ends = first_day(getattr(row, first)), last_day(getattr(row, last))
        if begins and ends and ends < begins:
            raise NotNow(_("It cannot end before it begins."), last)
    if row.part_of_id and (row.part_of_id == row.pk or (row.part_of and row.part_of.part_of_id == row.pk)):
        raise NotNow(_("A project cannot be a part of itself."), "part_of")


def _years(row: Project) -> tuple[int | None, int | None]:
    """From when to when as far as it is known; a project that has not ended is of every year since."""
    first, last = row.starts or row.starts_planned, row.stopped_date or row.ends or row.ends_planned
    begun = first or last
    return (int(begun[:4]) if begun else None, int(last[:4]) if last else None)
