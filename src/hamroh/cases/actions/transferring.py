"""A case is handed over: the other organisation opened its own, so ours comes to rest, and who worked on it reads it for the days agreed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts.zones import local_date
from hamroh.cases.actions.opening import monday_of
from hamroh.cases.models import Case, Move, Referral
from hamroh.cases.states import CaseLife
from hamroh.vault import journal

OVER = "transferred"


def hand_over(*, actor: Any, referral: Referral) -> None:
    """The case of a transfer comes to rest, where it was not closed before. Called by ``actions.receiving`` alone, in its transaction.

    The move stands in the name of who handed it over: who took it has no place in the case's file.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=referral.case_id)
    if OVER not in CaseLife.moves(case.status):
        return
    now = timezone.now()
    week = monday_of(local_date(now, case.organisation))
    Case.objects.filter(pk=case.pk).update(status=OVER, changed_at=now, closed_week=week)
    Move.objects.create(
        organisation_id=case.organisation_id, case=case, before=case.status, after=OVER, by_id=referral.made_by_id
    )
    facts = {"referral": str(referral.pk), "before": case.status, "reads_on": referral.reads_on}
    journal.record(actor=actor, verb="case.hand_over", about=case, facts=facts)
    if not referral.reads_on:
        _end_reading(case)


def end_reading() -> int:
    """Who worked on a case that was handed over stops reading it after the days agreed; the installation does it every night."""
    rows = Referral.objects.filter(is_transfer=True, opened_at__isnull=False, case__status=OVER)
    newest = {row.case_id: row for row in rows.select_related("case__organisation").order_by("opened_at")}
    over = [row.case for row in newest.values() if _is_read_by_somebody(row.case) and _is_over(row)]
    for case in over:
        _end_reading(case)
    return len(over)


def _is_read_by_somebody(case: Case) -> bool:
    return bool(case.owner_id or case.team)


def _is_over(row: Referral) -> bool:
    assert row.opened_at is not None
    house = row.case.organisation
    return local_date(timezone.now(), house) > local_date(row.opened_at, house) + dt.timedelta(days=row.reads_on)


@transaction.atomic
def _end_reading(case: Case) -> None:
    """It is nobody's and no team's any more: supervisors alone read it, as long as it is kept."""
    if Case.objects.filter(pk=case.pk, status=OVER).update(owner=None, team=""):
        journal.record(actor=None, verb="case.end_reading", about=case)
