"""Activities, campaigns and lessons as the desk reads them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.kernel.text import fold
from hamroh.projects.models import (
    Activity,
    Campaign,
    CampaignMaterial,
    CampaignReach,
    HowKnown,
    Lesson,
    Project,
    Reach,
    Visible,
)
from hamroh.projects.selectors.projects import seen
from hamroh.thesaurus.selectors import concept_lookup


def _mine(actor: Any, rows: QuerySet[Any], verb: str = "project.see") -> QuerySet[Any]:
    """Rows of her organisation; of a team's own projects only where she may see the project."""
    hidden = Project.objects.filter(visibility=Visible.TEAM).exclude(
        pk__in=seen(actor, Project.objects.all(), verb).values("pk")
    )
    return policy.visible(actor, verb, rows).exclude(project__in=hidden.values("pk"))


def activities(
    *, actor: Any, organisation: Organisation, project: Project | None = None, state: str = ""
) -> QuerySet[Activity]:
    """Activities of an organisation, the newest first, each with for whom it was."""
    rows = _mine(actor, Activity.objects.filter(organisation=organisation))
    rows = rows.filter(project=project) if project else rows
    rows = rows.filter(state=state) if state else rows
    people = Prefetch("reach", Reach.objects.order_by("made_at", "pk"))
    return rows.select_related("project", "who", "place").prefetch_related(people).order_by("-starts", "-made_at", "pk")


def campaigns(*, actor: Any, organisation: Organisation, project: Project | None = None) -> QuerySet[Campaign]:
    """Campaigns of an organisation, the newest first."""
    rows = _mine(actor, Campaign.objects.filter(organisation=organisation))
    rows = rows.filter(project=project) if project else rows
    return rows.select_related("project").order_by("-starts", "-made_at", "pk")


def lessons(
    *, actor: Any, organisation: Organisation, project: Project | None = None, text: str = "", lang: str = "en"
) -> QuerySet[Lesson]:
    """Lessons of an organisation that say some words, or are about them in the thesaurus; the newest first."""
    rows = _mine(actor, Lesson.objects.filter(organisation=organisation))
    rows = rows.filter(project=project) if project else rows
    if text:
        said = Q()
        for word in fold(text).split():
            said &= Q(words__contains=word)
        keys = [found.key for found in concept_lookup(text, lang, limit=5)]
        links = Lesson.themes.through._default_manager.filter(concept__ancestry__ancestor__key__in=keys)  # noqa: SLF001
        rows = rows.filter(said | Q(pk__in=links.values("lesson")))
    return rows.select_related("project").order_by("-made_at", "pk")


def record_of(*, actor: Any, model: Any, code: str, verb: str = "project.see") -> Any:
    """The activity, campaign or lesson of a code; Refused otherwise."""
    row = _mine(actor, model.objects.select_related("organisation", "project").filter(code=code), verb).first()
    if row is None:
        raise policy.Refused("no such record for this person")
    return row


@dataclass(frozen=True)
class Known:
    """What a campaign reached as far as it is known in one way. Several ways are never added: the same people may be in each."""

    how: HowKnown
    rows: list[CampaignReach]

    @property
    def number(self) -> int | None:
        """The sum of one way, where all of it is for the whole time; None otherwise."""
        months = {row.per_month for row in self.rows}
        return (
            None
            if len(months) > 1 or (months == {True} and len(self.rows) > 1)
            else sum(row.number for row in self.rows)
        )

    @property
    def at_least(self) -> bool:
        return any(row.at_least for row in self.rows)

    @property
    def per_month(self) -> bool:
        return bool(self.rows) and self.rows[0].per_month


def reach_said(*, campaign: Campaign) -> list[Known]:
    """The reach of a campaign, apart by how it is known."""
    by_way: dict[str, list[CampaignReach]] = {}
    for row in CampaignReach.objects.filter(campaign=campaign).select_related("place").order_by("made_at", "pk"):
        by_way.setdefault(row.how_known, []).append(row)
    return [Known(how, by_way[how]) for how in HowKnown if how in by_way]


def materials_of(*, campaign: Campaign) -> list[CampaignMaterial]:
    return list(CampaignMaterial.objects.filter(campaign=campaign).order_by("made_at", "pk"))
