"""Whoever was found is spoken with privately, decides what may be told, and can decide anew at any time."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.cases.models import Answer
from hamroh.kernel import consents
from hamroh.kernel.retention import Unit, after
from hamroh.tracing import naming
from hamroh.tracing.actions import moving
from hamroh.tracing.actions.moving import CannotMove, held, step
from hamroh.tracing.models import Approach, Choice, Letter, PoolRecord, Request, Talk, Towards, Wish
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.states import LetterLife
from hamroh.vault import journal

VERB = "tracing.approach"
#: somebody can be spoken with in these: two people say who he is, or he was asked before
FOUND = ("verified", "asked", "answer", "contact", "declined")
#: for how long a consent counts where nobody said otherwise, and at most
MONTHS, MOST_MONTHS = 6, 12
NOT_FOUND = _("Two people have to say that it is this person first.")
NOT_ALONE = _("He decides only where he was alone and showed who he is. Write down such a talk first.")
NOT_SAID = _("What he wishes is not written down yet.")
NO_CONTACT = _("He agreed to no contact.")
NOT_TOLD = _("Whoever asked has not been told yet. That happens with the weekly word.")
NOT_DECLINED = _("He did not say no to everything.")


@dataclass(frozen=True)
class Talked:
    """How somebody tried to speak with him: ``way`` a code of ``ContactWay``, ``proof`` how he showed who he is."""

    outcome: str
    on: dt.date
    way: str
    place: str = ""
    proof: str = ""
    words: str = ""

    def facts(self) -> dict[str, str]:
        return {"way": self.way, "place": self.place.strip(), "proof": self.proof.strip(), "words": self.words.strip()}


@transaction.atomic
def talk(*, actor: Any, request: Request, record: PoolRecord, told: Talked) -> Approach:
    """One try to speak with him, by somebody who does not stand beside the seeker. The first talk alone moves the search to *asked*.

    CannotMove where two people do not say any more that it is he.
    """
    row = held(actor, request, VERB)
    if row.state not in FOUND or record.pk not in reads.same_records(row):
        raise CannotMove(NOT_FOUND)
    policy.require(actor, "pool.read", record)
    talked = Approach(
        organisation_id=row.organisation_id, request=row, record=record, outcome=told.outcome, on_date=told.on,
        facts=told.facts(), by=actor,
    )  # fmt: skip
    talked.save()
    journal.record(actor=actor, verb="tracing.approach", about=row, facts={"approach": str(talked.pk)})
    if told.outcome == Talk.SPOKEN and row.state == "verified":
        step(actor, row, "asked")
    return talked


@dataclass(frozen=True)
class Wished:
    """His answers: the wishes that he says yes to, until when, how he said so; ``terms`` are those of a contact."""

    yes: frozenset[str]
    way: str
    on: dt.date
    until: dt.date
    terms: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def choose(*, actor: Any, request: Request, wished: Wished, lang: str) -> list[Choice]:
    """His answer to every wish, each a line of its own; what he says no to now goes out no more. CannotMove before a talk alone."""
    row = held(actor, request, VERB)
    talked = reads.spoken(row)
    if not talked or row.state not in FOUND:
        raise CannotMove(NOT_ALONE)
    before = {wish for wish, each in reads.newest(row).items() if each.answer == Answer.GIVEN}
    rows = [
        _choice(talked[0], wish, wished, actor=actor, lang=lang, had=wish in before) for wish in Wish.values
    ]  # fmt: skip
    journal.record(actor=actor, verb="tracing.choose", about=row, facts={"approach": str(talked[0].pk)})
    _follow(actor, row, wished.yes)
    return rows


@transaction.atomic
def take_back(*, actor: Any, request: Request, words: str) -> None:
    """He takes everything back, in whatever way he said so: nothing that waits goes out. What went out already stays listed."""
    row = held(actor, request, VERB)
    given = [each for each in reads.newest(row).values() if each.answer == Answer.GIVEN]
    for each in given:
        Choice(
            organisation_id=row.organisation_id, request=row, approach=each.approach, wish=each.wish, taken_by=actor,
            answer=Answer.WITHDRAWN, way=each.way, on_date=reads.today_of(row), text_version=each.text_version,
            text_digest=each.text_digest,
        ).save()  # fmt: skip
    journal.record(actor=actor, verb="tracing.take_back", about=row)
    if row.state in FOUND and given:
        _follow(actor, row, frozenset(), words)


def _choice(talked: Approach, wish: str, wished: Wished, *, actor: Any, lang: str, had: bool) -> Choice:
    text, given = consents.current(f"found_{wish}"), wish in wished.yes
    found = Choice(
        organisation_id=talked.organisation_id, request=talked.request, approach=talked, wish=wish, way=wished.way,
        answer=Answer.GIVEN if given else Answer.WITHDRAWN if had else Answer.REFUSED, taken_by=actor, on_date=wished.on,
        until_date=min(wished.until, after(wished.on, Unit.MONTHS, MOST_MONTHS)) if given else None,
        text_version=text.version_in(lang), text_digest=text.digest(lang),
        terms=dict(wished.terms) if given and wish == Wish.CONTACT else None,
    )  # fmt: skip
    found.save()
    return found


def _follow(actor: Any, row: Request, yes: frozenset[str], words: str = "") -> None:
    """Bring a held request to where his words have it; a letter that he does not wish to go any more is taken back."""
    if Wish.MESSAGE not in yes:
        stop_letters(row)
    if row.state == "verified":
        step(actor, row, "asked")
    if row.state in ("asked", "declined") or (row.state == "contact" and Wish.CONTACT not in yes):
        rested = row.state in ("declined", "contact")
        step(actor, row, "answer", words)
        if rested and yes:  # searched again: what arrives is compared with it
            naming.put_request(row)
    if not yes and row.state == "answer":
        step(actor, row, "declined")


def stop_letters(row: Request) -> None:
    """His letters that have not gone yet are taken back."""
    for letter in Letter.objects.select_for_update().filter(
        request=row, towards=Towards.SEEKER, state__in=("written", "approved")
    ):
        turn(letter, "withdrawn")


def turn(letter: Letter, after: str) -> None:
    """Move a held letter to another state of its graph."""
    LetterLife.check(letter.state, after)
    letter.state = after
    letter.settled_at = None if after in ("approved", "out") else timezone.now()
    letter.save()


# -- what the moves of a search rest on ----------------------------------------------------------------------------


def _without_talk(request: Request) -> Any:
    return None if reads.spoken(request) else NOT_ALONE


def _without_choice(request: Request) -> Any:
    same = reads.same_records(request)
    return None if any(each.approach.record_id in same for each in reads.newest(request).values()) else NOT_SAID


def _without_contact(request: Request) -> Any:
    agreed = reads.in_force(request, reads.today_of(request)).get(Wish.CONTACT)
    if agreed is None:
        return NO_CONTACT
    return None if reads.was_told(request, agreed) else NOT_TOLD


def _without_refusal(request: Request) -> Any:
    if missing := _without_choice(request):
        return missing
    said = reads.newest(request).values()
    return NOT_DECLINED if any(each.answer == Answer.GIVEN for each in said) else None


def state_grounds() -> None:
    """Hand over what these moves rest on; called when the room is loaded."""
    moving.ground("asked", _without_talk)
    moving.ground("answer", _without_choice)
    moving.ground("contact", _without_contact)
    moving.ground("declined", _without_refusal)
