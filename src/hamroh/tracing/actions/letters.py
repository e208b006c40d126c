"""Family news in both directions: written down, read by somebody else before it goes, carried by hand.

What the seeker's side does is done alike whatever became of her request: a letter to somebody who is not found is kept and read as well.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Notice, Role
from hamroh.accounts.models.people import User
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.approaching import NOT_ALONE, VERB, turn
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.actions.moving import REASON, CannotMove, held
from hamroh.tracing.models import Approach, Letter, Request, Route, Towards, Wish
from hamroh.tracing.reading import CHECKS, seen_in
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.selectors.requests import faced, outward
from hamroh.vault import journal, opening

LONGEST = 1500
#: letters that she may write in a week: counted by days alone, so that the limit tells nothing of what became of them
MOST_A_WEEK = 3
NO_MESSAGE = _("He did not agree to a message, or his word on it has run out.")
ENDED = _("This request has ended. Renew it first.")
ENOUGH = _("Three letters were written in these seven days. Write the next one later.")
SAY_WHY = _("Say why, in a sentence: whoever wrote it reads it.")
NOT_CLEAN = _("A letter in which one of these is found does not go. Send it back.")
HAS_NUMBER = _("There is a number or a link in it: it cannot go. Send it back.")
GONE = _("This letter was read meanwhile, or taken back.")


# -- writing -------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_to_found(*, actor: Any, request: Request, body: str) -> Letter:
    """A letter of hers to who is missed; the answer is the same whether anybody was found or not."""
    row = _own(actor, request)
    if outward(row).has_ended:
        raise CannotMove(ENDED)
    week = timezone.now() - dt.timedelta(days=7)
    if Letter.objects.filter(request=row, towards=Towards.FOUND, made_at__gt=week).count() >= MOST_A_WEEK:
        raise CannotMove(ENOUGH)
    return _keep(actor, row, Towards.FOUND, body)


@transaction.atomic
def write_to_seeker(*, actor: Any, request: Request, body: str) -> Letter:
    """A letter of his to who misses him, written down by whoever spoke with him. CannotMove without his consent to a message."""
    row = held(actor, request, VERB)
    agreed = reads.in_force(row, reads.today_of(row)).get(Wish.MESSAGE)
    if agreed is None:
        raise CannotMove(NO_MESSAGE)
    return _keep(actor, row, Towards.SEEKER, body, agreed.approach)


def _keep(actor: Any, row: Request, towards: str, body: str, approach: Approach | None = None) -> Letter:
    letter = Letter(
        organisation_id=row.organisation_id, request=row, towards=towards, body=body.strip()[:LONGEST], by=actor,
        approach=approach,
    )  # fmt: skip
    letter.save()
    journal.record(actor=actor, verb="tracing.write_letter", about=row, facts={"letter": str(letter.pk)})
    for teller in _tellers:
        transaction.on_commit(partial(teller, str(letter.pk)), robust=True)
    return letter


def _own(actor: Any, request: Request) -> Request:
    row = request_for_work(request.pk)
    if row is None:
        raise policy.Refused("no such request")
    policy.require(actor, "tracing.ask", row)
    return row


# -- reading -------------------------------------------------------------------------------------------------------


@transaction.atomic
def read(*, actor: Any, letter: Letter, after: str, found: Mapping[str, bool], words: str = "") -> None:
    """Let a letter go, send it back or refuse it. ``found`` answers each of `reading.CHECKS`; what is found in it keeps it here.

    Whoever wrote it down does not read it. CannotMove where it was read meanwhile, or says what may not go.
    """
    row, decision = reads.letter_of(actor=actor, pk=letter.pk)
    request = request_for_work(row.request_id)
    fresh = Letter.objects.select_for_update().get(pk=row.pk)
    if request is None or fresh.state != "written":
        raise CannotMove(GONE)
    if after == "approved":
        body = opening.open(fresh, "body", decision=decision, purpose="letter")
        _require_clean(str(body), found)
    elif len(words.strip()) < REASON:
        raise CannotMove(SAY_WHY)
    fresh.read_by, fresh.read_at, fresh.words = actor, timezone.now(), words.strip() or None
    turn(fresh, after)
    Notice.objects.filter(about=Notice.About.LETTER, record_id=str(fresh.pk), read_at=None).update(
        read_at=timezone.now()
    )
    journal.record(actor=actor, verb="tracing.read_letter", about=request, facts={"letter": str(fresh.pk)})


def _require_clean(body: str, found: Mapping[str, bool]) -> None:
    if any(found.get(code, True) for code in CHECKS):
        raise CannotMove(NOT_CLEAN)
    if seen_in(body):
        raise CannotMove(HAS_NUMBER)


# -- carrying ------------------------------------------------------------------------------------------------------


@transaction.atomic
def carry(*, actor: Any, letter: Letter) -> None:
    """Her letter was given or read out to him, in a talk alone. It tells nobody that he is found."""
    row = held(actor, letter.request, VERB)
    fresh = Letter.objects.select_for_update().get(pk=letter.pk, request=row, towards=Towards.FOUND)
    talks = reads.spoken(row)
    if not talks or row.route != Route.SEARCH:
        raise CannotMove(NOT_ALONE)
    if fresh.state != "approved":
        raise CannotMove(GONE)
    fresh.approach = talks[0]
    turn(fresh, "carried")
    journal.record(actor=actor, verb="tracing.carry_letter", about=row, facts={"letter": str(fresh.pk)})


# -- who is told ---------------------------------------------------------------------------------------------------

#: what tells readers in the background, by the id of a letter: the page of whoever wrote it takes as long for every request
_tellers: list[Callable[[str], Any]] = []


def tell_by(teller: Callable[[str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if teller not in _tellers:
        _tellers.append(teller)


@transaction.atomic
def tell_readers(letter_id: UUID) -> None:
    """A notice for those who may read a letter before it goes."""
    letter = Letter.objects.select_related("request__organisation").filter(pk=letter_id, state="written").first()
    if letter is not None:
        people = [user.pk for user in _readers(letter)]
        matching.tell(letter, people, Notice.About.LETTER)


def _readers(letter: Letter) -> list[User]:
    verb = "tracing.protect" if letter.request.route == Route.PROTECTION else "tracing.read_letter"
    rows = Membership.objects.current().filter(
        organisation=letter.organisation_id, role__in=(Role.TRACING_OFFICER, Role.SUPERVISOR)
    )
    people = {each.user_id: each.user for each in rows.select_related("user") if each.user_id != letter.by_id}
    return [user for user in people.values() if faced(user, verb).filter(pk=letter.request_id).exists()]
