"""Matters of a case: how far each is, its papers, and what went abroad."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases import lawbook
from hamroh.cases.models import (
    SETTLED,
    Case,
    Deadline,
    DeadlineState,
    DeadlineTurn,
    Dispatch,
    Hearing,
    HearingState,
    Matter,
    MatterStep,
    StepState,
)
from hamroh.cases.selectors.files import case_of
from hamroh.cases.selectors.law import LawLine, law_lines
from hamroh.cases.states import AT_REST
from hamroh.kernel import matters as kernel
from hamroh.kernel.law import Book
from hamroh.kernel.matters import Counsel, Step, workflows
from hamroh.vault import opening


@dataclass(frozen=True)
class StepLine:
    """A step of a matter: how far it is, its law, and what must be said beside it."""

    step: Step
    row: MatterStep | None
    is_next: bool
    law: list[LawLine]
    counsel: Counsel | None
    on: str

    @property
    def look(self) -> str:
        """The drawing of its state: a key of the component's STATES."""
        if self.row is None:
            return "now" if self.is_next else "none"
        return {StepState.DONE: "done", StepState.WANTED: "now"}.get(StepState(self.row.state), "none")


@dataclass(frozen=True)
class MatterLine:
    """A matter as the case's page shows it, unopened: its next step, its next day, its next hearing by the clock there."""

    matter: Matter
    step: Mapping[str, str] | None
    deadline: Deadline | None
    hearing: dt.datetime | None
    is_late: bool
    to_verify: bool


def today_of(case: Case) -> dt.date:
    return local_date(timezone.now(), case.organisation)


def matter_of(*, actor: Any, code: str, pk: UUID, verb: str = "case.read") -> tuple[Matter, Decision]:
    """A matter of the case of a code, with the decision that opens it; Refused where it is another case's."""
    case, decision = case_of(actor=actor, code=code, verb=verb)
    matter = Matter.objects.filter(case=case, pk=pk).first()
    if matter is None:
        raise policy.Refused("no such matter of this case")
    matter.case = case
    return matter, decision


def may_write(*, actor: Any, matter: Matter) -> bool:
    """Whether the actor may change the matter as it stands now: neither it nor its case is at rest."""
    at_rest = matter.ended_date is not None or matter.case.status in AT_REST
    return not at_rest and bool(policy.allowed(actor, "case.write", matter))


def matter_lines(*, case: Case) -> list[MatterLine]:
    """The matters of a case, those that go on first: as many queries with many as with one."""
    ahead = Deadline.objects.filter(state=DeadlineState.OPEN).order_by("due_date")
    set_ = Hearing.objects.filter(state=HearingState.AHEAD, starts_at__gte=timezone.now()).order_by("starts_at")
    rows = Matter.objects.filter(case=case).order_by("-ended_date", "opened_date", "pk")
    rows = rows.prefetch_related(Prefetch("deadlines", ahead), Prefetch("hearings", set_))
    today = today_of(case)
    law = lawbook.book(today)
    found = [_matter_line(row, today, zone_of(case.organisation), law) for row in rows]
    return sorted(found, key=lambda line: line.matter.ended_date is not None)


def _matter_line(matter: Matter, today: dt.date, zone: dt.tzinfo, law: Book) -> MatterLine:
    step = workflows(law)[matter.kind].step(matter.stage)
    deadline = next(iter(matter.deadlines.all()), None)
    hearing = next(iter(matter.hearings.all()), None)
    late = deadline is not None and deadline.turn != DeadlineTurn.FROM and deadline.due_date < today
    moment = hearing.starts_at.astimezone(zone) if hearing else None
    term = kernel.terms(law).get(deadline.term) if deadline else None
    return MatterLine(matter, step.says if step else None, deadline, moment, late, bool(term and term.to_verify))


def step_lines(*, matter: Matter, decision: Decision) -> list[StepLine]:
    """The steps of a matter's workflow with what became of each, opened."""
    rows = {row.code: row for row in MatterStep.objects.filter(matter=matter).select_related("changed_by")}
    today = today_of(matter.case)
    steps = workflows(lawbook.book(today))[matter.kind].of(matter.country)
    return [_step_line(step, rows.get(step.code), matter, decision, today) for step in steps]


def _step_line(step: Step, row: MatterStep | None, matter: Matter, decision: Decision, today: dt.date) -> StepLine:
    facts = _opened(row, decision) if row else {}
    return StepLine(
        step=step, row=row, is_next=step.code == matter.stage, law=law_lines(step.law(matter.country), today),
        counsel=step.counsel(matter.country, today), on=facts.get("on") or facts.get("advised_on") or "",
    )  # fmt: skip


def step_facts(*, matter: Matter, code: str, decision: Decision) -> tuple[MatterStep | None, dict[str, Any]]:
    """What became of one step, opened."""
    row = MatterStep.objects.filter(matter=matter, code=code).select_related("changed_by").first()
    return row, _opened(row, decision) if row else {}


def settled_count(lines: Iterable[StepLine]) -> int:
    return sum(line.row is not None and line.row.state in SETTLED for line in lines)


def matter_facts(*, matter: Matter, decision: Decision) -> dict[str, Any]:
    """The court, the number, the costs, the papers and how it ended, opened; empty where nothing was told."""
    return _opened(matter, decision)


def paper_lines(*, matter: Matter, facts: Mapping[str, Any]) -> list[tuple[str, Mapping[str, str], str]]:
    """The papers that the matter asks for: code, name by language, state."""
    known = facts.get("papers") or {}
    names = kernel.papers()
    return [(code, names[code], known.get(code, "")) for code in workflows()[matter.kind].papers(matter.country)]


@dataclass(frozen=True)
class HearingLine:
    """A hearing, unopened, and its moment by the clock of the organisation."""

    row: Hearing
    there: dt.datetime


def hearings_of(*, matter: Matter) -> list[HearingLine]:
    """The hearings of a matter in their order."""
    zone = zone_of(matter.case.organisation)
    rows = Hearing.objects.filter(matter=matter).order_by("starts_at")
    return [HearingLine(row, row.starts_at.astimezone(zone)) for row in rows]


def dispatches_of(*, matter: Matter, decision: Decision) -> list[dict[str, Any]]:
    """What was sent and what came back, the newest first, opened."""
    rows = Dispatch.objects.filter(matter=matter).select_related("made_by", "alarm").order_by("-on_date", "-made_at")
    return [{"row": row, **_opened(row, decision)} for row in rows]


def moments_of(*, case: Case, decision: Decision) -> list[tuple[Any, dict[str, Any]]]:
    """Everything that happened in the matters of a case, opened: one query for each kind of row."""
    models = (Matter, MatterStep, Hearing, Dispatch)
    rows = [row for model in models for row in model.objects.filter(case=case).select_related(*_above(model))]
    return [(row, _opened(row, decision)) for row in rows]


def _above(model: type[Any]) -> tuple[str, ...]:
    return () if model is Matter else ("matter",)


def _opened(row: Any, decision: Decision) -> dict[str, Any]:
    found = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
    return found if isinstance(found, dict) else {"unshown": found} if found is not None else {}
