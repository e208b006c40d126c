"""What is done in a case is written: needs and goals, their outcomes, help given, encounters, notes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases.actions.moving import awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import CLINICAL, Case, Discipline, Encounter, Need, Note, Person, Service
from hamroh.vault import journal


class Settled(Exception):
    """The goal has its outcome already."""


SETTLED = _("This goal has its outcome already.")
#: who may write a note of a discipline
WRITES = {
    Discipline.CASE: "case.write",
    Discipline.LEGAL: "case.write",
    Discipline.PSYCHOLOGICAL: "case.psychology",
    Discipline.MEDICAL: "case.own_note",
}


@dataclass(frozen=True)
class Done:
    """When something was done and for how many minutes; ``words`` are sealed."""

    on_date: dt.date
    minutes: int
    words: str = ""


@transaction.atomic
def add_need(*, actor: Any, case: Case, domain: str, goal: str = "", due_date: dt.date | None = None) -> Need:
    """What she needs; with her goal in her own words, it is planned for."""
    policy.require(actor, "case.write", awake(case))
    need = Need(organisation_id=case.organisation_id, case=case, domain=domain, **_planned(case, goal, due_date))
    need.save()
    _tell(actor, case, "case.add_need", need)
    return need


@transaction.atomic
def plan_need(*, actor: Any, case: Case, need: Need, goal: str, due_date: dt.date | None = None) -> None:
    """Her goal for a need, or her goal in other words; Settled where it has an outcome."""
    policy.require(actor, "case.write", awake(case))
    if not Need.objects.filter(pk=need.pk, case=case, outcome="").exists():
        raise Settled
    for name, value in _planned(case, goal, due_date).items():
        setattr(need, name, value)
    need.save()
    _tell(actor, case, "case.plan_need", need)


def _planned(case: Case, goal: str, due_date: dt.date | None) -> dict[str, Any]:
    if not goal:
        return {"goal": None}
    today = local_date(timezone.now(), case.organisation)
    return {"goal": goal, "planned_date": today, "due_date": due_date}


@transaction.atomic
def settle_need(*, actor: Any, case: Case, need: Need, outcome: str, words: str = "") -> None:
    """What became of a goal; Settled where somebody said so already."""
    policy.require(actor, "case.write", awake(case))
    today = local_date(timezone.now(), case.organisation)
    if not Need.objects.filter(pk=need.pk, case=case, outcome="").update(outcome=outcome, outcome_date=today):
        raise Settled
    need.outcome, need.outcome_date, need.outcome_words = outcome, today, words or None
    need.save()
    _tell(actor, case, "case.settle_need", need, outcome=outcome)


@transaction.atomic
def give_service(*, actor: Any, case: Case, kind: str, done: Done, need: Need | None = None) -> Service:
    """Something was done for her, by the actor."""
    policy.require(actor, "case.write", awake(case))
    service = Service.objects.create(
        organisation_id=case.organisation_id, case=case, need=need, kind=kind, by=actor, on_date=done.on_date,
        minutes=done.minutes, words=done.words or None,
    )  # fmt: skip
    _tell(actor, case, "case.give_service", service, kind=kind)
    return service


@transaction.atomic
def add_encounter(*, actor: Any, case: Case, place: str, done: Done, present: str = "") -> Encounter:
    """The actor and others met, or spoke."""
    policy.require(actor, "case.write", awake(case))
    encounter = Encounter.objects.create(
        organisation_id=case.organisation_id, case=case, place=place, by=actor, on_date=done.on_date,
        minutes=done.minutes, present=present or None, words=done.words or None,
    )  # fmt: skip
    _tell(actor, case, "case.add_encounter", encounter)
    return encounter


@transaction.atomic
def add_note(
    *, actor: Any, case: Case, discipline: str, words: str, on_date: dt.date, about: Person | None = None
) -> Note:  # fmt: skip
    """A note, by somebody who may write for that discipline."""
    policy.require(actor, WRITES[Discipline(discipline)], awake(case))
    note = Note.objects.create(
        organisation_id=case.organisation_id, case=case, discipline=discipline, author=actor, words=words,
        on_date=on_date, about=about,
    )  # fmt: skip
    # a line of the journal does not tell supervisors that she sees the psychologist
    journal.record(actor=actor, verb="case.add_note", about=note)
    if discipline not in CLINICAL:
        touch(case)
    return note


def _tell(actor: Any, case: Case, verb: str, row: Any, **facts: str) -> None:
    """The journal's line about a row of the case; the case changed."""
    journal.record(actor=actor, verb=verb, about=case, facts={"row": str(row.pk), **facts})
    touch(case)
