"""Somebody is missed: a request is written down with the answers about violence and the consent to search, in one transaction."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Answer, Case
from hamroh.kernel import consents
from hamroh.kernel.retention import Unit, after
from hamroh.tracing import naming
from hamroh.tracing.models import KnownPhone, Request, Route, Screening, SeekerConsent
from hamroh.vault import files, journal
from hamroh.vault.models import SealedFile

#: how long a request is looked into before it is asked again
MONTHS = 12
PURPOSE = "tracing"
KIND = "tracing.request"


@dataclass(frozen=True)
class Sought:
    """What is known of who is missed; the shapes are those of ``Request``."""

    name: str
    names: list[Mapping[str, str]] = field(default_factory=list)
    born: Mapping[str, int] | None = None
    home: str | None = None
    news: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    phones: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        return {name: value or None for name, value in asdict(self).items() if name != "phones"}


@transaction.atomic
def ask(
    *, actor: Any, organisation: Organisation, sought: Sought, answers: Mapping[str, str], way: str, lang: str,
    case: Case | None = None, photo: IO[bytes] | None = None,
) -> Request:  # fmt: skip
    """A request of the actor's own, from a case that she may write in or from a walk-in. Nothing is searched before the answers are weighed.

    ``answers`` are those to the questions of `screening.QUESTIONS`; ``way`` how the consent to our own search was given.
    """
    if case is not None:
        policy.require(actor, "case.write", case)
    row = Request(
        organisation=organisation, owner=actor, case=case, team=case.team if case else "",
        until_date=ends_on(local_date(timezone.now(), organisation)), **sought.columns(),
    )  # fmt: skip
    policy.require(actor, "tracing.ask", row)
    row.save()
    _keep_phones(row, sought.phones)
    Screening(organisation=organisation, request=row, answers=dict(answers), taken_by=actor).save()
    add_consent(actor=actor, request=row, given=Answer.GIVEN, way=way, lang=lang)
    if photo is not None:
        _store_photo(actor, row, photo)
    journal.record(actor=actor, verb="tracing.ask", about=row, facts={"case": str(case.pk) if case else None})
    screen_later(row)
    return row


def ends_on(day: dt.date) -> dt.date:
    return after(day, Unit.MONTHS, MONTHS)


def add_consent(
    *, actor: Any, request: Request, given: str, way: str, lang: str, to_organisation: Organisation | None = None,
    words: str = "",
) -> SeekerConsent:  # fmt: skip
    """One more answer, with the version and digest of what was read out. Called within an action's transaction."""
    text = consents.current(PURPOSE)
    row = SeekerConsent(
        organisation_id=request.organisation_id, request=request, to_organisation=to_organisation, answer=given, way=way,
        text_version=text.version_in(lang), text_digest=text.digest(lang), words=words.strip() or None, taken_by=actor,
    )  # fmt: skip
    row.save()
    return row


def _keep_phones(request: Request, phones: tuple[str, ...]) -> None:
    for value in phones:
        KnownPhone(organisation_id=request.organisation_id, request=request, value=value).save()


@transaction.atomic
def correct(*, actor: Any, request: Request, sought: Sought, seen: int) -> None:
    """What is known of who is missed now, in place of what was; the questions are weighed again, and it is searched anew.

    Changed where somebody wrote it after the form was opened.
    """
    row = Request.objects.select_for_update(of=("self",)).select_related("organisation", "case").get(pk=request.pk)
    policy.require(actor, "tracing.ask", row)
    if mark_of(row) != seen:
        raise Changed
    for name, value in sought.columns().items():
        setattr(row, name, value)
    row.changed_at = timezone.now()
    row.save()
    KnownPhone.objects.filter(request=row).delete()
    _keep_phones(row, sought.phones)
    journal.record(actor=actor, verb="tracing.correct", about=row)
    if row.route == Route.SEARCH:
        naming.withdraw_request(row)
    screen_later(row)


class Changed(Exception):
    """Somebody wrote the same row after this form was opened."""


def mark_of(row: Any) -> int:
    """How often a row was written."""
    from hamroh.vault import sealing

    return sealing.generation(row)


@transaction.atomic
def take_over(*, actor: Any, case: Case) -> int:
    """Who works on a case now takes over what was asked for it by somebody who no longer does; how many requests."""
    policy.require(actor, "case.write", case)
    count = 0
    for row in (
        Request.objects.select_for_update(of=("self",)).filter(case=case).exclude(owner=actor).select_related("owner")
    ):
        if not policy.allowed(row.owner, "case.write", case):
            row.owner = actor
            policy.require(actor, "tracing.ask", row)
            row.save()
            journal.record(actor=actor, verb="tracing.take_over", about=row)
            count += 1
    return count


@transaction.atomic
def keep_photo(*, actor: Any, request: Request, content: IO[bytes]) -> None:
    """A photo in place of the one before; FileRefused says what is wrong with it."""
    policy.require(actor, "tracing.ask", request)
    _store_photo(actor, request, content)
    journal.record(actor=actor, verb="tracing.keep_photo", about=request)


def _store_photo(actor: Any, request: Request, content: IO[bytes]) -> None:
    before = SealedFile.objects.filter(kind=KIND, record_id=request.pk)
    for file in before:
        files.remove(file, actor=actor)
    kept = files.store(
        content, name="photo", organisation_id=request.organisation_id, record=(KIND, str(request.pk)), actor=actor
    )
    Request.objects.filter(pk=request.pk).update(photo_id=kept.pk)
    request.photo_id = kept.pk


# -- what comes after ----------------------------------------------------------------------------------------------

#: what weighs the questions in the background, by the id of the request
_screeners: list[Callable[[str], Any]] = []


def screen_by(screener: Callable[[str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if screener not in _screeners:
        _screeners.append(screener)


def screen_later(request: Request) -> None:
    """Once this is committed, the questions are weighed: whoever asks gets the same answer in the same time, whatever comes of it."""
    for screener in _screeners:
        transaction.on_commit(partial(screener, str(request.pk)), robust=True)


def request_for_work(pk: UUID) -> Request | None:
    """A request as it stands now, held for a write of the installation; None where it is gone."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("organisation", "case", "owner")
    return rows.filter(pk=pk).first()
