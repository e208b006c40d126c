"""What waits for an editor: entries past their date, reports, routes, consents that run out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.directory.models import EmergencyRoute, ListingConsent, Party, Report, Service
from hamroh.directory.selectors.entries import editable, is_overdue

#: how long before its end a consent is asked for again
CONSENT_NOTICE_DAYS = 60


@dataclass(frozen=True)
class ReviewQueue:
    """Querysets of what waits, each the most urgent first."""

    reports: QuerySet[Report]
    services: QuerySet[Service]
    parties: QuerySet[Party]
    routes: QuerySet[EmergencyRoute]
    consents: QuerySet[ListingConsent]


def review_queue(*, actor: Any) -> ReviewQueue:
    """Everything that the actor may put right; Refused for who is no editor."""
    return ReviewQueue(
        reports=open_reports(actor=actor),
        services=_overdue(editable(Service.objects.select_related("party"), actor)),
        parties=_overdue(editable(Party.objects.all(), actor)),
        routes=routes_to_check(actor=actor),
        consents=consents_about_to_expire(actor=actor),
    )


def _overdue(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Listed entries: the longest overdue first, then those that nobody ever verified."""
    return rows.filter(is_overdue(timezone.localdate()), state="listed").order_by("next_review_date", "code")


def open_reports(*, actor: Any) -> QuerySet[Report]:
    """Reports nobody has finished, on entries that the actor may edit."""
    parties, services = editable(Party.objects.all(), actor), editable(Service.objects.all(), actor)
    rows = Report.objects.filter(Q(party__in=parties) | Q(service__in=services), state__in=("new", "checking"))
    return rows.select_related("party", "service__party").order_by("received_date", "-times")


def routes_to_check(*, actor: Any) -> QuerySet[EmergencyRoute]:
    """Emergency numbers never verified, or past their date."""
    policy.require(actor, "directory.verify")
    rows = EmergencyRoute.objects.filter(is_overdue(timezone.localdate()))
    return rows.select_related("country").order_by("country__key", "rank")


def consents_about_to_expire(*, actor: Any, within_days: int = CONSENT_NOTICE_DAYS) -> QuerySet[ListingConsent]:
    """Current consents that end soon, on entries that the actor may edit."""
    today = timezone.localdate()
    parties = editable(Party.objects.all(), actor)
    rows = ListingConsent.objects.current(today).filter(expires_date__lte=today + dt.timedelta(days=within_days))
    rows = rows.filter(Q(party__in=parties) | Q(officer__party__in=parties))
    return rows.select_related("party", "officer__party").order_by("expires_date")


def emergency_routes(*, actor: Any, country: str) -> QuerySet[EmergencyRoute]:  # noqa: ARG001 - the same for everybody
    """The verified emergency numbers of a country (its key), in their order."""
    return EmergencyRoute.objects.public().filter(country__key=country)
