"""Writes on a legal matter: opened, its steps taken, its court and papers told, ended."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook
from hamroh.cases.actions.moving import awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import (
    SETTLED,
    Case,
    Deadline,
    DeadlineState,
    Hearing,
    HearingState,
    Matter,
    MatterStep,
    StepState,
)
from hamroh.kernel.matters import Counsel, Step, workflows
from hamroh.vault import journal, opening

#: what is told of the court, in words
COURT = ("court", "number", "judge", "costs")


class NotNow(Exception):
    """It cannot be done as things stand; the argument says why, for the reader."""


@dataclass(frozen=True)
class Advised:
    """What she decided about a step that only she decides: after which advice, and in her words."""

    wants: bool
    advised_on: dt.date
    advice: str
    said: str


@transaction.atomic
def open_matter(*, actor: Any, case: Case, kind: str, country: str) -> Matter:
    """A matter of this kind by the law of a country; the first step of its workflow comes next."""
    policy.require(actor, "case.write", case)
    awake(case)
    today = local_date(timezone.now(), case.organisation)
    steps = workflows()[kind].of(country)
    matter = Matter(
        organisation_id=case.organisation_id, case=case, kind=kind, country=country, stage=steps[0].code,
        opened_date=today,
    )  # fmt: skip
    matter.save()
    journal.record(actor=actor, verb="case.open_matter", about=case, facts={"matter": str(matter.pk), "kind": kind})
    touch(case)
    return matter


@transaction.atomic
def mark_step(*, actor: Any, matter: Matter, code: str, state: str, on: dt.date, words: str = "") -> MatterStep:
    """A step was taken, or is not needed. What only she decides is done when she wanted it, and not otherwise."""
    _decision, matter = at_work(actor, matter)
    step = step_of(matter, code)
    row = MatterStep.objects.filter(matter=matter, code=code).first()
    if state not in (StepState.DONE, StepState.NOT_NEEDED):
        raise ValueError(f"a step is not marked as {state!r}")
    if step.ask is Counsel.DECISION and (row is None or row.state not in (StepState.WANTED, StepState.DONE)):
        raise NotNow(
            _("Only she decides this. Write down first what she was told of the consequences, and what she said.")
        )
    return _keep_step(actor, matter, code, state, {"on": on.isoformat(), "words": words})


@transaction.atomic
def decide_step(*, actor: Any, matter: Matter, code: str, told: Advised) -> MatterStep:
    """What she decided after advice on the consequences; the last word counts, until it was acted on."""
    _decision, matter = at_work(actor, matter)
    if step_of(matter, code).ask is not Counsel.DECISION:
        raise ValueError(f"{code} is no step that only she decides")
    row = MatterStep.objects.filter(matter=matter, code=code).first()
    if row is not None and row.state == StepState.DONE:
        raise NotNow(_("This was done already. Write what she says now into a note."))
    facts = {"advised_on": told.advised_on.isoformat(), "advice": told.advice, "said": told.said}
    return _keep_step(actor, matter, code, StepState.WANTED if told.wants else StepState.UNWANTED, facts)


@transaction.atomic
def take_step_back(*, actor: Any, matter: Matter, code: str) -> None:
    """A step that was marked by mistake is still to come; the journal keeps what was marked."""
    _decision, matter = at_work(actor, matter)
    row = MatterStep.objects.filter(matter=matter, code=code).first()
    if row is None:
        return
    facts = {"matter": str(matter.pk), "step": code, "was": row.state}
    row.delete()
    journal.record(actor=actor, verb="case.take_step_back", about=matter.case, facts=facts)
    _move_stage(matter)
    touch(matter.case)


@transaction.atomic
def tell_court(*, actor: Any, matter: Matter, told: Mapping[str, str]) -> None:
    """The court, the number there, the judge and the costs."""
    decision, matter = at_work(actor, matter)
    _merge(matter, decision, {name: told.get(name, "") for name in COURT})
    journal.record(actor=actor, verb="case.tell_court", about=matter.case, facts={"matter": str(matter.pk)})
    touch(matter.case)


@transaction.atomic
def tick_papers(*, actor: Any, matter: Matter, states: Mapping[str, str]) -> None:
    """Which papers are there, were asked for, or cannot be had."""
    decision, matter = at_work(actor, matter)
    wanted = workflows()[matter.kind].papers(matter.country)
    _merge(matter, decision, {"papers": {code: state for code, state in states.items() if state and code in wanted}})
    journal.record(actor=actor, verb="case.tick_papers", about=matter.case, facts={"matter": str(matter.pk)})
    touch(matter.case)


@transaction.atomic
def end_matter(*, actor: Any, matter: Matter, result: str, words: str, on: dt.date) -> None:
    """The matter ends with a result: its open days count no more. Not while a hearing is ahead."""
    decision, matter = at_work(actor, matter)
    if Hearing.objects.filter(matter=matter, state=HearingState.AHEAD, starts_at__gt=timezone.now()).exists():
        raise NotNow(_("A hearing is still set. Write first what became of it."))
    _merge(matter, decision, {"ended": words})
    matter.ended_date, matter.result = on, result
    matter.save(update_fields=["ended_date", "result"])
    open_ = Deadline.objects.filter(matter=matter, state=DeadlineState.OPEN)
    dropped = open_.update(state=DeadlineState.DROPPED, settled_date=on)
    facts = {"matter": str(matter.pk), "result": result, "dropped": dropped}
    journal.record(actor=actor, verb="case.end_matter", about=matter.case, facts=facts)
    touch(matter.case)


@transaction.atomic
def reopen_matter(*, actor: Any, matter: Matter) -> None:
    """It goes on after all; days that were dropped stay so and are set anew where they count."""
    policy.require(actor, "case.write", matter)
    awake(matter.case)
    if Matter.objects.filter(pk=matter.pk, ended_date__isnull=False).update(ended_date=None, result=""):
        journal.record(actor=actor, verb="case.reopen_matter", about=matter.case, facts={"matter": str(matter.pk)})
        touch(matter.case)


def at_work(actor: Any, matter: Matter) -> tuple[Decision, Matter]:
    """The right to change a matter and the matter itself, locked; NotNow where it has ended, AtRest where its case is closed."""
    decision = policy.require(actor, "case.write", matter)
    locked = Matter.objects.select_for_update().get(pk=matter.pk)
    locked.case = matter.case
    awake(matter.case)
    if locked.ended_date:
        raise NotNow(_("This matter has ended. Open it again first."))
    return decision, locked


def step_of(matter: Matter, code: str) -> Step:
    """A step of the matter's workflow in its country; Refused where there is none."""
    flow = workflows(lawbook.book(local_date(timezone.now(), matter.case.organisation)))[matter.kind]
    found = next((step for step in flow.of(matter.country) if step.code == code), None)
    if found is None:
        raise policy.Refused("no such step")
    return found


