"""Letters from the contact page: sealed as they come, marked when they were answered."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy, rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.pages.models import Letter
from hamroh.vault import journal

#: letters a day to one organisation; a flood fills no disk
MOST_A_DAY = 200


class TooMany(RuntimeError):
    """No more letters are taken today."""


@transaction.atomic
def take_letter(*, organisation: Organisation, words: str, way_back: str, lang: str) -> None:
    """Seal what somebody wrote. No journal line is written: it would tell the moment."""
    with rowsecurity.opened_for([organisation.pk]):
        today = timezone.localdate()
        if Letter.objects.filter(organisation=organisation, came_date=today).count() >= MOST_A_DAY:
            raise TooMany
        Letter.objects.create(
            organisation=organisation, words=words, way_back=way_back or None, lang=lang, came_date=today
        )


@transaction.atomic
def mark_answered(*, actor: Any, letter: Letter) -> None:
    """Say that it was answered; once is enough."""
    policy.require(actor, "pages.answer_letter", letter)
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.answered_date is None:
        letter.answered_date, letter.answered_by = timezone.localdate(), actor
        letter.save(update_fields=["answered_date", "answered_by"])
        journal.record(actor=actor, verb="pages.answer_letter", about=letter)


@transaction.atomic
def erase_letter(*, actor: Any, letter: Letter) -> None:
    """Take a letter away whole, as when it was spam or nothing of it is needed any more."""
    policy.require(actor, "pages.answer_letter", letter)
    journal.record(actor=actor, verb="pages.erase_letter", about=letter)
    letter.delete()
