"""Reports to donors of the demonstration: one that two people approved and that was given on, and a draft of the next one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.kernel import datafiles, reporting
from hamroh.projects.actions import reports as actions
from hamroh.projects.actions.reports import ReportTold
from hamroh.projects.models import DonorReport, Project
from hamroh.projects.reports import gathering
from hamroh.vault import journal

FILE = "demo/donors.yml"


def load_reports() -> None:
    """Through the room's own actions; a house that has a report already is left alone."""
    told = datafiles.document(FILE)
    project = Project.objects.get(organisation__code=told["house"], reference=told["project"])
    if DonorReport.objects.filter(project=project).exists():
        return
    writes, approves = (User.objects.get(username=told[name]) for name in ("writes", "approves"))
    first = dt.date.fromisoformat(project.starts)
    middle = first + dt.timedelta(days=told["first"])
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        row = _written(writes, project, told, (first, middle - dt.timedelta(days=1)), told["words"])
        actions.propose_report(actor=writes, report=row, seen=row.changed_at)
        row.refresh_from_db()
        mark = reporting.digest(reporting.canonical(gathering.composed(row, actor=approves)))
        actions.approve_report(actor=approves, report=row, mark=mark)
        _given(writes, row, told)
        _written(writes, project, told, (middle, middle + dt.timedelta(days=told["first"] - 1)), told["draft"])


def _written(
    writes: User, project: Project, told: Mapping[str, Any], span: tuple[dt.date, dt.date], words: Mapping[str, Any]
) -> DonorReport:
    starts, ends = (day.isoformat() for day in span)
    given = ReportTold("half_year", starts, ends, tuple(told["languages"]))
    row = actions.begin_report(actor=writes, project=project, told=given)
    for section, texts in words.items():
        actions.write_section(actor=writes, report=row, section=section, words=texts, seen=row.changed_at)
        row.refresh_from_db()
    return row


def _given(writes: User, row: DonorReport, told: Mapping[str, Any]) -> None:
    """Lent for as long as the demonstration is likely to be tried."""
    row.refresh_from_db()
    until = timezone.localdate() + dt.timedelta(days=told["days"])
    for username, house in told["given"]:
        organisation = Organisation.objects.get(code=house)
        actions.give_report(actor=writes, report=row, username=username, organisation=organisation, until=until)
