"""Talks between her and the other side are begun, held, agreed on and ended: never while the questions about danger stand against them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import actions as accounts
from hamroh.accounts import policy
from hamroh.accounts.models import Notice
from hamroh.accounts.policy import Decision
from hamroh.cases.actions.moving import CannotMove, awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.actions.risk import tell_supervisors
from hamroh.cases.actions.working import Done
from hamroh.cases.models import (
    AgreedTerm,
    Case,
    Evidence,
    Matter,
    Mediation,
    MediationSession,
    MediationWish,
    WishAnswer,
)
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors.mediation import against, gate_of
from hamroh.cases.states import MediationLife
from hamroh.vault import journal, opening

#: a task's words
MOST = 300


class NotNow(CannotMove):
    """It cannot be done as things stand; the arguments say why, for the reader."""


#: said before what stands against mediation
REFUSED = _("Mediation is not possible now.")


@dataclass(frozen=True)
class Talks:
    """Between whom, who mediates, and what she wants from it in her words."""

    whom: str
    mediator: str
    wants: str
    matter: Matter | None = None


@transaction.atomic
def write_wish(
    *, actor: Any, case: Case, on_date: dt.date, words: str = "", evidence: Evidence | None = None
) -> MediationWish:  # fmt: skip
    """She asks for mediation in writing, all the same: a supervisor other than the actor is told, and answers."""
    policy.require(actor, "case.write", awake(case))
    if not words.strip() and evidence is None:
        raise NotNow(_("Her own writing belongs here: choose it among the evidence, or copy what it says."))
    facts = {"on": on_date.isoformat(), "words": words.strip()}
    row = MediationWish(
        organisation_id=case.organisation_id, case=case, evidence=evidence, facts=facts, taken_by=actor
    )  # fmt: skip
    row.save()
    _told(actor, case, "case.write_mediation_wish", wish=row)
    tell_supervisors(case, Notice.About.RISK, but=actor.pk)
    return row


@transaction.atomic
def answer_wish(*, actor: Any, case: Case, wish: MediationWish, answer: str, words: str) -> None:
    """A supervisor signs, or does not; who took the wish is not the one to answer, and an answer stands."""
    policy.require(actor, "case.approve", awake(case))
    row = MediationWish.objects.select_for_update().get(pk=wish.pk, case=case)
    if row.taken_by_id == actor.pk:
        raise policy.Refused("somebody else has to answer")
    if row.answer:
        raise NotNow(_("This was answered already."))
    row.answer, row.answered_by, row.answered_at = WishAnswer(answer), actor, timezone.now()
    row.answer_words = words.strip()
    row.save()
    _told(actor, case, "case.answer_mediation_wish", wish=row, answer=answer)


@transaction.atomic
def begin_mediation(*, actor: Any, case: Case, talks: Talks) -> Mediation:
    """Talks begin; NotNow where the gate is shut, or others are under way."""
    decision = policy.require(actor, "case.write", awake(case))
    _pass(case, decision)
    if Mediation.objects.filter(case=case, state=MediationLife.initial).exists():
        raise NotNow(_("Talks are under way in this case. End them first."))
    row = Mediation(
        organisation_id=case.organisation_id, case=case, matter=talks.matter, opened_date=today_there(case), begun_by=actor,
        facts={"whom": talks.whom, "mediator": talks.mediator, "wants": talks.wants},
    )  # fmt: skip
    row.save()
    _told(actor, case, "case.begin_mediation", mediation=row)
    return row


@transaction.atomic
def hold_session(*, actor: Any, mediation: Mediation, done: Done, present: str) -> MediationSession:
    """A session was held while the gate was open; NotNow where it is shut."""
    row = _going_on(actor, mediation)
    if done.on_date < row.opened_date:
        raise NotNow(_("This day is before the talks began."))
    session = MediationSession.objects.create(
        organisation_id=row.organisation_id, case=row.case, mediation=row, by=actor, on_date=done.on_date,
        minutes=done.minutes, facts={"present": present, "words": done.words},
    )  # fmt: skip
    _told(actor, row.case, "case.hold_mediation_session", session=session)
    return session


@transaction.atomic
def agree_term(
    *, actor: Any, mediation: Mediation, who: str, what: str, due_date: dt.date | None = None
) -> AgreedTerm:  # fmt: skip
    """One thing is agreed. Where it has a day, a task of the actor's own reminds of it."""
    row = _going_on(actor, mediation)
    term = AgreedTerm(
        organisation_id=row.organisation_id, case=row.case, mediation=row, due_date=due_date, facts={"who": who, "what": what}
    )  # fmt: skip
    term.save()
    _told(actor, row.case, "case.agree_mediation_term", term=term)
    if due_date is not None:
        words = f"{who}: {what}"[:MOST]
        accounts.add_task(
            actor=actor, organisation=row.case.organisation, words=words, due_date=due_date, record=row.case
        )
    return term


@transaction.atomic
def settle_term(*, actor: Any, term: AgreedTerm, kept: str, words: str = "") -> None:
    """Whether what was agreed was done; the last word counts."""
    decision = policy.require(actor, "case.write", term)
    awake(term.case)
    before = opening.open(term, "facts", decision=decision, purpose="change") or {}
    term.kept, term.facts = kept, {**before, "became": words}
    term.save()
    _told(actor, term.case, "case.settle_mediation_term", term=term, kept=kept)


@transaction.atomic
def end_mediation(*, actor: Any, mediation: Mediation, state: str, words: str = "") -> None:
    """The talks end, whatever the gate says; agreed only while it is open. A supervisor hears of what was broken off."""
    decision, row = _locked(actor, mediation)
    MediationLife.check(row.state, state)
    if state == "agreed":
        _pass(row.case, decision)
    before = opening.open(row, "facts", decision=decision, purpose="change") or {}
    row.state, row.ended_date, row.facts = state, today_there(row.case), {**before, "ended": words}
    row.save()
    _told(actor, row.case, "case.end_mediation", mediation=row, state=state)
    if state == "broken_off":
        tell_supervisors(row.case, Notice.About.RISK, but=actor.pk)


def _going_on(actor: Any, mediation: Mediation) -> Mediation:
    """The mediation, locked, where it is under way and the gate is open."""
    decision, row = _locked(actor, mediation)
    _pass(row.case, decision)
    return row


def _locked(actor: Any, mediation: Mediation) -> tuple[Decision, Mediation]:
    decision = policy.require(actor, "case.write", mediation)
    awake(mediation.case)
    row = Mediation.objects.select_for_update().get(pk=mediation.pk)
    row.case = mediation.case
    if row.state != MediationLife.initial:
        raise NotNow(_("These talks have ended."))
    return decision, row


def _pass(case: Case, decision: Decision) -> None:
    """NotNow, with everything that stands against it, while the gate is shut."""
    gate = gate_of(case=case, decision=decision)
    if not gate.may:
        raise NotNow(REFUSED, *against(gate))


def _told(actor: Any, case: Case, verb: str, **facts: Any) -> None:
    """The journal's line with the row's id and codes alone; the case changed."""
    told = {name: str(getattr(value, "pk", value)) for name, value in facts.items()}
    journal.record(actor=actor, verb=verb, about=case, facts=told)
    touch(case)
