"""What both sides of a referral share: each move is written in the rows of both organisations, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from hamroh.accounts import rowsecurity
from hamroh.accounts.zones import local_date
from hamroh.cases.models import LinkEnd, Received, Referral, ReferralLink
from hamroh.cases.selectors.officials import may_know
from hamroh.cases.states import HOLDS_COPIES, ReferralLife
from hamroh.vault import files, journal
from hamroh.vault.models import SealedFile

#: under what files of the other side are kept
KIND = "cases.received"
#: the moment of a move stands in this column; a state that ends it, in the last
_MOMENTS = {"sent": "sent_at", "seen": "seen_at", "accepted": "accepted_at", "in_service": "opened_at"}


@contextmanager
def across(*organisations: Any) -> Iterator[None]:
    """Within it the rows of these organisations are seen, and no others: what is done for one side of a referral is written on both."""
    with rowsecurity.opened_for({each for each in organisations if each}):
        yield


def locked(referral_id: Any) -> Referral | None:
    """The referral as it stands now, for a move; None where its case is gone. Called within ``across`` and a transaction."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related(
        "case__organisation", "consent", "to_organisation", "to_service__party"
    )
    return rows.filter(pk=referral_id).first()


def move(*, actor: Any, referral: Referral, after: str, answer: str = "") -> Received | None:
    """Write a move on both sides, and end the links of what ended; MoveRefused where there is none. The other side's row, None where there is none (yet)."""
    ReferralLife.check(referral.state, after)
    referral.state = after
    setattr(referral, _MOMENTS.get(after, "settled_at"), timezone.now())
    if answer.strip():
        referral.answer = answer.strip()
    referral.save()
    facts = {"referral": str(referral.pk), "state": after}
    journal.record(actor=actor, verb="case.refer", about=referral.case, facts=facts)
    if after not in HOLDS_COPIES:
        end_links(referral, LinkEnd.SETTLED)
    theirs = Received.objects.filter(referral_id=referral.pk).first()
    if theirs is not None:
        moved_there(actor=actor, theirs=theirs, after=after, answer=answer)
    return theirs


def moved_there(*, actor: Any, theirs: Received, after: str, answer: str = "") -> None:
    """The other side's half; copies that nobody needs any more are emptied."""
    theirs.state = after
    if answer.strip():
        theirs.answer = answer.strip()
    if after not in HOLDS_COPIES:
        theirs.envelope, theirs.payload = None, None
        _remove_files(actor, theirs)
    if not ReferralLife.moves(after):
        theirs.settled_at = timezone.now()
    theirs.save()
    journal.record(actor=actor, verb="referral.move", about=theirs, facts={"state": after})


def _remove_files(actor: Any, theirs: Received) -> None:
    for file in SealedFile.objects.filter(kind=KIND, record_id=theirs.pk):
        files.remove(file, actor=actor)


def end_links(referral: Referral, end: str) -> None:
    """From now on no link of it opens anything."""
    ReferralLink.objects.filter(referral=referral, ended_at=None).update(ended_at=timezone.now(), end=end)


def has_yes(referral: Referral) -> bool:
    """Whether the yes that it stands on is still hers today, and one that these may be told on."""
    return may_know(referral)


def is_past(referral: Referral) -> bool:
    """Whether its last day is over, by the clock of who sent it."""
    return bool(referral.until_date < local_date(timezone.now(), referral.case.organisation))
