"""A calendar that is fetched from outside: its address is made, replaced and revoked by whom it belongs to."""

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.cases.models import CalendarToken
from hamroh.cases.selectors.calendars import digest
from hamroh.vault import journal

#: fetching is written down once in so long
TOLD_EVERY = dt.timedelta(days=1)


@transaction.atomic
def make_calendar(*, actor: Any) -> str:
    """A new address of the actor's calendar, shown once; the one before opens nothing any more."""
    policy.require(actor, "case.list")
    secret = secrets.token_urlsafe(32)
    values = {"digest": digest(secret), "made_at": timezone.now(), "fetched_at": None}
    CalendarToken.objects.update_or_create(user=actor, defaults=values)
    journal.record(actor=actor, verb="case.make_calendar", about=actor)
    return secret


@transaction.atomic
def revoke_calendar(*, actor: Any) -> None:
    """From now on the address opens nothing."""
    policy.require(actor, "case.list")
    if CalendarToken.objects.filter(user=actor).delete()[0]:
        journal.record(actor=actor, verb="case.revoke_calendar", about=actor)


@transaction.atomic
def note_fetched(*, token: CalendarToken) -> None:
    """The calendar was fetched: its person sees when, and the journal is told once a day."""
    now = timezone.now()
    fresh = token.fetched_at is None or now - token.fetched_at >= TOLD_EVERY
    CalendarToken.objects.filter(pk=token.pk).update(fetched_at=now)
    if fresh:
        journal.record(actor=token.user, verb="case.fetch_calendar", about=token.user)
