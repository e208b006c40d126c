"""What stands beside a project, one row at a time: partners, places, sectors, money, papers, days, results, indicators, risks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts import policy
from hamroh.projects.actions.frame import NotNow, held, of_project, once, unchanged
from hamroh.projects.actions.indexing import index_project
from hamroh.projects.models import (
    Actual,
    Budget,
    Indicator,
    Period,
    Project,
    ProjectDay,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    ProjectSector,
    Result,
    Risk,
    Transaction,
    Visible,
)
from hamroh.projects.states import RiskLife
from hamroh.vault import journal

PARTS: dict[str, Any] = {
    "party": ProjectParty, "place": ProjectPlace, "sector": ProjectSector, "budget": Budget, "money": Transaction, "paper": ProjectPaper,
    "day": ProjectDay, "result": Result, "indicator": Indicator, "risk": Risk,
}  # fmt: skip
#: what tells who wrote it
_SIGNED = (Transaction, Risk)
#: what says when it was last changed
_DATED = (Result, Indicator, Risk)
#: what the public page tells, so that the index follows it
_TOLD = (ProjectParty, ProjectPlace, ProjectSector)
_HUNDRED = Decimal(100)


@transaction.atomic
def note_part(*, actor: Any, project: Project, what: str, told: Mapping[str, Any]) -> Any:
    """One more row of a kind. NotNow where it is there already or cannot be so."""
    of = held(actor, project)
    row = PARTS[what](organisation_id=of.organisation_id, project=of, **told)
    if isinstance(row, _SIGNED):
        row.made_by = actor
    _written(row)
    journal.record(actor=actor, verb="project.note", about=of, facts={"what": what, "row": str(row.pk)})
    _index(row, of)
    return row


@transaction.atomic
def change_part(*, actor: Any, project: Project, what: str, pk: UUID, told: Mapping[str, Any], seen: str) -> None:
    """A row as it is known now. NotNow where somebody changed it meanwhile."""
    of = held(actor, project)
    row = of_project(PARTS[what], of, pk)
    unchanged(row, seen)
    if isinstance(row, Risk) and told["state"] != row.state:
        RiskLife.check(row.state, told["state"])
    for name, value in told.items():
        setattr(row, name, value)
    if isinstance(row, _DATED):
        row.changed_at = timezone.now()
    _written(row)
    journal.record(actor=actor, verb="project.correct", about=of, facts={"what": what, "row": str(row.pk)})
    _index(row, of)


@transaction.atomic
def take_back(*, actor: Any, project: Project, what: str, pk: UUID) -> None:
    """A row that was noted by mistake. What figures stand under stays: a figure is superseded, never taken away."""
    of = held(actor, project)
    row = of_project(PARTS[what], of, pk)
    if _has_figures(row):
        raise NotNow(_("Figures stand under this, so it stays."))
    try:
        row.delete()
    except ProtectedError:
        raise NotNow(_("Something else rests on this, so it stays.")) from None
    journal.record(actor=actor, verb="project.take_back", about=of, facts={"what": what})
    _index(row, of)


def _has_figures(row: Any) -> bool:
    if isinstance(row, Indicator):
        return Actual.objects.filter(period__indicator=row).exists()
    if isinstance(row, Result):
        return any(_has_figures(each) for each in row.indicators.all()) or any(
            _has_figures(each) for each in row.parts.all()
        )
    return isinstance(row, Period) and row.actuals.exists()


def _written(row: Any) -> None:
    once(row)
    for kind, check in CHECKS.items():
        if isinstance(row, kind):
            check(row)
    row.save()


def _index(row: Any, of: Project) -> None:
    if isinstance(row, _TOLD) and of.visibility == Visible.PUBLIC:
        index_project(of)


def _check_share(row: Any) -> None:
    """Shares of one kind, and within one vocabulary of sectors, are of one whole."""
    rows = type(row).objects.filter(project=row.project).exclude(pk=row.pk)
    if isinstance(row, ProjectSector):
        rows = rows.filter(vocabulary=row.vocabulary)
    others = rows.aggregate(all=Sum("share"))["all"] or Decimal(0)
    if (row.share or 0) + others > _HUNDRED:
        raise NotNow(_("With the others this is more than the whole: at most %(rest)s is left.") % {"rest": _HUNDRED - others}, "share")  # fmt: skip


def _check_budget(row: Budget) -> None:
    if row.ends_date < row.starts_date:
        raise NotNow(_("It cannot end before it begins."), "ends_date")
    if (row.ends_date - row.starts_date).days > 365:
        raise NotNow(_("A budget is for a year at most: write one for each year."), "ends_date")


def _check_result(row: Result) -> None:
    """An output stands under an outcome of the same project, an outcome under an impact."""
    if row.parent is None:
        return
    if row.parent.project_id != row.project_id:
        raise policy.Refused("a result of another project")
    if RANK[row.parent.level] >= RANK[row.level]:
        raise NotNow(UNDER, "parent")


UNDER = gettext_lazy("It can only stand under a result that is wider than itself.")
RANK = {"impact": 0, "outcome": 1, "output": 2}


def _check_indicator(row: Indicator) -> None:
    if row.result.project_id != row.project_id:
        raise policy.Refused("a result of another project")
    if row.measure != "number" and row.aggregation == "sum":
        raise NotNow(_("Only numbers can be added. Choose another way to put periods together."), "aggregation")


def _check_party(row: ProjectParty) -> None:
    if row.party is None and not row.name.strip():
        raise NotNow(_("Say who it is."), "party")


CHECKS: dict[Any, Any] = {
    ProjectPlace: _check_share, ProjectSector: _check_share, Budget: _check_budget, Result: _check_result, Indicator: _check_indicator,
    ProjectParty: _check_party,
}  # fmt: skip
