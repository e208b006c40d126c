"""Whoever asks agrees to a search, partner by partner, and takes it back; a search without consent ends in the same transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Answer
from hamroh.tracing.actions.asking import add_consent, ends_on, request_for_work, screen_later
from hamroh.tracing.actions.following import follow_later
from hamroh.tracing.actions.moving import ended
from hamroh.tracing.models import End, Request, SeekerConsent, Step, StepKind
from hamroh.tracing.selectors.requests import KNOWN_ENDS
from hamroh.vault import journal


class ConsentRefused(ValueError):
    """This cannot be written down as consent; the message can be shown."""


def _own(actor: Any, request: Request) -> Request:
    row = request_for_work(request.pk)
    if row is None:
        raise policy.Refused("no such request")
    policy.require(actor, "tracing.ask", row)
    return row


@transaction.atomic
def answer(
    *, actor: Any, request: Request, given: str, way: str, lang: str, to_organisation: Organisation | None = None,
    words: str = "",
) -> SeekerConsent:  # fmt: skip
    """One answer, for our own search or a partner's. Anything but a yes to our own search ends the request at once."""
    row = _own(actor, request)
    if to_organisation is not None and to_organisation.pk == row.organisation_id:
        raise ConsentRefused(_("Choose the other organisation that is meant."))
    if row.state == "closed" and row.end in KNOWN_ENDS:
        raise ConsentRefused(_("This request has ended. Renew it first."))
    consent = add_consent(
        actor=actor, request=row, given=given, way=way, lang=lang, to_organisation=to_organisation, words=words
    )
    facts = {"consent": str(consent.pk), "answer": given, "to": str(to_organisation.pk) if to_organisation else None}
    journal.record(actor=actor, verb="tracing.answer_consent", about=row, facts=facts)
    if to_organisation is None and given != Answer.GIVEN:
        ended(actor, row, End.NO_CONSENT)
    follow_later(row.pk)
    return consent


@transaction.atomic
def renew(*, actor: Any, request: Request, way: str, lang: str) -> None:
    """Another twelve months, on a yes that is given now. One that ended is opened again, and weighed as if it were new;
    one that ended inside stays so, and the seeker's side is answered alike."""
    row = _own(actor, request)
    add_consent(actor=actor, request=row, given=Answer.GIVEN, way=way, lang=lang)
    before, reopens = row.state, row.state == "closed" and row.end in KNOWN_ENDS
    row.until_date = ends_on(local_date(timezone.now(), row.organisation))
    if reopens:
        row.state, row.end, row.closed_date = "open", "", None
    row.save()
    Step(
        organisation_id=row.organisation_id,
        request=row,
        kind=StepKind.RENEWAL,
        before=before,
        after=row.state,
        by=actor,
    ).save()
    journal.record(actor=actor, verb="tracing.renew", about=row)
    if reopens:
        screen_later(row)
