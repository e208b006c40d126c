"""The calendar that somebody fetches from outside: code and time of each hearing, and nothing else."""

import datetime as dt
import hashlib
from typing import Any

import icalendar
from django.utils import timezone

from hamroh.accounts import policy, rowsecurity
from hamroh.accounts.zones import zone_of
from hamroh.cases.models import CalendarToken
from hamroh.cases.selectors.deadlines import hearings_ahead

#: how long a hearing stays in the calendar after its day
BACK = dt.timedelta(days=7)


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar_of(secret: str) -> CalendarToken | None:
    """The calendar of an address, None where there is none, it was revoked, or its person may not enter any more."""
    token = CalendarToken.objects.select_related("user").filter(digest=digest(secret)).first()
    return token if token and token.user.is_active else None


def own_calendar(*, actor: Any) -> CalendarToken | None:
    """The actor's own calendar, if she made one."""
    policy.require(actor, "case.list")
    return CalendarToken.objects.filter(user=actor).first()


def entries(*, token: CalendarToken) -> bytes:
    """The hearings of the cases that its person may read now, as iCalendar."""
    standing = policy.standing(token.user)
    with rowsecurity.opened_for({held.organisation_id for held in standing.held}):
        rows = list(hearings_ahead(actor=token.user, since=timezone.now() - BACK))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//calendar//")
    calendar.add("version", "2.0")
    for row in rows:
        there = row.starts_at.astimezone(zone_of(row.case.organisation))
        entry = icalendar.Event()
        entry.add("uid", str(row.pk))
        entry.add("dtstamp", row.starts_at)
        entry.add("dtstart", row.starts_at)
        entry.add("summary", f"{row.case.code} {there:%H:%M}")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
