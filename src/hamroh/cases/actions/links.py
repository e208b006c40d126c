"""A service without an account reads a referral by a link: the envelope by the link alone, the rest by a code told by voice, once.

Who uses a link is nobody known here: every act of theirs is the installation's, within one transaction that holds the referral, so
that her no comes before or after it and never between. Unknown, expired, dead and withdrawn links are answered alike: ``None``.
"""

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice
from hamroh.accounts.zones import local_date
from hamroh.cases import notices, referring
from hamroh.cases.actions.moving import awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.actions.receiving import given, hand_over_by
from hamroh.cases.actions.referrals import PURPOSE, CannotRefer
from hamroh.cases.models import LinkEnd, Referral, ReferralLink
from hamroh.cases.selectors import linking
from hamroh.vault import journal, opening
from hamroh.web.codes import LETTERS

#: codes that may be tried in vain at one link, whatever codes were made for it
MOST_WRONG = 5
CODE_LENGTH, CODE_LASTS = 6, dt.timedelta(days=1)
#: how long a service that accepted may tell that it has seen her
AFTER_ACCEPTANCE = dt.timedelta(days=30)
OPEN = ("sent", "seen", "accepted")


class WrongCode(Exception):
    """Not this code, or none that counts now; a try is used up."""


@dataclass(frozen=True)
class Looked:
    """A referral as the page of a link shows it; ``payload`` is there in the one answer to the right code."""

    referral: Referral
    link: ReferralLink
    envelope: Mapping[str, Any]
    payload: Mapping[str, Any] | None = None


# -- who refers her ----------------------------------------------------------------------------------------------------


@transaction.atomic
def make_link(*, actor: Any, referral: Referral) -> str:
    """A new link of a referral that was sent; its secret is told this once. The one before opens nothing any more."""
    policy.require(actor, "case.write", awake(referral.case))
    fresh = _held(referral)
    if fresh is None or fresh.to_service_id is None or fresh.state not in OPEN or not referring.has_yes(fresh):
        raise CannotRefer(_("Meanwhile something happened to this referral. Look at how far it is now."))
    referring.end_links(fresh, LinkEnd.REPLACED)
    secret = "".join(secrets.choice(LETTERS) for _number in range(linking.LENGTH))
    link = ReferralLink.objects.create(
        organisation_id=fresh.organisation_id, referral=fresh, digest=linking.digest(secret), made_by=actor,
        until_date=_last_day(fresh),
    )  # fmt: skip
    journal.record(actor=actor, verb="referral.make_link", about=fresh.case, facts=_facts(link))
    touch(fresh.case)
    return secret


@transaction.atomic
def make_code(*, actor: Any, referral: Referral) -> str:
    """The code to be told by voice, for a service that accepted and has not opened everything yet; it is told this once."""
    policy.require(actor, "case.write", awake(referral.case))
    fresh = _held(referral)
    link = linking.open_link(referral_id=referral.pk)
    if fresh is None or fresh.state != "accepted" or link is None or link.opened_at or not referring.has_yes(fresh):
        raise CannotRefer(_("There is nothing to open now. Look at how far it is."))
    code = "".join(secrets.choice("0123456789") for _number in range(CODE_LENGTH))
    link.code_digest, link.code_until = make_password(code), timezone.now() + CODE_LASTS
    link.save(update_fields=["code_digest", "code_until"])
    journal.record(actor=actor, verb="referral.make_code", about=fresh.case, facts=_facts(link))
    return code


def _held(referral: Referral) -> Referral | None:
    with referring.across(referral.organisation_id):
        return referring.locked(referral.pk)


def _last_day(referral: Referral) -> dt.date:
    """Its own last day; once they accepted, a month from now, but no longer than her yes."""
    if referral.state != "accepted":
        return referral.until_date
    day = local_date(timezone.now(), referral.case.organisation) + AFTER_ACCEPTANCE
    return min(day, referral.consent.until_date or day)


def _facts(link: ReferralLink) -> dict[str, str]:
    return {"referral": str(link.referral_id), "link": str(link.pk)}


# -- who uses it -------------------------------------------------------------------------------------------------------


@contextmanager
def _used(secret: str) -> Iterator[tuple[ReferralLink, Referral] | None]:
    """The link and its referral, held for one act; None where it opens nothing."""
    link = linking.link_of(secret)
    if link is None:
        yield None
        return
    with referring.across(link.organisation_id):
        referral = referring.locked(link.referral_id)
        link = linking.open_link(referral_id=link.referral_id)
        is_open = referral is not None and link is not None and link.digest == linking.digest(secret)
        yield (link, referral) if is_open and _stands(referral) else None  # type: ignore[misc, arg-type]


