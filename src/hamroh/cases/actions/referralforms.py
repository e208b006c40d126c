"""The form between agencies leaves as a file."""

from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.cases.models import Referral
from hamroh.vault import journal


@transaction.atomic
def note_printed(*, actor: Any, referral: Referral, language: str, with_name: bool) -> None:
    """The form between agencies was taken as a file; it is made in memory and not kept."""
    policy.require(actor, "case.read", referral.case)
    facts = {"referral": str(referral.pk), "language": language, "with_name": with_name}
    journal.record(actor=actor, verb="case.print_referral", about=referral.case, facts=facts)
