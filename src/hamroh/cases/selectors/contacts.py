"""What of safe contact and of things that went out a page shows; numbers open only through the door."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hamroh.accounts.policy import Decision
from hamroh.cases import reaching
from hamroh.cases.models import Case, Outgoing
from hamroh.kernel.safecontact import EARLIEST, LATEST, Refusal
from hamroh.vault import opening

SHOWN = 20


@dataclass(frozen=True)
class Out:
    """One wish to reach her, as the list shows it."""

    row: Outgoing
    words: Any
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reasons(self) -> list[Refusal]:
        return [Refusal(code) for code in self.facts.get("refused", ())]


def outgoings(*, case: Case, decision: Decision) -> list[Out]:
    """The newest of what was to go out to her, with its words and what came of it."""
    rows = Outgoing.objects.filter(case=case).select_related("made_by").order_by("-made_at", "pk")[:SHOWN]
    return [outgoing(case=case, decision=decision, row=row) for row in rows]


def outgoing(*, case: Case, decision: Decision, row: Outgoing) -> Out:
    """One of them."""
    told = opening.open_each(row, ("body", "facts"), decision=decision, purpose="page")
    reaching.clocks_there(row, case, "made_at")
    return Out(row, told["body"], told["facts"] if isinstance(told["facts"], Mapping) else {})


def waiting(*, case: Case) -> int:
    return Outgoing.objects.filter(case=case, state__in=("queued", "released")).count()


@dataclass(frozen=True)
class Way:
    """One line as the panel says it: what may be done, and what must not."""

    line: reaching.Line
    has_run_out: bool
    next_at: Any

    @property
    def terms(self) -> Mapping[str, Any]:
        return self.line.terms

    @property
    def hours(self) -> str:
        """When she may be reached, within the hours at which anybody may."""
        first, last = max(self.line.rule.first, EARLIEST), min(self.line.rule.last, LATEST)
        return f"{first:%H:%M}–{last:%H:%M}"


def ways(*, case: Case, decision: Decision) -> list[Way]:
    """How she may be reached, line by line, with the next safe time of each."""
    today = reaching.today_there(case)
    return [
        Way(line, line.row.until_date < today, reaching.next_safe(line, case))
        for line in reaching.lines(case=case, decision=decision)
    ]
