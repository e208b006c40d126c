"""Alerts on their way out, and those that went out."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.emergencies.models import Alert, Event, IssuedAlert, Signature


def alerts(*, actor: Any, organisation: Organisation) -> QuerySet[Alert]:
    """Alerts of an organisation that the actor may see, the newest first."""
    rows = policy.visible(actor, "alert.see", Alert.objects.filter(organisation=organisation).exclude(state="dropped"))
    return rows.select_related("made_by", "refers_to").order_by("-changed_at", "pk")


def alert_of(*, actor: Any, code: str, verb: str = "alert.see") -> tuple[Alert, Decision]:
    """The alert of a code with its signatures; Refused otherwise."""
    signed = Prefetch("signatures", Signature.objects.select_related("made_by").order_by("made_at", "pk"))
    rows = Alert.objects.select_related("organisation", "event", "refers_to", "made_by").prefetch_related(signed)
    return policy.fetch(actor, verb, rows.filter(code=code))


def current_alerts(*, now: dt.datetime | None = None, event: Event | None = None) -> QuerySet[IssuedAlert]:
    """Public: alerts and updates that are in force, the newest first."""
    moment = now or timezone.now()
    rows = IssuedAlert.objects.filter(expires_at__gt=moment, superseded_at=None).exclude(kind="Cancel")
    if event is not None:
        rows = rows.filter(code__in=Alert.objects.filter(event=event).values("code"))
    return rows.select_related("organisation").order_by("-sent_at", "pk")


def lately_issued(*, now: dt.datetime | None = None) -> QuerySet[IssuedAlert]:
    """Public: what a feed holds: what is in force, and cancellations until what they take back would have ended."""
    rows = IssuedAlert.objects.filter(expires_at__gt=now or timezone.now(), superseded_at=None)
    return rows.select_related("organisation").order_by("-sent_at", "pk")


def issued_of(*, code: str) -> IssuedAlert | None:
    """Public: an alert that went out, for ever at its address."""
    row: IssuedAlert | None = IssuedAlert.objects.select_related("organisation").filter(code=code).first()
    return row
