"""A request moves from state to state: the graph says where to, the table who may, the grounds what for."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.kernel.states import MoveRefused
from hamroh.tracing import naming
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.actions.following import follow_later
from hamroh.tracing.models import Candidate, End, Request, Step, StepKind
from hamroh.tracing.selectors.requests import KNOWN_ENDS, faced
from hamroh.tracing.states import AT_REST, TracingLife
from hamroh.vault import journal

#: by hand, by the state a move leads to: what somebody must be allowed. What is not here is moved by no hand: ``searching`` follows from
#: the questions about violence, ``candidate`` and ``verified`` from verdicts.
BY_HAND = {
    "asked": "tracing.judge", "answer": "tracing.judge", "contact": "tracing.judge", "declined": "tracing.judge",
    "deceased": "tracing.judge",
}  # fmt: skip
#: these need a ground that another part of the room states; where none has said what it is, the move is not made
NEEDS_GROUND = frozenset({"asked", "answer", "contact", "declined"})
Ground = Callable[[Request], Any]
_grounds: dict[str, Ground] = {}
MEANWHILE = _("Somebody moved this request meanwhile. Look at how far it is now.")
NO_GROUND = _("What this step rests on is not written down yet.")
SAY_WHY = _("Say why, in a sentence.")
#: how much must be said
REASON = 10


class CannotMove(Exception):
    """The move is not to be made now; its words say why."""


def ground(after: str, missing: Ground) -> None:
    """Hand over what a move to a state rests on: ``missing`` gives words for what is not there yet, or nothing."""
    _grounds[after] = missing


def open_moves(request: Request) -> list[str]:
    """The moves that somebody could make by hand now."""
    return [
        after for after in TracingLife.moves(request.state)
        if after in BY_HAND and not (after in NEEDS_GROUND and (after not in _grounds or _grounds[after](request)))
    ]  # fmt: skip


@transaction.atomic
def move(*, actor: Any, request: Request, after: str, words: str, before: str = "") -> Request:
    """Move a request by hand, with the reason; ``before`` is the state that the actor saw. CannotMove says what stands against it."""
    verb = BY_HAND.get(after)
    if verb is None:
        raise policy.Refused("no hand makes this move")
    row = held(actor, request, verb)
    if row.state != (before or request.state):
        raise CannotMove(MEANWHILE)
    if len(words.strip()) < REASON:
        raise CannotMove(SAY_WHY)
    if after in NEEDS_GROUND and (lacking := _grounds[after](row) if after in _grounds else NO_GROUND):
        raise CannotMove(lacking)
    step(actor, row, after, words)
    return row


def held(actor: Any, request: Request, verb: str) -> Request:
    """The request as it stands now, held, where the actor may do the verb to it."""
    row = request_for_work(request.pk)
    if row is None or not faced(actor, verb).filter(pk=request.pk).exists():
        raise policy.Refused("no such request for this person")
    policy.require(actor, verb, row)
    return row


def step(actor: Any, row: Request, after: str, words: str = "", kind: str = StepKind.MOVE) -> None:
    """Write a move of a held request. Whatever it was compared with goes where it rests from now on."""
    try:
        TracingLife.check(row.state, after)
    except MoveRefused:
        raise CannotMove(MEANWHILE) from None
    before, row.state, row.changed_at = row.state, after, timezone.now()
    row.save()
    Step(
        organisation_id=row.organisation_id, request=row, kind=kind, before=before, after=after, by=actor,
        words=words.strip() or None,
    ).save()  # fmt: skip
    if after in AT_REST:
        naming.withdraw_request(row)
        Candidate.objects.filter(request=row, seen_at=None).delete()
        Candidate.objects.filter(other=row, seen_at=None).delete()
    follow_later(row.pk)
    # how far a search is stands in no journal that the seeker's side could read
    journal.record(actor=actor, verb="tracing.move", about=row)


#: who may end a request, by why
_ENDS = {
    End.WISH: "tracing.ask", End.NO_CONSENT: "tracing.ask", End.FOUND: "tracing.judge", End.NOT_OURS: "tracing.protect",
}  # fmt: skip


@transaction.atomic
def close(*, actor: Any, request: Request, end: str, words: str = "") -> None:
    """End a request: whoever asked, by wish; whoever searches, where it is settled; whoever protects. CannotMove where it has ended."""
    if end not in _ENDS:
        raise policy.Refused("nobody ends a request so")
    row = held(actor, request, _ENDS[End(end)])
    if row.state == "closed" and (end not in KNOWN_ENDS or row.end in KNOWN_ENDS):
        raise CannotMove(MEANWHILE)
    if end in (End.FOUND, End.NOT_OURS) and len(words.strip()) < REASON:
        raise CannotMove(SAY_WHY)
    ended(actor, row, end, words)
    matching.read_notices(actor, row)


def ended(actor: Any, row: Request, end: str, words: str = "") -> None:
    """Write the end of a held request. One that ended inside, which the seeker's side does not know, ends for that side, too."""
    is_over = row.state == "closed"
    row.end, row.closed_date = end, row.closed_date or local_date(timezone.now(), row.organisation)
    if is_over:
        row.save()
        Step(
            organisation_id=row.organisation_id, request=row, kind=StepKind.NOTE, by=actor, words=words.strip() or None
        ).save()
        journal.record(actor=actor, verb="tracing.move", about=row)
        return
    step(actor, row, "closed", words)


@transaction.atomic
def note(*, actor: Any, request: Request, words: str, verb: str = "tracing.judge") -> None:
    """A line about a request, for those who search or protect."""
    row = held(actor, request, verb)
    Step(organisation_id=row.organisation_id, request=row, kind=StepKind.NOTE, by=actor, words=words.strip()).save()
    matching.read_notices(actor, row)
    journal.record(actor=actor, verb="tracing.note", about=row)


def expire_requests() -> int:
    """End requests whose day is over; how many."""
    count = 0
    rows = Request.objects.filter(closed_date=None, until_date__lt=timezone.now().date())
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = request_for_work(pk)
            if (
                row is not None
                and row.state != "closed"
                and row.until_date < local_date(timezone.now(), row.organisation)
            ):
                ended(None, row, End.EXPIRED)
                count += 1
    return count
