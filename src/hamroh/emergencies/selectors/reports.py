"""Situation reports as they were frozen."""

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.emergencies.models import Event, Report


def reports(*, event: Event) -> QuerySet[Report]:
    """The reports of an event, the newest first."""
    rows: QuerySet[Report] = Report.objects.filter(event=event).select_related("made_by").order_by("-number")
    return rows


def report_of(*, event: Event, number: int) -> Report:
    """The report of a number of this very event; Refused otherwise."""
    row: Report | None = Report.objects.filter(event=event, number=number).select_related("made_by").first()
    if row is None:
        raise policy.Refused("no such report of this event")
    return row
