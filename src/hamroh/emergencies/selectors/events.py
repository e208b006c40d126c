"""Events, their incidents, and the log of the centre."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.models import Event, Incident, LogLine, SeverityLine
from hamroh.vault import opening


def events(*, actor: Any, organisation: Organisation) -> QuerySet[Event]:
    """Events of an organisation, open ones first, real ones before exercises."""
    rows = policy.visible(actor, "event.see", Event.objects.filter(organisation=organisation))
    return rows.order_by("-state", "is_exercise", "-started_at", "pk")  # "open" comes after "closed" in the alphabet


def event_of(*, actor: Any, code: str, verb: str = "event.see") -> tuple[Event, Decision]:
    """The event of a code with the decision that opens it and its rows; Refused otherwise."""
    return policy.fetch(actor, verb, Event.objects.select_related("organisation", "made_by").filter(code=code))


def area_names(rows: Iterable[Event]) -> dict[str, dict[str, str]]:
    """Names of the places that events name, by key, by one query."""
    keys = {key for row in rows for key in row.areas}
    return dict(AdminUnit.objects.filter(key__in=keys).values_list("key", "names"))


def incidents(*, event: Event) -> list[Incident]:
    """Incidents of an event, open ones first, the gravest first."""
    grave = ("extreme", "severe", "moderate", "minor")
    rows = Incident.objects.filter(event=event).select_related("place", "commander")
    return sorted(
        rows, key=lambda row: (row.closed_at is not None, grave.index(row.severity), -row.started_at.timestamp())
    )


def incident_of(*, event: Event, pk: UUID) -> Incident:
    """An incident of this very event; Refused otherwise."""
    row: Incident | None = Incident.objects.filter(event=event, pk=pk).select_related("place", "commander").first()
    if row is None:
        raise policy.Refused("no such incident of this event")
    return row


def severities(*, incident: Incident, decision: Decision | None) -> list[dict[str, Any]]:
    """How severe an incident was thought to be, the newest first; the words open to who may read the log."""
    rows = SeverityLine.objects.filter(incident=incident).select_related("made_by").order_by("-made_at", "pk")
    return [{"row": row, "words": _words(row, decision)} for row in rows]


def log(*, rows: Sequence[LogLine], decision: Decision) -> list[dict[str, Any]]:
    """One page of the log, opened."""
    return [{"row": row, "words": _words(row, decision)} for row in rows]


def _words(row: Any, decision: Decision | None) -> Any:
    return opening.open_each(row, ("words",), decision=decision, purpose="page")["words"] if decision else None


def log_lines(*, event: Event) -> QuerySet[LogLine]:
    """The log, the newest first."""
    rows: QuerySet[LogLine] = LogLine.objects.filter(event=event).select_related("made_by", "incident__place")
    return rows.order_by("-happened_at", "-made_at", "pk")
