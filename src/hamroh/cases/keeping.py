"""How long cases are kept: from their closing on, with everything that belongs to them."""

from django.utils.translation import gettext_lazy as _

from hamroh.cases.actions import exports
from hamroh.cases.models import Advice, Case, Person, Received
from hamroh.cases.naming import KIND
from hamroh.kernel.retention import CASE, ENQUIRY, Event, Grain, Rule, Unit
from hamroh.vault import pools, retention


def _forget_names(case: Case) -> None:
    """The people of the case leave the pool with it."""
    ids = Person.objects.filter(case=case).values_list("pk", flat=True)
    pools.withdraw(KIND, case.organisation_id, list(ids))


def _leave_nothing(case: Case) -> None:
    """Names leave the pool with the case, and no file that was taken out and waits to be fetched holds it any longer."""
    _forget_names(case)
    exports.wipe_of(case.organisation_id)


#: tables whose rows are erased with their case; a system check refuses one that is missing
GOES_WITH = (
    "cases.person", "cases.whereabouts", "cases.relationship", "cases.household", "cases.consent", "cases.safecontact",
    "cases.matter",
    "cases.outgoing", "cases.riskscreen", "cases.safetyplan", "cases.draft",
    "cases.move", "cases.need", "cases.service", "cases.encounter", "cases.note",
    "cases.judgement", "cases.conflict",
    "cases.matterstep", "cases.deadline", "cases.hearing", "cases.dispatch",
    "cases.evidence", "cases.export",
    "cases.referral", "cases.referrallink",
    "cases.alimonyfact",
    "cases.mediation", "cases.mediationwish", "cases.mediationsession", "cases.agreedterm",
    "cases.reunification", "cases.togethercheck",
    "cases.application",
    "cases.identification", "cases.traffickingscreen", "cases.recoveryperiod", "cases.assistance", "cases.policedecision",
    "cases.incident",
)  # fmt: skip
CASES = retention.RecordClass(
    rule=CASE, model=Case, title=_("Cases"), counted="closed_week", grain=Grain.WEEK, goes_with=GOES_WITH,
    before=_leave_nothing,
)  # fmt: skip
retention.declare(CASES)
ADVICE = retention.RecordClass(rule=ENQUIRY, model=Advice, title=_("Advice without a case"), counted="on_date")
retention.declare(ADVICE)
#: what another organisation sent, counted from its end; the case that was opened from it is a case of its own
RECEIVED = retention.RecordClass(
    rule=Rule("received", Event.CLOSED, Unit.MONTHS, 12, 1, 36), model=Received, title=_("Referrals that came to us"),
    counted="settled_at",
)  # fmt: skip
retention.declare(RECEIVED)
