"""Whence a figure can come: statistics that left through the audit, trainings, campaigns. The value is read at its source, not typed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.projects.models import CampaignReach, Project
from hamroh.statistics import selectors as statistics
from hamroh.training import selectors as training
from hamroh.training.models import Round
from hamroh.web import dates
from hamroh.web.texts import pick

#: how many of a kind are offered to choose from
MOST = 200


@dataclass(frozen=True)
class Found:
    """A figure at its source, and what that is called."""

    value: Decimal
    words: str
    at_least: bool = False
    ref: str = ""


def value_from(*, actor: Any, project: Project, kind: str, ref: str) -> Found | None:
    """The figure that a reference names, as far as she may read it; None where there is none of the kind."""
    finder = {"release": _released, "training": _trained, "campaign": _reached}.get(kind)
    if finder is None or not ref:
        return None
    try:
        return finder(actor, project, ref)
    except (policy.Refused, ValueError):
        return None


def choices_of(*, actor: Any, project: Project, kind: str) -> list[Found]:
    """Figures of a kind that can be chosen, each with its reference."""
    lister = {"release": _releases, "training": _trainings, "campaign": _campaigns}.get(kind)
    try:
        return lister(actor, project)[:MOST] if lister else []
    except policy.Refused:
        return []


def _lang() -> str:
    return get_language() or "en"


def _released(actor: Any, project: Project, ref: str) -> Found | None:
    pk, _hash, key = ref.partition("#")
    table = statistics.released_table(actor=actor, organisation_id=project.organisation_id, pk=UUID(pk))
    return next((found for found in _cells(table) if found.ref == f"{table.pk}#{key}"), None)


def _releases(actor: Any, project: Project) -> list[Found]:
    tables = statistics.released_tables(actor=actor, organisation_id=project.organisation_id)
    return [found for table in tables for found in _cells(table)]


def _cells(table: Any) -> list[Found]:
    """Cells that are shown: one that is withheld is no figure."""
    named = ", ".join((table.title, dates.day(table.made_at.date(), _lang())))
    return [
        Found(Decimal(count), f"{named}: {label}", ref=f"{table.pk}#{key}") for key, label, count in table.labelled()
    ]


def _trained(actor: Any, project: Project, ref: str) -> Found | None:
    row, _decision = training.round_of(actor=actor, code=ref)
    return _of_round(row) if row.organisation_id == project.organisation_id else None


def _of_round(row: Round, heads: Any = None) -> Found | None:
    counted = heads if heads is not None else training.heads(rows=[row]).get(row.pk)
    if counted is None:
        return None
    name = pick(row.course.names, _lang()).text
    when = dates.partial(row.starts, _lang()) if row.starts else ""
    return Found(
        Decimal(counted.number), ", ".join(each for each in (name, when, row.code) if each), counted.is_open, row.code
    )


def _trainings(actor: Any, project: Project) -> list[Found]:
    rows = list(training.rounds(actor=actor, organisation=project.organisation)[:MOST])
    counted = training.heads(rows=rows)
    found = (_of_round(row, counted[row.pk]) for row in rows if row.pk in counted)
    return [each for each in found if each]


def _reached(_actor: Any, project: Project, ref: str) -> Found | None:
    row = _rows(project).filter(pk=UUID(ref)).first()
    return _of_reach(row) if row else None


def _campaigns(_actor: Any, project: Project) -> list[Found]:
    return [_of_reach(row) for row in _rows(project)[:MOST]]


def _rows(project: Project) -> Any:
    rows = CampaignReach.objects.filter(campaign__project=project, per_month=False)
    return rows.select_related("campaign", "place").order_by("-made_at", "pk")


def _of_reach(row: CampaignReach) -> Found:
    place = pick(row.place.names, _lang()).text if row.place else ""
    words = (
        pick(row.campaign.titles, _lang()).text, place, str(row.get_channel_display()), str(row.get_how_known_display())
    )  # fmt: skip
    return Found(Decimal(row.number), ", ".join(each for each in words if each), row.at_least, str(row.pk))
