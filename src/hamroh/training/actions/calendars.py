"""The secret address of somebody's own calendar of rounds."""

import secrets
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.training.codes import secret_digest
from hamroh.training.models import CalendarKey
from hamroh.vault import journal


@transaction.atomic
def make_calendar(*, actor: Any) -> str:
    """A new secret, told once; an older one stops at once."""
    policy.require(actor, "round.see")
    CalendarKey.objects.filter(user=actor).delete()
    secret = secrets.token_urlsafe(32)
    row = CalendarKey.objects.create(user=actor, digest=secret_digest(secret))
    journal.record(actor=actor, verb="calendar.make", about=row)
    return secret


@transaction.atomic
def revoke_calendar(*, actor: Any) -> None:
    """Nobody fetches it any more."""
    for row in CalendarKey.objects.filter(user=actor):
        journal.record(actor=actor, verb="calendar.revoke", about=row)
        row.delete()