def _stands(referral: Referral) -> bool:
    if referral.state not in OPEN or not referring.has_yes(referral):
        return False
    return referral.state == "accepted" or not referring.is_past(referral)


@transaction.atomic
def look(*, secret: str) -> Looked | None:
    """The envelope; who sent it sees when it was read first."""
    with _used(secret) as used:
        return _looked(*used) if used else None


def _looked(link: ReferralLink, referral: Referral, payload: Mapping[str, Any] | None = None) -> Looked:
    if referral.state == "sent":
        referring.move(actor=None, referral=referral, after="seen")
    if link.seen_at is None:
        link.seen_at = timezone.now()
        link.save(update_fields=["seen_at"])
        journal.record(actor=None, verb="referral.read_link", about=referral.case, facts=_facts(link))
    facts = opening.open(referral, "facts", decision=hand_over_by(referral), purpose=PURPOSE)
    return Looked(referral, link, facts["envelope"], payload)


@transaction.atomic
def accept(*, secret: str) -> Looked | None:
    """They take her on; nothing more opens by that: the code is told by voice."""
    with _used(secret) as used:
        if not used:
            return None
        link, referral = used
        if referral.state != "accepted":
            _answered(referral, "accepted")
            link.until_date = _last_day(referral)
            link.save(update_fields=["until_date"])
        return _looked(link, referral)


@transaction.atomic
def decline(*, secret: str, reason: str) -> bool:
    """They say no, and why; the link ends. False where it opens nothing, or they accepted before."""
    with _used(secret) as used:
        if not used or used[1].state == "accepted":
            return False
        _answered(used[1], "declined", reason)
        return True


@transaction.atomic
def tell_seen(*, secret: str, words: str) -> bool:
    """They have seen her; the link ends. False where it opens nothing, or they have not accepted."""
    with _used(secret) as used:
        if not used or used[1].state != "accepted":
            return False
        _answered(used[1], "completed", words)
        return True


def _answered(referral: Referral, after: str, words: str = "") -> None:
    referring.move(actor=None, referral=referral, after=after, answer=words)
    notices.tell_sender(referral, Notice.About.ANSWERED)


def open_payload(*, secret: str, code: str) -> Looked | None:
    """Everything that was chosen, once, for the code that was told by voice; WrongCode where it is not that one.

    Each wrong code is counted before anybody learns that it was wrong; the last one kills the link, and who refers her is told.
    """
    found, is_wrong = _tried(secret, code)
    if is_wrong and found is not None:
        raise WrongCode
    return found


@transaction.atomic
def _tried(secret: str, code: str) -> tuple[Looked | None, bool]:
    with _used(secret) as used:
        if not used:
            return None, False
        link, referral = used
        if referral.state != "accepted" or link.opened_at:
            return _looked(link, referral), False
        if not _fits(link, code):
            return _wrong(link, referral), True
        payload = {name: value for name, value in given(referral, hand_over_by(referral)).items() if name != "copies"}
        link.opened_at, link.code_digest = timezone.now(), ""
        link.save(update_fields=["opened_at", "code_digest"])
        journal.record(actor=None, verb="referral.open_link", about=referral.case, facts=_facts(link))
        notices.tell_sender(referral, Notice.About.ANSWERED)
        return _looked(link, referral, payload), False


def _fits(link: ReferralLink, code: str) -> bool:
    told = "".join(filter(str.isdecimal, code[:40]))
    is_current = bool(link.code_digest and link.code_until and link.code_until > timezone.now())
    return check_password(told, link.code_digest if is_current else "!") and is_current


def _wrong(link: ReferralLink, referral: Referral) -> Looked | None:
    """One more that was wrong; None where it was the last that is borne."""
    link.wrong += 1
    link.save(update_fields=["wrong"])
    facts = _facts(link) | {"wrong": str(link.wrong)}
    journal.record(actor=None, verb="referral.wrong_code", about=referral.case, facts=facts)
    if link.wrong < MOST_WRONG:
        return _looked(link, referral)
    referring.end_links(referral, LinkEnd.GUESSED)
    notices.tell_sender(referral, Notice.About.GUESSED)
    return None
