"""Whether mediation may be held in a case, what was said and agreed in it, and how it goes once they are together again."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases import lawbook
from hamroh.cases.models import (
    AgreedTerm,
    Case,
    Matter,
    Mediation,
    MediationSession,
    MediationWish,
    Reunification,
    Risk,
    RiskScreen,
    TogetherCheck,
    WishAnswer,
)
from hamroh.cases.reaching import today_there
from hamroh.cases.selectors.law import LawLine, law_lines
from hamroh.cases.states import AT_REST
from hamroh.kernel import mediation, risk
from hamroh.kernel.matters import workflows
from hamroh.kernel.mediation import Gate, Why
from hamroh.vault import opening

#: what stands against mediation, as who works on the case reads it
SAID = {
    Why.NOT_ASKED: _("She was not asked about danger yet."),
    Why.PAST_DUE: _("It is time to ask her about danger again."),
    Why.LEFT_OPEN: _("Not every question about violence was answered with yes or no."),
    Why.VIOLENCE: _("She told of violence within the last half year."),
    Why.RAISED: _("Somebody judged the danger high within the last half year."),
}
#: the step of a legal matter that is a session before the claim
STEP = "mediation"


def gate_of(*, case: Case, decision: Decision) -> Gate:
    """Whether mediation may be held in the case now."""
    rows = RiskScreen.objects.filter(case=case).order_by("-made_at", "-pk")
    wishes = MediationWish.objects.filter(case=case, answer=WishAnswer.SIGNED)
    return mediation.gate(
        _screens(rows, decision), [_wish(row) for row in wishes], now=timezone.now(), today=today_there(case)
    )


def _screens(rows: Iterable[RiskScreen], decision: Decision) -> list[mediation.Screen]:
    """The newest screen and those of the time that counts; no other is opened."""
    since = timezone.now() - mediation.RECENT
    return [screen_of(row, decision) for number, row in enumerate(rows) if number == 0 or row.made_at >= since]


def screen_of(row: RiskScreen, decision: Decision) -> mediation.Screen:
    """A screen as the gate reads it; one that does not open counts as having found violence."""
    kept = opening.open_each(row, ("answers",), decision=decision, purpose="mediation")["answers"]
    if isinstance(kept, Mapping):
        yes, left = mediation.violence_in(risk.tool(), kept.get("answers", {}))
    else:
        yes, left = ("unread",), ("unread",)
    is_raised = row.level == Risk.HIGH and row.scored != Risk.HIGH
    return mediation.Screen(row.made_at, row.next_due_date, violence=yes, open_=left, is_raised=is_raised)


def _wish(row: MediationWish) -> mediation.Wish:
    return mediation.Wish(row.made_at, row.taken_by_id, row.answered_at, row.answered_by_id)


def against(gate: Gate) -> list[Any]:
    """What stands against mediation, in words."""
    return [SAID[why] for why in gate.whys]


# -- talks ---------------------------------------------------------------------------------------------------------


def talks(*, case: Case) -> QuerySet[Mediation]:
    """Mediations of a case, the newest first; nothing is opened."""
    return Mediation.objects.filter(case=case).select_related("matter", "begun_by").order_by("-opened_date", "-made_at")


def one(*, row: Mediation, decision: Decision, purpose: str = "page") -> dict[str, Any]:
    """One mediation with its sessions and terms opened."""
    sessions = MediationSession.objects.filter(mediation=row).select_related("by").order_by("-on_date", "-made_at")
    terms = AgreedTerm.objects.filter(mediation=row).order_by("made_at")
    return {
        "row": row, "facts": _facts(row, decision, purpose),
        "sessions": [{"row": each, "facts": _facts(each, decision, purpose)} for each in sessions],
        "terms": [{"row": each, "facts": _facts(each, decision, purpose)} for each in terms],
    }  # fmt: skip


def wishes(*, case: Case, decision: Decision) -> list[dict[str, Any]]:
    """What she asked for in writing, and what a supervisor answered, the newest first."""
    rows = MediationWish.objects.filter(case=case).select_related("taken_by", "answered_by", "evidence")
    return [wish(row=row, decision=decision) for row in rows.order_by("-made_at")]


def wish(*, row: MediationWish, decision: Decision) -> dict[str, Any]:
    told = opening.open_each(row, ("facts", "answer_words"), decision=decision, purpose="page")
    return {"row": row, "facts": _mapping(told["facts"]), "answer_words": told["answer_words"]}


def _facts(row: Any, decision: Decision, purpose: str = "page") -> Mapping[str, Any]:
    return _mapping(opening.open_each(row, ("facts",), decision=decision, purpose=purpose)["facts"])


def _mapping(facts: Any) -> Mapping[str, Any]:
    """What was opened; where it does not open, its words say so."""
    return facts if isinstance(facts, Mapping) else {"words": facts or "", "what": facts or ""}


def steps_before_a_claim(*, case: Case) -> list[Matter]:
    """Open matters whose workflow has a mediation session before the claim."""
    rows = Matter.objects.filter(case=case, ended_date__isnull=True)
    return [row for row in rows if any(step.code == STEP for step in workflows()[row.kind].of(row.country))]


def law_before_a_claim(*, case: Case) -> list[LawLine]:
    """What the law of the case's country says about a session before the claim, with its certainty; none is printed."""
    today = today_there(case)
    pack = [rule for rule in lawbook.book(today).pack(case.country.lower()) if rule.matter == "mediation"]
    return law_lines(pack, today)


