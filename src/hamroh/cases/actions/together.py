"""She and he live together again, and it is asked how it goes: after a month, and after 3, 6 and 12."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases.actions.mediation import NotNow
from hamroh.cases.actions.moving import awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.actions.risk import tell_supervisors
from hamroh.cases.models import Case, Reunification, RiskScreen, TogetherCheck
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors.mediation import gate_of, screen_of
from hamroh.kernel.mediation import Checked, checks_from, found_by
from hamroh.vault import journal, opening

#: how old the screen of a check may be
FRESH = dt.timedelta(days=1)


@dataclass(frozen=True)
class Answers:
    """What she said at a check."""

    together: bool
    violence: bool
    words: str = ""


@transaction.atomic
def begin_together(*, actor: Any, case: Case, began: dt.date, whom: str, wants: str) -> Reunification:
    """They live together again since a day: it is her decision, and is written down whatever the danger.

    Where mediation would be refused, a supervisor hears of it at once.
    """
    decision = policy.require(actor, "case.write", awake(case))
    if Reunification.objects.filter(case=case, apart_date__isnull=True).exists():
        raise NotNow(_("This stands in the case already. Write first that they parted."))
    row = Reunification(
        organisation_id=case.organisation_id, case=case, began_date=began, taken_by=actor, harm_date=_harmed_since(case, began, decision),
        facts={"with": whom, "wants": wants}
    )  # fmt: skip
    row.save()
    for check in checks_from(began):
        TogetherCheck(
            organisation_id=case.organisation_id, case=case, reunification=row, month=check.month, due_date=check.due
        ).save()
    _told(actor, case, "case.begin_together", row)
    gate = gate_of(case=case, decision=decision)
    if gate.by_wish or not gate.may:
        tell_supervisors(case, Notice.About.RISK, but=actor.pk)
    return row


def _harmed_since(case: Case, began: dt.date, decision: Decision) -> dt.date | None:
    """The first day after the beginning on which a screen told of violence: what is written down later hides nothing."""
    for row in RiskScreen.objects.filter(case=case, made_at__date__gte=began).order_by("made_at"):
        day = local_date(row.made_at, case.organisation)
        if day > began and screen_of(row, decision).is_positive:
            return day
    return None


@transaction.atomic
def note_try(*, actor: Any, check: TogetherCheck, words: str = "") -> None:
    """She could not talk safely: nothing was asked, and the check stays to be made."""
    row = _to_make(actor, check)
    decision = policy.require(actor, "case.write", row)
    before = opening.open(row, "facts", decision=decision, purpose="change") or {}
    told = {"on": today_there(row.case).isoformat(), "words": words}
    row.facts = {**before, "tries": [*before.get("tries", []), told]}
    row.save()
    _told(actor, row.case, "case.try_check", row)


@transaction.atomic
def make_check(*, actor: Any, check: TogetherCheck, answers: Answers) -> TogetherCheck:
    """The check of a month, on its day or later, beside questions about danger that were asked now. NotNow says what is missing."""
    row = _to_make(actor, check)
    decision = policy.require(actor, "case.write", row)
    screen = fresh_screen(row.case)
    if screen is None:
        raise NotNow(_("Ask the questions about danger first, today: the check rests on them."))
    before = opening.open(row, "facts", decision=decision, purpose="change") or {}
    case_decision = policy.require(actor, "case.write", row.case)
    found = found_by(together=answers.together, violence=answers.violence, screen=screen_of(screen, case_decision))
    row.found, row.done_date, row.done_by, row.screen = found, today_there(row.case), actor, screen
    row.facts = {**before, "together": answers.together, "violence": answers.violence, "words": answers.words}
    row.save()
    _told(actor, row.case, "case.make_check", row, month=row.month)
    _follow(row, found, answers, but=actor)
    return row


def _follow(row: TogetherCheck, found: Checked, answers: Answers, *, but: Any) -> None:
    """What a check that was not safe leads to."""
    if found is Checked.UNSAFE:
        Reunification.objects.filter(pk=row.reunification_id, harm_date__isnull=True).update(harm_date=row.done_date)
        tell_supervisors(row.case, Notice.About.RISK, but=but.pk)
    if not answers.together:
        Reunification.objects.filter(pk=row.reunification_id).update(apart_date=row.done_date)


@transaction.atomic
def part(*, actor: Any, reunification: Reunification, on: dt.date, words: str = "") -> None:
    """They parted again; its checks are made no more."""
    decision = policy.require(actor, "case.write", reunification)
    awake(reunification.case)
    row = Reunification.objects.select_for_update().get(pk=reunification.pk)
    row.case = reunification.case
    if row.apart_date is not None:
        raise NotNow(_("That they parted stands in the case already."))
    if on < row.began_date:
        raise NotNow(_("This day is before they came together."))
    before = opening.open(row, "facts", decision=decision, purpose="change") or {}
    row.apart_date, row.facts = on, {**before, "apart": words}
    row.save()
    _told(actor, row.case, "case.part", row)


def fresh_screen(case: Case) -> RiskScreen | None:
    """The newest screen where it is of today or yesterday."""
    row: RiskScreen | None = (
        RiskScreen.objects.filter(case=case).select_related("case__organisation").order_by("-made_at").first()
    )
    if row is None or today_there(case) - local_date(row.made_at, case.organisation) > FRESH:
        return None
    return row


def _to_make(actor: Any, check: TogetherCheck) -> TogetherCheck:
    """The check, locked, where it is due and not made."""
    policy.require(actor, "case.write", check)
    awake(check.case)
    row: TogetherCheck = (
        TogetherCheck.objects.select_for_update(of=("self",)).select_related("reunification").get(pk=check.pk)
    )
    row.case = check.case
    if row.done_date is not None or row.reunification.apart_date is not None:
        raise NotNow(_("This check was made already, or they parted."))
    if row.due_date > today_there(row.case):
        raise NotNow(_("The day of this check has not come. What you hear before it, write as a talk with her."))
    return row


def _told(actor: Any, case: Case, verb: str, row: Any, **facts: Any) -> None:
    journal.record(
        actor=actor, verb=verb, about=case, facts={"row": str(row.pk), **{k: str(v) for k, v in facts.items()}}
    )
    touch(case)