def _keep_step(actor: Any, matter: Matter, code: str, state: str, facts: dict[str, Any]) -> MatterStep:
    """Write a step's row; what is known of it already and is not told anew stays."""
    row = MatterStep.objects.filter(matter=matter, code=code).first()
    if row is None:
        row = MatterStep(organisation_id=matter.organisation_id, case=matter.case, matter=matter, code=code)
        before: dict[str, Any] = {}
    else:
        decision = policy.require(actor, "case.write", row)
        before = opening.open(row, "facts", decision=decision, purpose="change") or {}
    row.state, row.changed_at, row.changed_by, row.facts = state, timezone.now(), actor, before | facts
    row.save()
    told = {"matter": str(matter.pk), "step": code, "state": str(state)}
    journal.record(actor=actor, verb="case.mark_step", about=matter.case, facts=told)
    _move_stage(matter)
    touch(matter.case)
    return row


def _move_stage(matter: Matter) -> None:
    """The stage is the first step that nothing settled."""
    settled = set(MatterStep.objects.filter(matter=matter, state__in=SETTLED).values_list("code", flat=True))
    steps = (step.code for step in workflows()[matter.kind].of(matter.country))
    Matter.objects.filter(pk=matter.pk).update(stage=next((code for code in steps if code not in settled), ""))


def _merge(matter: Matter, decision: Decision, told: Mapping[str, Any]) -> None:
    """Change some of the sealed facts of a matter that is locked."""
    before = opening.open(matter, "facts", decision=decision, purpose="change") or {}
    matter.facts = {**before, **told}
    matter.save(update_fields=["facts"])
