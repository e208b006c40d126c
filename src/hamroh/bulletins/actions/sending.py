"""Letters go out one by one, each at most once: claimed in the database first, then handed to the relay, then marked.

A worker that ends in between leaves a letter claimed. Nobody knows whether it arrived: it is called doubtful and waits for a hand.
What the relay refuses for now, or cannot be reached for, is tried again later; what it refuses for good is not.
"""

import datetime as dt
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import rowsecurity
from hamroh.bulletins.actions.frame import MEANWHILE, NotNow, held
from hamroh.bulletins.letters import letter_to
from hamroh.bulletins.models import BOUNCES, Issue, Letter, LetterKind, Reader
from hamroh.vault import journal, opening
from hamroh.vault.decisions import Upkeep
from hamroh.vault.errors import VaultSealed

#: a claim that is older was left by a worker that ended
STUCK = dt.timedelta(minutes=15)
#: minutes until a letter is tried again, after each try
LATER = (5, 30, 120, 360, 1440)
AT_ONCE = 200


@transaction.atomic
def send_issue(*, actor: Any, issue: Issue) -> int:
    """Queue a letter for every reader who said yes and has none yet of this issue; how many."""
    row = held(actor, issue, "bulletin.release")
    if row.state != "out":
        raise NotNow(MEANWHILE)
    readers = Reader.objects.filter(organisation=row.organisation, confirmed_date__isnull=False, bounces__lt=BOUNCES)
    wanted = readers.exclude(letters__issue=row).values_list("pk", flat=True)
    letters = [
        Letter(organisation_id=row.organisation_id, reader_id=pk, issue=row, kind=LetterKind.ISSUE) for pk in wanted
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=500)
    journal.record(actor=actor, verb="bulletin.send", about=row, facts={"letters": len(letters)})
    return len(letters)


@transaction.atomic
def settle(*, actor: Any, issue: Issue, again: bool) -> int:
    """A hand decides of letters of which nobody knows whether they arrived: send them once more, or let them be; how many."""
    row = held(actor, issue, "bulletin.release")
    rows = Letter.objects.filter(issue=row, state="doubtful")
    count = rows.update(state="queued", due_at=timezone.now()) if again else rows.update(state="sent", sent_at=None)
    journal.record(actor=actor, verb="bulletin.settle", about=row, facts={"letters": count, "again": again})
    return count


def send_due(most: int = AT_ONCE) -> int:
    """Send what is due, over one connection; how many went out. The worker's own: nobody asks for it, and the vault says so."""
    if not can_send():
        return 0
    with rowsecurity.opened_for_all():
        mark_stuck()
        due = Letter.objects.filter(state="queued", due_at__lte=timezone.now()).order_by("due_at", "pk")
        wanted = list(due.values_list("pk", flat=True)[:most])
        if not wanted:
            return 0
        with _line() as relay:
            return sum(_send(pk, relay) for pk in wanted) if relay else _put_off(wanted)


def can_send() -> bool:
    """Whether the installation has a mail relay."""
    return bool(settings.EMAIL_HOST_SET) or "locmem" in settings.EMAIL_BACKEND


def mark_stuck() -> int:
    """Claims that a worker left behind are doubtful from now on."""
    late = timezone.now() - STUCK
    return Letter.objects.filter(state="sending", claimed_at__lt=late).update(state="doubtful")


@contextmanager
def _line() -> Iterator[Any]:
    """A connection to the relay; None where it cannot be reached: then nothing has been handed over."""
    relay = get_connection()
    try:
        relay.open()
    except (OSError, smtplib.SMTPException):
        yield None
        return
    try:
        yield relay
    finally:
        with suppress(OSError, smtplib.SMTPException):
            relay.close()


def _put_off(wanted: list[UUID]) -> int:
    """The relay does not answer: all of them wait, none has used up a try."""
    Letter.objects.filter(pk__in=wanted, state="queued").update(due_at=timezone.now() + dt.timedelta(minutes=LATER[0]))
    return 0


def _send(pk: UUID, relay: Any) -> bool:
    """One letter: claim, hand over, mark. A second worker that wants the same one finds it claimed."""
    now = timezone.now()
    claimed = Letter.objects.filter(pk=pk, state="queued").update(state="sending", claimed_at=now, tries=F("tries") + 1)
    row = Letter.objects.select_related("reader__organisation", "issue__organisation").filter(pk=pk).first()
    if not claimed or row is None:
        return False
    if row.issue and row.issue.state != "out":
        row.delete()
        return False
    try:
        letter = letter_to(row, _address(row.reader))
    except VaultSealed:
        _later(row, "vault")
        return False
    return _handed(row, letter, relay)


def _address(reader: Reader) -> str:
    decision = Upkeep(("bulletins.reader", str(reader.pk)), verb="bulletin.letter")
    return str(opening.open_each(reader, ("address",), decision=decision, purpose="letter")["address"])


def _handed(row: Letter, letter: Any, relay: Any) -> bool:
    """What the relay answers decides; where the line breaks without an answer nobody knows."""
    try:
        relay.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as refused:
        _refused(row, next(iter(refused.recipients.values()), (0, b""))[0])
    except smtplib.SMTPResponseException as refused:
        _refused(row, refused.smtp_code)
    except (OSError, smtplib.SMTPException):
        Letter.objects.filter(pk=row.pk).update(state="doubtful", fault="line")
    else:
        _sent(row)
        return True
    return False


@transaction.atomic
def _sent(row: Letter) -> None:
    Letter.objects.filter(pk=row.pk).update(state="sent", sent_at=timezone.now(), fault="")
    if row.issue_id:
        Issue.objects.filter(pk=row.issue_id).update(letters_sent=F("letters_sent") + 1)
    else:
        Letter.objects.filter(pk=row.pk).delete()


def _refused(row: Letter, code: int) -> None:
    """4xx is for now, anything else for good. The relay's words may hold the address: its number alone is kept."""
    if 400 <= code < 500:
        _later(row, str(code))
    else:
        Letter.objects.filter(pk=row.pk).update(state="failed", fault=str(code))


def _later(row: Letter, fault: str) -> None:
    if row.tries > len(LATER):
        Letter.objects.filter(pk=row.pk).update(state="failed", fault=fault)
        return
    due = timezone.now() + dt.timedelta(minutes=LATER[row.tries - 1])
    Letter.objects.filter(pk=row.pk).update(state="queued", due_at=due, fault=fault)


def waits_for_relay() -> str:
    """Why nothing goes out now; empty where it does."""
    return "" if can_send() else _("This installation has no mail relay: letters wait until it has one.")
