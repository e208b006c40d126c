"""Answers leave as a locked file: asked for, let go by a second person where they are many, made, fetched, wiped.

Of a form about children no answers leave: what may be known of them leaves as figures, through their register.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.cases import parcels
from hamroh.fieldwork import taking
from hamroh.fieldwork.models import ALONE, AnswersFile, Form
from hamroh.fieldwork.selectors import results
from hamroh.fieldwork.selectors.results import Filters
from hamroh.vault import journal, opening

WAITS, TO_MAKE, TO_FETCH, LISTED = (
    dt.timedelta(days=7),
    dt.timedelta(days=3),
    dt.timedelta(days=1),
    dt.timedelta(days=90),
)
PURPOSE = "answers file"


class NotLetGo(Exception):
    """It cannot be taken out as things stand; the argument says why, for the reader."""


CHILDREN = _("Answers about children do not leave. Let figures out instead.")
NONE = _("Nothing came in that this asks for.")
TOO_MANY = _("These are more than 2,000 forms. Narrow the list first.")
GREW = _("There are more forms by now than were let go. Ask anew.")
MEANWHILE = _("Somebody was faster, or the time is over. Look at how it stands now.")
OWN = _("You asked for it, so somebody else must let it go.")


@transaction.atomic
def ask_answers(*, actor: Any, form: Form, filters: Filters, words: str) -> AnswersFile:
    """A wish to take answers out: of few forms it may be made at once, of many a second person lets it go. NotLetGo."""
    row = AnswersFile(
        organisation_id=form.organisation_id, form=form, query=filters.query, words=words.strip(), asked_by=actor, rows_count=0,
        expires_at=timezone.now() + WAITS,
    )  # fmt: skip
    policy.require(actor, "answers_file.take", row)
    row.rows_count = _counted(actor, row)
    if row.rows_count <= ALONE:
        row.state, row.expires_at = "released", timezone.now() + TO_MAKE
    row.save()
    _tell(actor, row, "answers_file.ask", rows=row.rows_count)
    return row


def _counted(actor: Any, row: AnswersFile) -> int:
    if row.form.about_children:
        raise NotLetGo(CHILDREN)
    count = results.of_form(actor=actor, form=row.form, filters=taking.filters_of(row)).count()
    if not count:
        raise NotLetGo(NONE)
    if count > results.MOST:
        raise NotLetGo(TOO_MANY)
    return count


@transaction.atomic
def settle_answers(*, actor: Any, file: AnswersFile, let_go: bool) -> None:
    """A second person lets it go or does not; NotLetGo for who asked, and where somebody was faster."""
    policy.require(actor, "answers_file.release", file)
    if file.asked_by_id == actor.pk:
        raise NotLetGo(OWN)
    now = timezone.now()
    after = {"state": "released", "expires_at": now + TO_MAKE} if let_go else {"state": "declined"}
    rows = AnswersFile.objects.filter(pk=file.pk, state="asked", expires_at__gt=now)
    if not rows.update(released_by=actor, **after):
        raise NotLetGo(MEANWHILE)
    _tell(actor, file, "answers_file.release" if let_go else "answers_file.decline")


@transaction.atomic
def make_answers(*, actor: Any, file: AnswersFile) -> str:
    """The file, of what the actor may read at this moment; the password that opens it, to be shown once. NotLetGo."""
    policy.require(actor, "answers_file.take", file)
    rows = AnswersFile.objects.select_for_update(of=("self",)).select_related("form", "organisation", "released_by")
    row: AnswersFile = rows.get(pk=file.pk)
    now = timezone.now()
    if row.state not in ("released", "made") or row.expires_at <= now:
        raise NotLetGo(MEANWHILE)
    if _counted(actor, row) > max(ALONE, row.rows_count if row.released_by_id else 0):
        raise NotLetGo(GREW)
    password = parcels.new_password()
    content = parcels.locked_by_password(taking.files(actor=actor, file=row, at=now), password)
    row.content = content
    row.state, row.made_at, row.expires_at = "made", now, now + TO_FETCH
    row.save()
    _tell(actor, row, "answers_file.make", bytes=len(content))
    return password


@transaction.atomic
def fetch_answers(*, actor: Any, file: AnswersFile) -> bytes:
    """The locked file, for who asked and as long as it stands; NotLetGo afterwards."""
    decision = policy.require(actor, "answers_file.take", file)
    row = AnswersFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if row.state != "made" or row.expires_at <= timezone.now():
        raise NotLetGo(MEANWHILE)
    _tell(actor, row, "answers_file.fetch")
    content: bytes = opening.open(row, "content", decision=decision, purpose=PURPOSE)
    return content


@transaction.atomic
def wipe_expired() -> int:
    """End every wish whose time is over and wipe its file; forget those that ended long ago. How many ended."""
    now = timezone.now()
    found = AnswersFile.objects.filter(state__in=("asked", "released", "made"), expires_at__lte=now)
    ended = list(found.defer("content"))
    for row in ended:
        row.content, row.state = None, "over"
        row.save()
        _tell(None, row, "answers_file.wipe")
    AnswersFile.objects.filter(state__in=("over", "declined"), expires_at__lte=now - LISTED).delete()
    return len(ended)


def _tell(actor: Any, row: AnswersFile, verb: str, **facts: Any) -> None:
    journal.record(actor=actor, verb=verb, about=row, facts={"form": str(row.form_id), **facts})
