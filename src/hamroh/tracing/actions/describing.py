"""How somebody who is missed may be recognised, in words that may leave: one writes them, another reads them before they do."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.tracing.models import Description, Request
from hamroh.vault import journal

READ = _("Somebody else has to read these words, and only once.")


class NotRead(Exception):
    """These words cannot be let through; the argument says why, for the reader."""


@transaction.atomic
def describe(*, actor: Any, request: Request, words: str) -> Description:
    """Write words that may leave once another has read them."""
    policy.require(actor, "tracing.judge", request)
    row = Description(organisation_id=request.organisation_id, request=request, words=words.strip(), written_by=actor)
    row.save()
    journal.record(actor=actor, verb="tracing.describe", about=request)
    return row


@transaction.atomic
def let_through(*, actor: Any, request: Request, description: Description) -> None:
    """Another than who wrote them has read the words: they may leave. NotRead for who wrote them, and a second time."""
    policy.require(actor, "tracing.judge", request)
    if description.written_by_id == actor.pk:
        raise NotRead(READ)
    rows = Description.objects.filter(pk=description.pk, request=request, read_by=None)
    if not rows.update(read_by=actor, read_at=timezone.now()):
        raise NotRead(READ)
    journal.record(actor=actor, verb="tracing.let_words_through", about=request)
