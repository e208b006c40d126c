"""Answers leave as a locked file: asked for, let go by a second person where they are many, made, fetched, wiped.

Of a form about children no answers leave: what may be known of them leaves as figures, through their register.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.cases import parcels
from hamroh.cases.actions.lettinggo import Leaving, NotLetGo
from hamroh.fieldwork import taking
from hamroh.fieldwork.models import ALONE, AnswersFile, Form
from hamroh.fieldwork.selectors import results
from hamroh.fieldwork.selectors.results import Filters

CHILDREN = _("Answers about children do not leave. Let figures out instead.")
NONE = _("Nothing came in that this asks for.")
TOO_MANY = _("These are more than 2,000 forms. Narrow the list first.")
GREW = _("There are more forms by now than were let go. Ask anew.")
FILES = Leaving(
    AnswersFile, "answers_file", most_alone=ALONE, purpose="answers file", facts=lambda row: {"form": str(row.form_id)},
    related=("form", "organisation", "released_by"),
)  # fmt: skip


@transaction.atomic
def ask_answers(*, actor: Any, form: Form, filters: Filters, words: str) -> AnswersFile:
    """A wish to take answers out: of few forms it may be made at once, of many a second person lets it go. NotLetGo."""
    row = AnswersFile(
        organisation_id=form.organisation_id, form=form, query=filters.query, words=words.strip(), asked_by=actor, rows_count=0
    )  # fmt: skip
    policy.require(actor, "answers_file.take", row)
    row.rows_count = _counted(actor, row)
    return FILES.begin(actor=actor, row=row, count=row.rows_count, rows=row.rows_count)  # type: ignore[no-any-return]


def _counted(actor: Any, row: AnswersFile) -> int:
    if row.form.about_children:
        raise NotLetGo(CHILDREN)
    count = results.of_form(actor=actor, form=row.form, filters=taking.filters_of(row)).count()
    if not count:
        raise NotLetGo(NONE)
    if count > results.MOST:
        raise NotLetGo(TOO_MANY)
    return count


def settle_answers(*, actor: Any, file: AnswersFile, let_go: bool) -> None:
    """A second person lets it go or does not; NotLetGo for who asked, and where somebody was faster."""
    if let_go:
        FILES.release(actor=actor, row=file, rows=file.rows_count)
    else:
        FILES.decline(actor=actor, row=file)


@transaction.atomic
def make_answers(*, actor: Any, file: AnswersFile) -> str:
    """The file, of what the actor may read at this moment; the password that opens it, to be shown once. NotLetGo."""
    policy.require(actor, "answers_file.take", file)
    row: AnswersFile = FILES.standing(file, "released", "made")
    if _counted(actor, row) > FILES.may_hold(row, row.rows_count):
        raise NotLetGo(GREW)
    password = parcels.new_password()
    locked = parcels.locked_by_password(taking.files(actor=actor, file=row, at=timezone.now()), password)
    FILES.keep(actor=actor, row=row, locked=locked)
    return password


def fetch_answers(*, actor: Any, file: AnswersFile) -> bytes:
    """The locked file, for who asked and as long as it stands; NotLetGo afterwards."""
    return FILES.fetch(actor=actor, row=file)


@transaction.atomic
def wipe_expired() -> int:
    """End every wish whose time is over and wipe its file; forget those that ended long ago. How many ended."""
    ended = FILES.wipe_expired()
    FILES.long_ended().delete()
    return ended
