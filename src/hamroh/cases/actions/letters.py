"""Letters leave the desk: who took one, and what for, is written down."""

from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.cases.models import Case
from hamroh.vault import journal


@transaction.atomic
def hand_out_letter(*, actor: Any, case: Case, letter: str, lang: str, form: str, purpose: str) -> None:
    """The actor takes a letter of the case out as a file, for a purpose in few words that name nobody."""
    policy.require(actor, "case.write", case)
    facts = {"letter": letter, "language": lang, "form": form, "purpose": purpose}
    journal.record(actor=actor, verb="case.hand_out_letter", about=case, facts=facts)
