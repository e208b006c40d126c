"""The files of the aid standard that this installation publishes: of one organisation, or of all. Made anew for whoever asks.

What was public a moment ago and is no longer must be gone at once: no file is kept, its digest spares those who have it already.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts.models import Organisation
from hamroh.kernel.iati import activities_file, organisations_file
from hamroh.kernel.iati.facts import Activity, Body, Publisher
from hamroh.projects.exchange.iati_facts import reporters, told
from hamroh.projects.models import Project, Visible

#: when nothing was ever changed
_NEVER = "2026-01-01T00:00:00Z"


def published(houses: Iterable[Organisation]) -> QuerySet[Project]:
    """Public projects of these organisations that are their own: what came from somebody's file is published by whom it is of."""
    rows = Project.objects.filter(organisation__in=list(houses), visibility=Visible.PUBLIC, origin=None)
    return rows.select_related("organisation").order_by("organisation__code", "reference", "pk")


def activities(houses: Iterable[Organisation], today: dt.date) -> bytes | None:
    """The file of activities; None where there is none to tell of."""
    held = list(houses)
    made = _activities(held, reporters(held, today), today)
    return activities_file(made, max(each.changed_at for each in made)) if made else None


def _activities(houses: list[Organisation], by: dict[UUID, Body], today: dt.date) -> list[Activity]:
    return list(told(list(published([each for each in houses if each.pk in by])), by, today))


def organisations(houses: Iterable[Organisation], today: dt.date) -> bytes | None:
    """The file of the organisations that publish; None where none does."""
    held = list(houses)
    by = reporters(held, today)
    latest: dict[str, str] = {}
    who: dict[str, Body] = {}
    for each in _activities(held, by, today):
        who[each.reporter.ref] = each.reporter
        latest[each.reporter.ref] = max(latest.get(each.reporter.ref, _NEVER), each.changed_at)
    made = [Publisher(body, latest[ref], _language(body)) for ref, body in who.items()]
    return organisations_file(made, max(latest.values())) if made else None


def _language(body: Body) -> str:
    return next((lang for lang in ("en", *body.names) if body.names.get(lang)), "en")
