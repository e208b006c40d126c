"""The form of a request leaves as a file."""

from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.tracing.models import Request
from hamroh.vault import journal


@transaction.atomic
def note_printed(*, actor: Any, request: Request, language: str) -> None:
    """The form was taken as a file; it is made in memory and not kept."""
    policy.require(actor, "tracing.own", request)
    journal.record(actor=actor, verb="tracing.print", about=request, facts={"language": language})