# -- together again ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Together:
    """A reunification with its checks: which is next, and whether it counts as a success."""

    row: Reunification
    checks: list[TogetherCheck]
    facts: Mapping[str, Any]
    today: dt.date

    @property
    def next(self) -> TogetherCheck | None:
        """The first check that was not made; None where they parted, or all were made."""
        if self.row.apart_date:
            return None
        return next((check for check in self.checks if check.done_date is None), None)

    @property
    def is_due(self) -> bool:
        return self.next is not None and self.next.due_date <= self.today

    @property
    def is_success(self) -> bool:
        return succeeded(self.row, self.checks)


def succeeded(row: Reunification, checks: Iterable[TogetherCheck]) -> bool:
    """Whether a reunification is counted as a success."""
    made = [mediation.Check(each.month, each.due_date, each.done_date, each.found) for each in checks]
    return mediation.is_success(made, harmed=row.harm_date, apart=row.apart_date)


def together(*, case: Case, decision: Decision | None = None) -> list[Together]:
    """Reunifications of a case, the newest first; nothing is opened without a decision."""
    rows = Reunification.objects.filter(case=case).prefetch_related("checks").order_by("-began_date", "-made_at")
    today = today_there(case)
    return [
        Together(
            row, sorted(row.checks.all(), key=lambda check: check.month),
            _facts(row, decision) if decision else {}, today,
        )
        for row in rows
    ]  # fmt: skip


def checks_that_come(*, actor: Any, organisation: Organisation, until: dt.date) -> QuerySet[TogetherCheck]:
    """Checks that are due until a day and not made, the earliest first; of nobody who parted again, and of closed cases none."""
    rows = TogetherCheck.objects.filter(
        organisation=organisation, done_date__isnull=True, due_date__lte=until, reunification__apart_date__isnull=True
    ).exclude(case__status__in=AT_REST)
    return policy.visible(actor, "case.list", rows).select_related("case").order_by("due_date", "pk")


def count_successes(*, actor: Any, organisation: Organisation) -> tuple[int, int]:
    """How many reunifications there were in the cases that the actor lists, and how many of them count as a success."""
    rows = policy.visible(actor, "case.list", Reunification.objects.filter(organisation=organisation))
    found = [succeeded(row, row.checks.all()) for row in rows.prefetch_related("checks")]
    return len(found), sum(found)
