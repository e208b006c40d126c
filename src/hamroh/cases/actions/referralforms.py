"""The form between agencies leaves as a file."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.models import Referral
from hamroh.cases.selectors.officials import may_know
from hamroh.vault import journal


@transaction.atomic
def note_printed(*, actor: Any, referral: Referral, language: str, with_name: bool) -> None:
    """The form between agencies is taken as a file, made in memory and not kept. CannotRefer where she does not say yes to it today."""
    policy.require(actor, "case.read", referral.case)
    if not may_know(referral):
        raise CannotRefer(_("There is no yes of hers to this. Ask her first."))
    facts = {"referral": str(referral.pk), "language": language, "with_name": with_name}
    journal.record(actor=actor, verb="case.print_referral", about=referral.case, facts=facts)
