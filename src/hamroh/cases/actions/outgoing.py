"""The one door through which anything goes out to her. It asks her rule at the moment of sending, each time.

Nothing is sent by a machine yet: what the door releases is handed to a worker, who sends it from the office's own phone and writes
down what was done. A gateway would stand behind ``hand_over`` and nowhere else.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import reaching
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Case, Outgoing
from hamroh.cases.states import OutgoingLife
from hamroh.kernel.safecontact import Attempt, Verdict, reveals
from hamroh.vault import journal, opening

PURPOSE = "reach her"
WAITING = ("queued", "released")


@dataclass(frozen=True)
class Handed:
    """What the worker needs to reach her now, or why she may not."""

    verdict: Verdict
    value: Any = None
    words: Any = None
    terms: Any = None
    next_at: dt.datetime | None = None


@transaction.atomic
def send(*, actor: Any, case: Case, way: str, body: str = "", leaves_message: bool = False) -> Outgoing:
    """Wish to reach her. Released where her rule allows it now, queued where only the hour or the day is against it, else refused."""
    decision = policy.require(actor, "case.write", case)
    row = Outgoing(
        organisation_id=case.organisation_id, case=case, way=way, body=body.strip() or None, made_by=actor,
        leaves_message=leaves_message,
    )  # fmt: skip
    verdict, line = _asked(case, decision, way, body, leaves_message=leaves_message)
    row.contact = line.row if line else None
    row.state = _after(verdict)
    row.facts = {"refused": [str(reason) for reason in verdict.reasons]} if row.state == "refused" else None
    row.settled_at = timezone.now() if row.state == "refused" else None
    row.save()
    facts = {"outgoing": str(row.pk), "way": way, "state": row.state}
    journal.record(actor=actor, verb="case.send", about=case, facts=facts)
    touch(case)
    return row


@transaction.atomic
def hand_over(*, actor: Any, case: Case, outgoing: Outgoing) -> Handed:
    """The number and the words, where the rule allows them at this very moment; else nothing but the reasons.

    What waited for its hour is released by this; what her rule allows no more goes back, or is refused.
    """
    decision = policy.require(actor, "case.write", case)
    row = Outgoing.objects.select_for_update().get(pk=outgoing.pk, case=case)
    if row.state not in WAITING:
        return Handed(Verdict())
    told = opening.open_each(row, ("body",), decision=decision, purpose=PURPOSE)
    words = told["body"] if isinstance(told["body"], str) else ""
    verdict, line = _asked(case, decision, row.way, words, leaves_message=row.leaves_message)
    if row.contact_id is not None and line is not None and line.row.pk != row.contact_id:
        row.contact = line.row
    _move(row, _after(verdict), actor, reasons=verdict)
    if not verdict.allowed or line is None:
        return Handed(verdict, next_at=reaching.next_safe(line, case) if line else None)
    value = vault.open(line.row, "value", decision=decision, purpose=PURPOSE)
    return Handed(verdict, value, words, line.terms)


@transaction.atomic
def finish(*, actor: Any, case: Case, outgoing: Outgoing, words: str) -> None:
    """It was done by hand: what came of it, in the worker's words."""
    policy.require(actor, "case.write", case)
    row = Outgoing.objects.select_for_update().get(pk=outgoing.pk, case=case)
    if row.state == "sent":
        return
    row.facts = {"done": words.strip()}
    _move(row, "sent", actor)
    touch(case)


@transaction.atomic
def cancel(*, actor: Any, case: Case, outgoing: Outgoing) -> None:
    """It is not to go out after all."""
    policy.require(actor, "case.write", case)
    row = Outgoing.objects.select_for_update().get(pk=outgoing.pk, case=case)
    if row.state in WAITING:
        _move(row, "cancelled", actor)


@transaction.atomic
def cancel_waiting(*, actor: Any, case: Case) -> int:
    """Everything of a case that waits to go out is cancelled: how she is reached has changed. Returns how many.

    Every action that changes her phone or her address calls this in its transaction.
    """
    policy.require(actor, "case.write", case)
    rows = list(Outgoing.objects.select_for_update().filter(case=case, state__in=WAITING))
    for row in rows:
        _move(row, "cancelled", actor)
    return len(rows)


def _asked(
    case: Case, decision: Decision, way: str, body: str, *, leaves_message: bool
) -> tuple[Verdict, reaching.Line | None]:
    """Her rule, asked now, with what the words themselves give away."""
    gives = reveals(body, reaching.known_of(case))
    attempt = Attempt(way=way, at=reaching.now_there(case), body=gives, leaves_message=leaves_message)
    return reaching.ask(reaching.lines(case=case, decision=decision), attempt)


def _after(verdict: Verdict) -> str:
    if verdict.allowed:
        return "released"
    return "queued" if verdict.passes else "refused"


def _move(row: Outgoing, to: str, actor: Any, reasons: Verdict | None = None) -> None:
    """To another state of the graph, with one line in the journal; to the same one nothing is written."""
    if row.state == to:
        return
    OutgoingLife.check(row.state, to)
    row.state = to
    if to == "refused" and reasons is not None:
        row.facts = {"refused": [str(reason) for reason in reasons.reasons]}
    row.settled_at = None if to in WAITING else timezone.now()
    row.save()
    facts = {"outgoing": str(row.pk), "way": row.way, "state": to}
    journal.record(actor=actor, verb="case.outgoing", about=row.case, facts=facts)
