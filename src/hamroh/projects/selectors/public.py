"""What anybody reads of projects: never a hidden partner or place, never a party that the directory does not show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hamroh.accounts import rowsecurity
from hamroh.directory.models import Party
from hamroh.projects.models import (
    Activity,
    Campaign,
    Lesson,
    Project,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    Visible,
)
from hamroh.projects.selectors.activities import Known, reach_said
from hamroh.projects.selectors.projects import Wish, narrowed, of_status
from hamroh.projects.selectors.results import Framework, framework
from hamroh.thesaurus.selectors import names

MOST_ACTIVITIES = 50


def visible_publicly() -> QuerySet[Project]:
    """Projects that anybody may read. Ask inside ``rowsecurity.opened_for_all``."""
    return Project.objects.filter(visibility=Visible.PUBLIC)


def public_projects(*, wish: Wish, lang: str) -> list[Project]:
    """Projects that anybody may read and that answer to a wish, the newest first; those whose time is not known come last."""
    with rowsecurity.opened_for_all():
        rows = narrowed(visible_publicly().select_related("organisation"), wish, lang, outside=True)
        found = of_status(rows.order_by("-first_year", "-made_at", "pk"), wish.status)
        return sorted(found, key=lambda row: -(row.first_year or 0))


@dataclass(frozen=True)
class Told:
    """A project as it is told outside."""

    project: Project
    parties: list[ProjectParty]
    places: list[ProjectPlace]
    subjects: list[tuple[str, Any]]
    papers: list[ProjectPaper]
    framework: Framework
    activities: list[Activity]
    campaigns: list[tuple[Campaign, list[Known]]]
    lessons: list[Lesson]
    parts: list[Project]
    whole: Project | None


def public_project(*, code: str, lang: str, steps: tuple[str, ...] = (Visible.PUBLIC,)) -> Told | None:
    """One that may be read by these steps of visibility; None otherwise."""
    with rowsecurity.opened_for_all():
        row = Project.objects.filter(code=code, visibility__in=steps).select_related("organisation", "part_of").first()
        return _told(row, lang, steps) if row else None


def _told(row: Project, lang: str, steps: tuple[str, ...]) -> Told:
    concepts = dict(row.subjects.values_list("pk", "key"))
    whole = row.part_of if row.part_of and row.part_of.visibility in steps else None
    return Told(
        project=row, parties=shown_parties(row),
        places=list(ProjectPlace.objects.filter(project=row, is_hidden=False).select_related("place").order_by("pk")),
        subjects=[(concepts[pk], name) for pk, name in names(concepts, lang).items()],
        papers=list(ProjectPaper.objects.filter(project=row, is_hidden=False).order_by("made_at", "pk")),
        framework=framework(project=row, outside=True), activities=_activities(row),
        campaigns=[(each, reach_said(campaign=each)) for each in Campaign.objects.filter(project=row, is_public=True).order_by("-starts", "pk")],
        lessons=list(Lesson.objects.filter(project=row, is_public=True).order_by("-made_at", "pk")),
        parts=list(Project.objects.filter(part_of=row, visibility__in=steps).order_by("-first_year", "pk")), whole=whole,
    )  # fmt: skip


def shown_parties(row: Project) -> list[ProjectParty]:
    """Partners that are not hidden and, where the directory knows them, are shown there today."""
    rows = ProjectParty.objects.filter(project=row, is_hidden=False).select_related("party").order_by("role", "made_at")
    shown = set(
        Party.objects.public(timezone.localdate()).filter(pk__in=rows.values("party")).values_list("pk", flat=True)
    )
    return [each for each in rows if each.party_id is None or each.party_id in shown]


def _activities(row: Project) -> list[Activity]:
    """What was or is done, at places that are not hidden, by whom may be named."""
    rows = Activity.objects.filter(project=row, is_hidden=False, state__in=("ongoing", "done"))
    found = list(rows.select_related("who", "place").order_by("-starts", "pk")[:MOST_ACTIVITIES])
    shown = set(
        Party.objects.public(timezone.localdate())
        .filter(pk__in=[each.who_id for each in found if each.who_id])
        .values_list("pk", flat=True)
    )
    return [each for each in found if each.who_id in shown]
