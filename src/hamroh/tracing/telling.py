"""Searches on a case's page, and on the team's: the words for the seeker's side, and what waits for those who search or protect."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases import boards, panels
from hamroh.cases.models import Case
from hamroh.tracing.models import Request
from hamroh.tracing.selectors import requests as reads

#: lines of a board
SHOWN = 5


def shown(actor: Any, case: Case, _decision: Decision) -> dict[str, Any]:
    """Who is looked for from this case: code, day and the words for her side; nothing is opened, nothing of how far it is."""
    rows = reads.of_case(actor=actor, case=case)
    mine = set(reads.faced(actor, "tracing.own").filter(case=case).values_list("pk", flat=True)) if rows else set()
    may = policy.allowed(actor, "case.write", case) and policy.allowed(actor, "tracing.ask")
    return {
        "case": case, "may": bool(may), "left": bool(may and any(_is_left(row, case) for row in rows)), "rows": [(row, reads.outward(row), row.pk in mine) for row in rows],
    }  # fmt: skip


def _is_left(row: Request, case: Case) -> bool:
    """Whether whoever asked works on the case no longer."""
    return not policy.allowed(row.owner, "case.write", case)


def waiting(actor: Any, organisation: Organisation) -> dict[str, Any] | None:
    """Candidates that came by themselves, and requests that wait for protection; None for who does neither."""
    if not policy.allowed(actor, "tracing.search"):
        return None
    rows = reads.to_look_at(actor=actor, organisation=organisation)
    guarded = reads.faced(actor, "tracing.protect").filter(organisation=organisation, closed_date=None)
    return {"rows": list(rows[:SHOWN]), "guarded": list(guarded.order_by("made_at", "pk")[:SHOWN])}


panels.declare(
    panels.Panel(
        code="tracing",
        place=95,
        template="tracing/panel.html",
        shown=shown,
        title=_("People who are missed"),
        quiet=lambda told: not told["rows"] and not told["left"],
    )
)
boards.declare(boards.Board("tracing", 60, "tracing/board.html", waiting))
