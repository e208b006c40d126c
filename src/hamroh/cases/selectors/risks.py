"""Danger as pages show it: the newest screen with its reasons, what waits for a supervisor, the safety plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases.models import Case, RiskScreen, SafetyPlan
from hamroh.cases.reaching import clocks_there, today_there
from hamroh.directory import selectors as directory
from hamroh.kernel import risk
from hamroh.kernel.risk import Question
from hamroh.vault import opening


@dataclass(frozen=True)
class Asked:
    """One screen opened: its questions answered yes, the heaviest first, and what was left open."""

    row: RiskScreen
    reasons: tuple[Question, ...] = ()
    open_: tuple[Question, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    override: Any = None

    @property
    def waits(self) -> bool:
        """A supervisor has still to look."""
        return self.row.look_by is not None and self.row.looked_at is None

    @property
    def is_late(self) -> bool:
        return self.row.look_by is not None and self.waits and self.row.look_by < timezone.now()

    @property
    def needs_plan(self) -> bool:
        return any(question.plan for question in self.reasons)


def newest_screen(*, case: Case, decision: Decision) -> Asked | None:
    """The screen that counts."""
    row = RiskScreen.objects.filter(case=case).select_related("taken_by", "looked_by").order_by("-made_at").first()
    return asked(clocks_there(row, case, "made_at", "look_by", "looked_at"), decision) if row else None


def asked(row: RiskScreen, decision: Decision) -> Asked:
    told = opening.open_each(row, ("answers", "override"), decision=decision, purpose="risk")
    kept = told["answers"] if isinstance(told["answers"], Mapping) else {}
    known = {question.code: question for question in risk.tool().questions}
    said = kept.get("answers", {})
    yes = tuple(known[code] for code in kept.get("reasons", ()) if code in known)
    left = tuple(each for each in known.values() if said.get(each.code, "unsaid") == "unsaid")
    return Asked(row, yes, left, said, told["override"])


def unseen_risks(*, actor: Any, organisation: Organisation) -> QuerySet[RiskScreen]:
    """Screens that a supervisor has still to look at, the most pressing first; nothing is opened."""
    rows = RiskScreen.objects.filter(organisation=organisation, look_by__isnull=False, looked_at__isnull=True)
    return policy.visible(actor, "case.approve", rows).select_related("case__organisation").order_by("look_by", "pk")


def is_screened(*, case: Case) -> bool:
    """Whether danger was asked, and not so long ago that it has to be asked again."""
    row = RiskScreen.objects.filter(case=case).order_by("-made_at").only("next_due_date").first()
    return row is not None and row.next_due_date >= today_there(case)


def safety_plan(*, case: Case, decision: Decision) -> tuple[SafetyPlan | None, Mapping[str, str]]:
    """The plan and its steps; None where none was opened."""
    row = SafetyPlan.objects.filter(case=case).select_related("made_by").first()
    if row is None:
        return None, {}
    told = opening.open_each(row, ("facts",), decision=decision, purpose="safety plan")["facts"]
    return row, told if isinstance(told, Mapping) else {}


def crisis_numbers(*, actor: Any, country: str) -> list[Any]:
    """Verified numbers of the directory for danger now, of a case's country."""
    return list(directory.emergency_routes(actor=actor, country=country.lower()))


def has_plan(*, case: Case) -> bool:
    return SafetyPlan.objects.filter(case=case).exists()


def was_told(*, case: Case) -> bool:
    """Whether there was a supervisor who could be told of a danger of this case."""
    about = (Notice.About.RISK, Notice.About.URGENT)
    kind = case._meta.label_lower  # noqa: SLF001
    return Notice.objects.filter(record_kind=kind, record_id=str(case.pk), about__in=about).exists()
