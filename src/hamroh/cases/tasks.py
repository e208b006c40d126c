"""Background work of cases."""

import datetime as dt
from uuid import UUID

from django_tasks import task

from hamroh.accounts.models import User
from hamroh.cases.actions import conflicts, exports, intake, law, referrals, risk, transferring
from hamroh.cases.actions.opening import compare_by
from hamroh.cases.models import Case, LawChange
from hamroh.vault import journal
from hamroh.web import daily


@task()
def compare_people(case_id: str, actor_id: str) -> int:
    """Compare people of a case who are new or were corrected; says how often a supervisor is asked. A case that went is nobody's."""
    case = Case.objects.filter(pk=UUID(case_id)).first()
    if case is None:
        return 0
    with journal.openings("task"):
        return conflicts.compare(case=case, asked_by=User.objects.get(pk=UUID(actor_id)))


@task()
def wipe_intakes_daily() -> int:
    """Wipe intakes that nobody finished within their time; the worker starts it once, and it comes again by itself."""
    daily.again(wipe_intakes_daily)
    return intake.wipe_expired()


@task()
def wipe_exports_daily() -> int:
    """Wipe files that were taken out and whose time is over; the worker starts it once, and it comes again by itself."""
    daily.again(wipe_exports_daily)
    return exports.wipe_expired()


@task()
def lapse_referrals_daily() -> int:
    """Referrals that nobody answered until their day lapse, and cases that were handed over are read no longer than agreed; the worker
    starts it once, and it comes again by itself."""
    daily.again(lapse_referrals_daily)
    return referrals.lapse_expired() + transferring.end_reading()


@task()
def recount_days(change_id: str) -> int:
    """Count open days of matters anew by what was just released; says how many moved."""
    change = LawChange.objects.filter(pk=UUID(change_id)).first()
    with journal.openings("task"):
        return law.recount(change) if change else 0


@task()
def remind_of_risk(screen_id: str) -> bool:
    """The time to look at a danger is over: who has not looked is told again."""
    return risk.remind_of_risk(UUID(screen_id))


def _remind_at(screen_id: str, at: dt.datetime) -> None:
    if remind_of_risk.get_backend().supports_defer:
        remind_of_risk.using(run_after=at).enqueue(screen_id)


compare_by(compare_people.enqueue)
risk.remind_by(_remind_at)
