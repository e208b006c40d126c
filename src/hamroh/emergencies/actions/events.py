"""Events are declared, changed, closed; incidents in them are assessed again and again; the centre keeps its log."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.actions.frame import MEANWHILE, NotNow, held, logged, of_event
from hamroh.emergencies.models import Event, Incident, LogKind, LogLine, SeverityLine, Task
from hamroh.kernel.damage import glide_fault
from hamroh.vault import journal


def glide_words(fault: str) -> str:
    """What is wrong with a GLIDE number, in words."""
    return {
        "form": _("A GLIDE number looks like MS-2010-000158-TJK."),
        "hazard": _("The letters of this GLIDE number are those of another hazard."),
        "year": _("The year of this GLIDE number is another one."),
    }[fault]


@transaction.atomic
def declare_event(
    *, actor: Any, organisation: Organisation, hazard: str, titles: Mapping[str, str], started_at: dt.datetime, areas: Sequence[str],
    is_exercise: bool = False, glide: str = "", note: str = "",
) -> Event:  # fmt: skip
    """A hazard that has struck, or an exercise. Whether it is an exercise never changes afterwards."""
    row = Event(
        organisation=organisation, hazard=hazard, titles=dict(titles), started_at=started_at, areas=_known(areas),
        is_exercise=is_exercise, glide=_checked(glide, hazard, started_at), note=note.strip() or None, made_by=actor,
    )  # fmt: skip
    policy.require(actor, "event.edit", row)
    row.save()
    journal.record(actor=actor, verb="event.declare", about=row, facts={"hazard": hazard, "exercise": is_exercise})
    return row


def _known(areas: Sequence[str]) -> list[str]:
    """Keys of admin units that there are, in the order given. NotNow where one is not."""
    there = set(AdminUnit.objects.filter(key__in=areas).values_list("key", flat=True))
    if not areas or set(areas) - there:
        raise NotNow(_("Say where it is: a place that the directory knows."))
    return list(dict.fromkeys(areas))


def _checked(glide: str, hazard: str, started_at: dt.datetime) -> str:
    number = glide.strip().upper()
    if fault := glide_fault(number, hazard, started_at.year):
        raise NotNow(glide_words(fault))
    return number


@transaction.atomic
def change_event(
    *, actor: Any, event: Event, titles: Mapping[str, str], areas: Sequence[str], ended_date: dt.date | None, glide: str, note: str,
    seen: dt.datetime,
) -> None:  # fmt: skip
    """What is known of an event now. NotNow where somebody changed it after ``seen``."""
    row = held(actor, event, "event.edit")
    if row.changed_at != seen:
        raise NotNow(MEANWHILE)
    row.titles, row.areas, row.ended_date = dict(titles), _known(areas), ended_date
    row.glide, row.note, row.changed_at = (
        _checked(glide, row.hazard, row.started_at),
        note.strip() or None,
        timezone.now(),
    )
    row.save()
    journal.record(actor=actor, verb="event.change", about=row)


@transaction.atomic
def close_event(*, actor: Any, event: Event, words: str) -> None:
    """The centre is closed, with the reason in its log. NotNow while an incident or a task of it is open."""
    row = held(actor, event, "event.edit")
    if Incident.objects.filter(event=row, closed_at=None).exists():
        raise NotNow(_("An incident is still open. Close it first."))
    if Task.objects.filter(event=row, state__in=("given", "taken")).exists():
        raise NotNow(_("A task is still open. Finish it or call it off first."))
    logged(actor, row, words.strip(), kind=LogKind.DECISION)
    row.state, row.closed_date, row.changed_at = "closed", local_date(timezone.now(), row.organisation), timezone.now()
    row.save()
    journal.record(actor=actor, verb="event.close", about=row)


@transaction.atomic
def reopen_event(*, actor: Any, event: Event) -> None:
    """A closed emergency goes on."""
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    policy.require(actor, "event.edit", row)
    if row.state != "closed":
        raise NotNow(MEANWHILE)
    row.state, row.closed_date, row.changed_at = "open", None, timezone.now()
    row.save()
    journal.record(actor=actor, verb="event.reopen", about=row)


@transaction.atomic
def declare_incident(
    *, actor: Any, event: Event, place: AdminUnit, lead: str, severity: str, level: str, started_at: dt.datetime, spot: str = "",
    commander: Any = None, words: str = "",
) -> Incident:  # fmt: skip
    """What happened in one place, and who leads there."""
    of = held(actor, event, "event.edit")
    row = Incident(
        organisation_id=of.organisation_id, event=of, made_by=actor, place=place, spot=spot, lead=lead, commander=commander,
        severity=severity, level=level, started_at=started_at,
    )  # fmt: skip
    row.save()
    _assessed(actor, row, words)
    journal.record(
        actor=actor, verb="incident.declare", about=of, facts={"incident": str(row.pk), "severity": severity}
    )
    return row


@transaction.atomic
def assess(
    *, actor: Any, event: Event, incident: Incident, severity: str, level: str, words: str, commander: Any = None
) -> None:
    """How severe an incident is thought to be now, and who commands; what was thought before stays."""
    of = held(actor, event, "event.edit")
    row = of_event(Incident, of, incident.pk)
    if row.closed_at is not None:
        raise NotNow(_("This incident is closed."))
    row.severity, row.level, row.commander = severity, level, commander or row.commander
    row.save()
    _assessed(actor, row, words)
    journal.record(actor=actor, verb="incident.assess", about=of, facts={"incident": str(row.pk), "severity": severity})


def _assessed(actor: Any, row: Incident, words: str) -> None:
    SeverityLine(
        organisation_id=row.organisation_id, event_id=row.event_id, incident=row, severity=row.severity, level=row.level,
        words=words.strip() or None, made_by=actor,
    ).save()  # fmt: skip


@transaction.atomic
def close_incident(*, actor: Any, event: Event, incident: Incident, words: str) -> None:
    """An incident is over; the log says why."""
    of = held(actor, event, "event.edit")
    row = of_event(Incident, of, incident.pk)
    if row.closed_at is not None:
        raise NotNow(MEANWHILE)
    row.closed_at = timezone.now()
    row.save()
    logged(actor, of, words.strip(), kind=LogKind.DECISION, incident=row)
    journal.record(actor=actor, verb="incident.close", about=of, facts={"incident": str(row.pk)})


@transaction.atomic
def write_log(
    *,
    actor: Any,
    event: Event,
    kind: str,
    words: str,
    happened_at: dt.datetime | None = None,
    incident: Incident | None = None,
) -> LogLine:
    """A line of the log. It stands once it is written: whoever erred writes another."""
    of = held(actor, event, "event.write_log")
    if incident is not None:
        incident = of_event(Incident, of, incident.pk)
    now = timezone.now()
    if happened_at is not None and happened_at > now + dt.timedelta(minutes=5):
        raise NotNow(_("This has not happened yet: look at the time."))
    row = logged(actor, of, words.strip(), kind=kind, incident=incident, happened_at=happened_at or now)
    journal.record(actor=actor, verb="event.log", about=of, facts={"kind": kind})
    return row
