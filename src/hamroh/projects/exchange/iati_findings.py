"""What keeps a project from being a good activity of the aid standard, told at the field where it is put right."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hamroh.kernel.iati import Known, misbuilt
from hamroh.kernel.iati.facts import Body
from hamroh.kernel.iati.ours import broken
from hamroh.kernel.iati.reading import tree_of
from hamroh.kernel.iati.writing import activities_file
from hamroh.projects.exchange.iati_facts import activity, missing, reporters
from hamroh.projects.exchange.iati_rows import Rows, rows_of
from hamroh.projects.models import Project, ProjectPlace, Transaction
from hamroh.web.texts import pick

_HUNDRED = Decimal(100)


class Finding(NamedTuple):
    """One thing to put right: the part of the project, the field, ``error`` or ``warning``, what is wrong and what to do."""

    part: str
    field: str
    severity: str
    words: str
    do: str


def findings(project: Project) -> list[Finding]:
    """All that is to be put right in one project, errors first, whoever may read it."""
    return findings_of([project])[project.pk]


def findings_of(projects: Iterable[Project]) -> dict[UUID, list[Finding]]:
    """The same for many, in a number of queries that does not grow with them."""
    held, now = list(projects), timezone.now()
    rows = rows_of(held, now.date())
    by = reporters({each.organisation_id: each.organisation for each in held}.values(), now.date())
    return {each.pk: sorted(_found(each, rows, by, now), key=lambda found: found.severity) for each in held}


def _found(project: Project, rows: Rows, by: dict[UUID, Body], now: dt.datetime) -> list[Finding]:
    house = by.get(project.organisation_id)
    found = [*_of_house(house), *_lacking(project, now.date()), *_of_shares(project, rows), *_of_time(project, rows)]
    if missing(project, now.date()):
        return found
    body = house or Body({"en": project.organisation.code})
    tree = tree_of(activities_file([activity(project, body, rows, now.date())], now.isoformat()))
    lang = translation.get_language() or "en"
    seen = {(each.part, each.field) for each in found if each.severity == "error"}
    for told, _node in broken(tree, Known(now=now)):
        line = Finding(told.part, told.field, told.severity, pick(told.says, lang).text, pick(told.do, lang).text)
        if line not in found and (told.part, told.field) not in seen:
            found.append(line)
    return found + [_misbuilt() for _each in list(misbuilt(tree))[:1]]


def _misbuilt() -> Finding:
    return Finding(
        "about", "", "error", _("The standard cannot hold one of the values as it stands."),
        _("Look for a code or a currency that no list knows."),
    )  # fmt: skip


def _of_house(house: Body | None) -> Sequence[Finding]:
    if house is None:
        return [
            Finding(
                "house", "", "error", _("Our organisation has no public, registered entry in the directory: nothing is published."),
                _("Make the entry of the directory public, with its legal status."),
            )
        ]  # fmt: skip
    if not house.ref:
        return [
            Finding(
                "house", "identifiers", "warning", _("Our organisation has no number of the aid standard (org-id)."),
                _("Add it to the entry of the directory, with the scheme org-id."),
            )
        ]  # fmt: skip
    return []


def _lacking(project: Project, today: dt.date) -> list[Finding]:
    lacks = missing(project, today)
    found = []
    if "titles" in lacks:
        found.append(
            Finding("about", "titles", "error", _("The project has no title."), _("Write it in one language at least."))
        )
    if "period" in lacks:
        words = _("Where the project stands does not follow from its dates: it is not published.")
        found.append(Finding("period", "starts", "error", words, _("Write when it began and ended, or when it is to.")))
    return found


def _of_shares(project: Project, rows: Rows) -> list[Finding]:
    """Shares of places: all or none, and a hundred together."""
    shares = [each.share for each in rows.each(ProjectPlace, project.pk)]
    known = [each for each in shares if each is not None]
    do = _("Put the shares right, or leave all of them out.")
    if known and len(known) < len(shares):
        return [Finding("places", "share", "error", _("Some places have a share and some have none."), do)]
    if known and sum(known, Decimal(0)) != _HUNDRED:
        words = _("The shares of the places add up to %(sum)s per cent.") % {"sum": sum(known, Decimal(0)).normalize()}
        return [Finding("places", "share", "error", words, do)]
    return []


def _of_time(project: Project, rows: Rows) -> list[Finding]:
    """Money that moved long before the project."""
    first = project.starts or project.starts_planned
    early = [
        each for each in rows.each(Transaction, project.pk) if first and each.on_date.isoformat()[: len(first)] < first
    ]
    if not early:
        return []
    return [
        Finding(
            "money", "transactions", "warning", _("Money moved before the project began."),
            _("Look at the day of the payment and at the start."),
        )
    ]  # fmt: skip
