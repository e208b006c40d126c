"""Keeping entries true: checks with their dates, public reports, emergency routes."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.actions.entries import Entry, lock
from hamroh.directory.actions.indexing import index_entries
from hamroh.directory.facts import FactsRefused, Problem
from hamroh.directory.models import EmergencyRoute, Party, Report, Service
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.directory.selectors.entries import reachable_by_phone
from hamroh.directory.states import ReportStates
from hamroh.vault import journal

MONTHS_WITH_PHONE, MONTHS_OTHERWISE = 6, 12
#: more of the same on one day says nothing new; more entries a day than this is no honest day
MOST_TIMES, MOST_REPORTS_A_DAY = 99, 500


@transaction.atomic
def verify_entry(*, actor: Any, entry: Entry, next_review_date: dt.date | None = None) -> Entry:
    """Say that somebody checked the entry today; it comes back to the queue after 6 months with a phone, else after 12."""
    entry = lock(entry)
    policy.require(actor, "directory.verify", entry)
    today = timezone.localdate()
    if next_review_date is not None and next_review_date <= today:
        raise FactsRefused([Problem("next_review_date", _("Choose a day that is still to come."))])
    entry.verified_date, entry.verified_by = today, actor
    entry.next_review_date = next_review_date or _next_review(entry, today)
    entry.save(update_fields=["verified_date", "verified_by", "next_review_date", "updated_at"])
    facts = {"next": entry.next_review_date.isoformat()}
    journal.record(actor=actor, verb="directory.verify_entry", about=entry, facts=facts)
    index_entries([entry])
    return entry


def _next_review(entry: Party | Service, today: dt.date) -> dt.date:
    """A number grows old faster than an office; a consent that runs out is asked for again in time."""
    by_phone = isinstance(entry, Service) and reachable_by_phone(entry)
    due = today + relativedelta(months=MONTHS_WITH_PHONE if by_phone else MONTHS_OTHERWISE)
    if isinstance(entry, Party) and entry.kind in CONSENT_KINDS:
        ends = entry.consents.current(today).order_by("-expires_date").values_list("expires_date", flat=True).first()
        return min(due, ends) if ends else due
    return due


@transaction.atomic
def report_problem(*, entry: Party | Service, reason: str) -> None:
    """Anybody says what is wrong, by a fixed choice; of who and when only the day is kept.

    The same on the same day is counted, not stored again, so that a flood fills nothing and no sender need be known.
    No journal line is written: it would tell the moment.
    """
    if reason not in Report.Reason.values:
        raise FactsRefused([Problem("reason", _("This is not one of the choices."))])
    about = {"party": entry} if isinstance(entry, Party) else {"service": entry}
    today = timezone.localdate()
    same = Report.objects.filter(**about, reason=reason, received_date=today, state=ReportStates.initial)
    if same.exists():
        same.filter(times__lt=MOST_TIMES).update(times=F("times") + 1)
    elif Report.objects.filter(received_date=today).count() < MOST_REPORTS_A_DAY:
        Report.objects.create(**about, reason=reason, received_date=today)


@transaction.atomic
def handle_report(*, actor: Any, report: Report, to: str) -> Report:
    """Move a report on to ``checking``, ``corrected`` or ``not_confirmed``; raises MoveRefused."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    entry = report.service or report.party
    policy.require(actor, "directory.handle_report", entry)
    ReportStates.check(report.state, to)
    report.state, report.handled_by, report.handled_date = to, actor, timezone.localdate()
    report.save(update_fields=["state", "handled_by", "handled_date"])
    journal.record(actor=actor, verb="directory.handle_report", about=report, facts={"to": to})
    return report


@transaction.atomic
def verify_emergency_route(
    *, actor: Any, route: EmergencyRoute, next_review_date: dt.date | None = None
) -> EmergencyRoute:
    """Say that somebody rang the number today; from now on it is shown to the public."""
    policy.require(actor, "directory.verify")
    today = timezone.localdate()
    route = EmergencyRoute.objects.select_for_update().get(pk=route.pk)
    route.verified_date, route.verified_by = today, actor
    route.next_review_date = next_review_date or today + relativedelta(months=MONTHS_WITH_PHONE)
    route.save(update_fields=["verified_date", "verified_by", "next_review_date"])
    journal.record(actor=actor, verb="directory.verify_emergency_route", about=route)
    return route


@transaction.atomic
def withdraw_emergency_route(*, actor: Any, route: EmergencyRoute) -> EmergencyRoute:
    """Hide a number that no longer answers, until it is verified again."""
    policy.require(actor, "directory.verify")
    route = EmergencyRoute.objects.select_for_update().get(pk=route.pk)
    route.verified_date, route.verified_by, route.next_review_date = None, None, None
    route.save(update_fields=["verified_date", "verified_by", "next_review_date"])
    journal.record(actor=actor, verb="directory.withdraw_emergency_route", about=route)
    return route
