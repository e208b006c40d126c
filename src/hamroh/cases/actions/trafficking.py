"""Trafficking in a case: asked page by page, what followed, and what she decided about the police."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts import actions as accounts
from hamroh.accounts import policy
from hamroh.cases.actions import keyed, referrals
from hamroh.cases.actions.moving import CannotMove, awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import (
    As,
    Assistance,
    Basis,
    Case,
    Identification,
    Official,
    Person,
    PoliceDecision,
    RecoveryPeriod,
    Referral,
    TraffickingScreen,
    Wants,
    Written,
)
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors.officials import official_of
from hamroh.cases.states import ReferralLife
from hamroh.directory.models import Party
from hamroh.kernel import trafficking
from hamroh.vault import journal, opening

#: a task comes so many days before her time ends
BEFORE = dt.timedelta(days=7)
STANDS = gettext_lazy("This asking is finished. Ask again: another one is begun.")


# -- asking --------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_asking(*, actor: Any, person: Person, is_child: bool) -> TraffickingScreen:
    """Begin to ask about somebody; one that was begun and not finished goes on."""
    policy.require(actor, "case.write", awake(person.case))
    begun: TraffickingScreen | None = TraffickingScreen.objects.filter(person=person, finished_at=None).first()
    if begun is not None:
        begun.case = person.case
        return begun
    row = TraffickingScreen(
        organisation_id=person.organisation_id, case=person.case, person=person, taken_by=actor,
        tool=trafficking.tool().version, answers={"answers": {}, "child": is_child},
    )  # fmt: skip
    row.save()
    _told(actor, person.case, "case.begin_trafficking", screen=row)
    return row


@transaction.atomic
def keep_answers(*, actor: Any, row: TraffickingScreen, answers: Mapping[str, str]) -> None:
    """Keep what was answered on one page, beside what was before. Written where the asking is finished."""
    decision = policy.require(actor, "case.write", awake(row.case))
    fresh = _unfinished(row)
    kept = opening.open(fresh, "answers", decision=decision, purpose="trafficking")
    told = {**kept["answers"], **answers}
    trafficking.examine(trafficking.tool(), told, is_child=kept["child"])  # refuses what is no question and no answer
    fresh.answers = {**kept, "answers": told}
    fresh.save()


@transaction.atomic
def finish_asking(*, actor: Any, row: TraffickingScreen) -> None:
    """It stands from now on: what came of it is read from the answers, and nothing is set by it."""
    policy.require(actor, "case.write", awake(row.case))
    fresh = _unfinished(row)
    TraffickingScreen.objects.filter(pk=fresh.pk).update(finished_at=timezone.now())
    _told(actor, row.case, "case.ask_trafficking", screen=row)


def _unfinished(row: TraffickingScreen) -> TraffickingScreen:
    fresh: TraffickingScreen = TraffickingScreen.objects.select_for_update().get(pk=row.pk)
    if fresh.finished_at is not None:
        raise Written(str(STANDS))
    fresh.case = row.case
    return fresh


# -- identified ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Identified:
    """By whom, on which day, as what, on what grounds."""

    by: str
    on: dt.date
    as_: As
    grounds: str
    words: str = ""


@transaction.atomic
def identify(*, actor: Any, person: Person, told: Identified) -> Identification:
    """Write down that people identified somebody: no answers do it by themselves. At first the actor alone opens it."""
    facts = {
        "by": told.by, "on": told.on.isoformat(), "as": str(told.as_), "grounds": told.grounds, "words": told.words
    }  # fmt: skip
    row = Identification(
        organisation_id=person.organisation_id, case=person.case, person=person, owner=actor, facts=facts
    )
    keyed.begin(actor=actor, row=row, verb="case.identify")
    return row


# -- the time to recover -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Time:
    """Since when, how many days or until when, and from where that is known. The day on which it begins is not counted."""

    began: dt.date
    days: int
    basis: Basis
    rule: str = ""
    article: str = ""
    words: str = ""

    @property
    def last(self) -> dt.date:
        return self.began + dt.timedelta(days=self.days)


@transaction.atomic
def begin_recovery(*, actor: Any, person: Person, time: Time) -> RecoveryPeriod:
    """Her time to recover begins; a task of the actor's own comes a week before it ends.

    Only a lawyer of the case states a length that no rule and no paper says. CannotMove where one is under way.
    """
    verb = "case.state_law" if time.basis == Basis.STATED else "case.write"
    policy.require(actor, verb, awake(person.case))
    if RecoveryPeriod.objects.filter(person=person, ended_date=None).exists():
        raise CannotMove(_("Her time to recover is under way. End it first, if it is counted anew."))
    by = str(actor) if time.basis == Basis.STATED else ""
    row = RecoveryPeriod(
        organisation_id=person.organisation_id, case=person.case, person=person, began_date=time.began, days=time.days,
        last_date=time.last, basis=time.basis, rule=time.rule, made_by=actor,
        facts={"article": time.article, "by": by, "words": time.words},
    )  # fmt: skip
    row.save()
    _told(actor, person.case, "case.begin_recovery", recovery=row, basis=time.basis)
    due = max(today_there(person.case), time.last - BEFORE)
    accounts.add_task(
        actor=actor, organisation=person.case.organisation, due_date=due, record=person.case,
        words=_("Her time to recover ends soon: talk with her about what she wants then."),
    )  # fmt: skip
    return row


@transaction.atomic
def end_recovery(*, actor: Any, row: RecoveryPeriod, words: str) -> None:
    """It is over: at its day, or before it by her own wish."""
    decision = policy.require(actor, "case.write", awake(row.case))
    fresh = RecoveryPeriod.objects.select_for_update().get(pk=row.pk)
    if fresh.ended_date is not None:
        return
    fresh.case = row.case
    kept = opening.open(fresh, "facts", decision=decision, purpose="change")
    fresh.ended_date, fresh.facts = today_there(row.case), {**kept, "ended": words}
    fresh.save()
    _told(actor, row.case, "case.end_recovery", recovery=row)


# -- help ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Help:
    """What she is given, since when and until when, by whom."""

    kind: str
    began: dt.date
    whom: str
    ended: dt.date | None = None
    party: Party | None = None
    words: str = ""


@transaction.atomic
def give_assistance(*, actor: Any, person: Person, told: Help) -> Assistance:
    """Somebody helps her, by whom the directory may know."""
    policy.require(actor, "case.write", awake(person.case))
    row = Assistance(
        organisation_id=person.organisation_id, case=person.case, person=person, kind=told.kind, from_date=told.began,
        to_date=told.ended, party=told.party, made_by=actor, facts={"whom": told.whom, "words": told.words},
    )  # fmt: skip
    row.save()
    _told(actor, person.case, "case.give_assistance", assistance=row)
    return row


@transaction.atomic
def end_assistance(*, actor: Any, row: Assistance, on: dt.date, words: str = "") -> None:
    """It ended on a day; CannotMove for a day before it began."""
    decision = policy.require(actor, "case.write", awake(row.case))
    if on < row.from_date:
        raise CannotMove(_("This day is before the help began."))
    kept = opening.open(row, "facts", decision=decision, purpose="change")
    row.to_date, row.facts = on, {**kept, "ended": words}
    row.save()
    _told(actor, row.case, "case.end_assistance", assistance=row)


# -- the police ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Advised:
    """On which day she was told what may follow, what she was told, and what she decided in her words."""

    on: dt.date
    advice: str
    wants: bool
    said: str


@transaction.atomic
def decide_police(*, actor: Any, case: Case, told: Advised) -> PoliceDecision:
    """Write down what she decided. Where she does not want it, whatever is on its way to the police is taken back at once."""
    policy.require(actor, "case.write", awake(case))
    if not told.advice.strip():
        raise CannotMove(_("First tell her what may follow, then ask her."))
    facts = {"advised_on": told.on.isoformat(), "advice": told.advice.strip(), "said": told.said.strip()}
    wants = Wants.WANTED if told.wants else Wants.UNWANTED
    row = PoliceDecision(organisation_id=case.organisation_id, case=case, wants=wants, taken_by=actor, facts=facts)
    row.save()
    _told(actor, case, "case.decide_police", decision=row, wants=wants)
    if not told.wants:
        _call_back_from_police(actor, case)
    return row


def _call_back_from_police(actor: Any, case: Case) -> None:
    rows = Referral.objects.filter(case=case).select_related(
        "case__organisation", "to_organisation", "to_service__party"
    )
    for row in rows:
        is_theirs = (row.official or official_of(row.to_organisation or row.to_service)) == Official.POLICE
        if is_theirs and "revoked" in ReferralLife.moves(row.state):
            referrals.take_back(actor=actor, referral=row)


def _told(actor: Any, case: Case, verb: str, **facts: Any) -> None:
    """The journal's line with ids and codes alone; the case changed."""
    told = {name: str(getattr(value, "pk", value)) for name, value in facts.items()}
    journal.record(actor=actor, verb=verb, about=case, facts=told)
    touch(case)
