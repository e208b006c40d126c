"""What the sixteen figures of work on cases are counted from: rows in the clear, and the acts of violence of the time."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from hamroh.accounts.models import CASE_WORKERS, Membership, Organisation, Role
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases.models import Case, Need, Referral, RiskScreen, SafetyPlan, Service
from hamroh.kernel.indicators import CaseFacts, Danger, Facts
from hamroh.statistics import violence
from hamroh.vault.models import JournalLine

#: what the journal says when the words of a safety plan are kept
PLAN_KEPT = "case.keep_safety_plan"


def facts(*, actor: Any, organisation: Organisation, first: dt.date, last: dt.date) -> Facts:
    """Everything of one organisation in a time. A constant number of queries."""
    cases = list(_cases(organisation, first, last))
    acts = violence.acts(actor=actor, organisation=organisation, first=first, last=last)
    held = Membership.objects.current().filter(organisation=organisation)
    return Facts(
        first, last, cases=_facts_of(cases, first, last), dangers=_dangers(organisation, first, last),
        delays=[each.days for each in acts], referrals=_referrals(organisation, first, last),
        workers=held.filter(role__in=CASE_WORKERS).values("user").distinct().count(),
        supervisors=held.filter(role=Role.SUPERVISOR).values("user").distinct().count(),
    )  # fmt: skip


def _cases(organisation: Organisation, first: dt.date, last: dt.date) -> Iterable[Mapping[str, Any]]:
    """Cases that were begun by the end, and were not closed long before the beginning."""
    rows = Case.objects.filter(organisation=organisation, opened_week__lte=last).exclude(status="draft")
    rows = rows.exclude(closed_week__lt=first)
    return rows.order_by("pk").values("pk", "opened_week", "closed_week", "owner_id")


def _facts_of(cases: Sequence[Mapping[str, Any]], first: dt.date, last: dt.date) -> list[CaseFacts]:
    ids = [row["pk"] for row in cases]
    asked = set(RiskScreen.objects.filter(case__in=ids, made_at__date__lte=last).values_list("case_id", flat=True))
    planned = dict(
        Need.objects.filter(case__in=ids, planned_date__isnull=False).values_list("case_id").annotate(Min("planned_date"))
    )  # fmt: skip
    done = Service.objects.filter(case__in=ids, on_date__range=(first, last))
    helped: dict[UUID, int] = dict(done.values_list("case_id").annotate(Count("pk")))
    return [
        CaseFacts(
            row["opened_week"], row["closed_week"], row["owner_id"], row["pk"] in asked, planned.get(row["pk"]),
            helped.get(row["pk"], 0),
        )
        for row in cases
    ]  # fmt: skip


def _dangers(organisation: Organisation, first: dt.date, last: dt.date) -> list[Danger]:
    """Screens that were made in the time, or whose next asking fell due in it; each with the one that came after it."""
    rows = list(
        RiskScreen.objects.filter(organisation=organisation, made_at__date__lte=last)
        .order_by("case_id", "made_at").values("case_id", "made_at", "level", "looked_at", "next_due_date", "case__closed_week")
    )  # fmt: skip
    found = []
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        day = local_date(row["made_at"], organisation)
        if not (first <= day <= last or first <= row["next_due_date"] <= last):
            continue
        again = local_date(after["made_at"], organisation) if after and after["case_id"] == row["case_id"] else None
        found.append((row, again))
    plans = _plans({row["case_id"] for row, _again in found if row["level"] == "high"})
    zone = zone_of(organisation)
    return [
        Danger(
            row["made_at"].astimezone(zone), row["level"] == "high", _plan(plans.get(row["case_id"], ()), row["made_at"]),
            row["looked_at"], row["next_due_date"], again, row["case__closed_week"],
        )
        for row, again in found
    ]  # fmt: skip


def _plan(kept: Sequence[dt.datetime], asked: dt.datetime) -> dt.datetime | None:
    """When she had a plan: at once where there was one before danger was asked, else when the next words were kept."""
    if any(at <= asked for at in kept):
        return asked
    return min((at for at in kept if at > asked), default=None)


def _plans(cases: Iterable[UUID]) -> dict[UUID, list[dt.datetime]]:
    """When words of each plan were kept. The journal knows it; a plan that it knows nothing of counts by its last words."""
    ids = list(cases)
    found: dict[UUID, list[dt.datetime]] = {}
    lines = JournalLine.objects.filter(record_kind="cases.case", record_id__in=[str(pk) for pk in ids], verb=PLAN_KEPT)
    for record, at in lines.values_list("record_id", "written_at"):
        found.setdefault(UUID(record), []).append(at)
    for case, at in SafetyPlan.objects.filter(case__in=ids, facts__isnull=False).values_list("case_id", "changed_at"):
        found.setdefault(case, [at])
    return found


def _referrals(organisation: Organisation, first: dt.date, last: dt.date) -> list[bool | None]:
    """Of each that was sent in the time: accepted, refused, or not answered yet. One that we took back ourselves is none."""
    zone = zone_of(organisation)
    start, end = (
        dt.datetime.combine(day, dt.time(), zone) for day in (first, last + dt.timedelta(days=1))
    )  # fmt: skip
    rows = Referral.objects.filter(organisation=organisation, sent_at__gte=start, sent_at__lt=end)
    rows = rows.exclude(state="revoked", accepted_at=None)
    return [
        True if accepted else False if settled else None
        for accepted, settled in rows.values_list("accepted_at", "settled_at")
    ]
