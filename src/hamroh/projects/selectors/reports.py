"""Reports to donors, for who writes them and for whom they were given to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, RecordGrant
from hamroh.accounts.policy.facts import kind_of
from hamroh.pages.models import Story
from hamroh.projects.models import DonorReport, FrozenReport, Project
from hamroh.projects.reports.statistics import Tables, outside
from hamroh.projects.selectors.projects import seen
from hamroh.projects.states import FROZEN

#: projects that are offered to begin a report on
MOST = 60
READ, SEE = "donorreport.read", "donorreport.see"


def projects_to_report_on(*, actor: Any, organisation: Organisation) -> QuerySet[Project]:
    """Projects of an organisation on which she can begin a report, the newest first."""
    rows = seen(actor, Project.objects.filter(organisation=organisation), "donorreport.write")
    return rows.order_by("-first_year", "-made_at")[:MOST]


def project_to_report_on(*, actor: Any, code: str) -> Project:
    """The project of a code; Refused where she writes no reports on it."""
    row, _decision = policy.fetch(actor, "donorreport.write", seen(actor, Project.objects.filter(code=code)))
    found: Project = row
    return found


def donor_reports(*, actor: Any, organisation: Organisation, project: Project | None = None) -> QuerySet[DonorReport]:
    """Reports of an organisation on the projects that she sees, the newest first."""
    rows = policy.visible(actor, SEE, DonorReport.objects.filter(organisation=organisation))
    rows = rows.filter(project__in=seen(actor, Project.objects.all()).values("pk"))
    rows = rows.filter(project=project) if project else rows
    return rows.select_related("project").order_by("-made_at", "-version")


def given_reports(*, actor: Any) -> QuerySet[DonorReport]:
    """Approved reports that were lent to her, the newest first. The projects are not lent with them."""
    rows = policy.visible(actor, READ, DonorReport.objects.filter(state__in=FROZEN))
    rows = rows.exclude(pk__in=policy.visible(actor, SEE, DonorReport.objects.all()).values("pk"))
    return rows.select_related("organisation").order_by("-approved_at")


def may_work(*, actor: Any) -> bool:
    """Whether she writes reports anywhere."""
    return bool(policy.allowed(actor, SEE))


def report_of(*, actor: Any, code: str, version: int) -> DonorReport:
    """One version of a report: any for who writes them, an approved one for whom it was lent to; Refused otherwise.

    One query, whether there is no such report or no right to it.
    """
    rows = DonorReport.objects.filter(code=code, version=version)
    mine = policy.visible(actor, SEE, rows)
    working = mine.filter(project__in=seen(actor, Project.objects.all()).values("pk"))
    lent = policy.visible(actor, READ, rows.filter(state__in=FROZEN)).exclude(pk__in=mine.values("pk"))
    found: DonorReport | None = (
        rows.filter(Q(pk__in=working.values("pk")) | Q(pk__in=lent.values("pk")))
        .select_related("organisation", "proposed_by", "approved_by")
        .first()
    )
    if found is None:
        raise policy.Refused("no such report for this person")
    return found


def frozen_of(*, report: DonorReport) -> FrozenReport | None:
    """What an approved report said; None of one that is not approved."""
    found: FrozenReport | None = FrozenReport.objects.filter(report=report).first() if report.is_frozen else None
    return found


def versions_of(*, actor: Any, report: DonorReport) -> list[DonorReport]:
    """Every version of a report that she may see, the newest first."""
    rows = policy.visible(actor, SEE, DonorReport.objects.filter(code=report.code))
    return list(rows.order_by("-version"))


@dataclass(frozen=True)
class Choice:
    """What may stand in a report of this organisation: stories that are told today, tables that left for donors."""

    stories: list[Story]
    tables: Tables


def choices(*, actor: Any, report: DonorReport) -> Choice:
    """What an officer chooses from. Two queries."""
    stories = Story.objects.public().filter(organisation=report.organisation_id).order_by("-made_at")[:50]
    return Choice(list(stories), outside(actor, report))


def given_to(*, report: DonorReport) -> QuerySet[RecordGrant]:
    """Who was lent a report, the newest first, those included whose time is over."""
    rows = RecordGrant.objects.filter(record_kind=kind_of(report), record_id=str(report.pk))
    return rows.select_related("to_organisation", "to_user").order_by("-starts_at")


def houses_to_give_to() -> QuerySet[Organisation]:
    """Our own, whose donors are given it, and every other organisation that works with this installation."""
    rows: QuerySet[Organisation] = Organisation.objects.order_by("code")
    return rows
