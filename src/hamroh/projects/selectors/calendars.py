"""Days of a project as iCalendar: reports and reviews that are due, planned activities, risks to look at again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hamroh.accounts.models import Organisation
from hamroh.projects.models import Activity, Project, ProjectDay, Risk
from hamroh.projects.selectors.projects import seen

MOST = 500


@dataclass(frozen=True)
class Due:
    """Something of a day: ``kind`` is activity, risk or the kind of a day; ``titles`` are ``{lang: text}``."""

    kind: str
    first: dt.date
    last: dt.date
    project: Project | None
    titles: Any
    row: Any

    @property
    def is_late(self) -> bool:
        return self.last < timezone.localdate()


def days_ahead(*, actor: Any, organisation: Organisation, project: Project | None = None) -> list[Due]:
    """What is due and not done, and planned activities whose days are known; the first first. Four queries."""
    mine = seen(actor, Project.objects.filter(organisation=organisation))
    mine = mine.filter(pk=project.pk) if project else mine
    by_id = {row.pk: row for row in mine}
    days = ProjectDay.objects.filter(project__in=mine.values("pk"), done_date=None).order_by("on_date", "pk")[:MOST]
    found = [Due(row.kind, row.on_date, row.on_date, by_id[row.project_id], row.titles, row) for row in days]
    risks = Risk.objects.filter(project__in=mine.values("pk"), state="open", review_date__isnull=False)
    found += [
        Due("risk", row.review_date, row.review_date, by_id[row.project_id], {}, row)
        for row in risks.order_by("review_date", "pk")[:MOST]
        if row.review_date
    ]
    work = Activity.objects.filter(project__in=mine.values("pk"), state__in=("planned", "ongoing"))
    found += [
        due
        for row in work.order_by("starts", "pk")[:MOST]
        if row.project_id and (due := _planned(row, by_id[row.project_id]))
    ]
    return sorted(found, key=lambda due: (due.first, due.kind, str(due.row.pk)))


def _planned(row: Activity, project: Project) -> Due | None:
    if len(row.starts) != 10:
        return None
    first = dt.date.fromisoformat(row.starts)
    last = dt.date.fromisoformat(row.ends) if len(row.ends) == 10 else first
    return Due("activity", first, last, project, row.whats, row)


def calendar(rows: Iterable[Due]) -> bytes:
    """The days as a file for a calendar. It says the kind and the code of the project alone: a telephone shows it to whoever holds it."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//calendar//")
    made.add("version", "2.0")
    for due in rows:
        entry = icalendar.Event()
        entry.add("uid", str(due.row.pk))
        entry.add("dtstamp", due.row.made_at)
        entry.add("dtstart", due.first)
        entry.add("dtend", due.last + dt.timedelta(days=1))
        entry.add("summary", due.project.code if due.project else "")
        made.add_component(entry)
    return bytes(made.to_ical())
