"""Listing, unlisting and archiving entries, and the consent of those who choose for themselves."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.actions.entries import Entry, lock
from hamroh.directory.actions.indexing import index_entries, index_parties
from hamroh.directory.facts import FactsRefused, Problem
from hamroh.directory.models import ListingConsent, Officer, Party
from hamroh.directory.models.parties import CONSENT_KINDS
from hamroh.directory.rules import LONGEST_CONSENT_DAYS
from hamroh.directory.states import EntryStates
from hamroh.vault import journal


def list_entry(*, actor: Any, entry: Entry) -> Entry:
    """Show it to everyone; FactsRefused for a person or group without a current consent, MoveRefused from archive."""
    return _move(actor, entry, "listed")


def unlist_entry(*, actor: Any, entry: Entry) -> Entry:
    """Take it back to a draft: from the commit on it is in no page, search or export."""
    return _move(actor, entry, "draft")


def archive_entry(*, actor: Any, entry: Entry) -> Entry:
    """Keep it as history that only editors see."""
    return _move(actor, entry, "archived")


@transaction.atomic
def _move(actor: Any, entry: Entry, to: str) -> Entry:
    entry = lock(entry)
    policy.require(actor, "directory.edit", entry)
    EntryStates.check(entry.state, to)
    if to == "listed":
        _refuse_without_consent(entry)
    before, entry.state = entry.state, to
    entry.save(update_fields=["state", "updated_at"])
    journal.record(actor=actor, verb=f"directory.move_to_{to}", about=entry, facts={"from": before})
    _index(entry)
    return entry


def _index(entry: Entry) -> None:
    if isinstance(entry, Party):
        index_parties([entry])
    else:
        index_entries([entry])


def _refuse_without_consent(entry: Any) -> None:
    if not isinstance(entry, Party) or entry.kind not in CONSENT_KINDS:
        return
    if not entry.consents.current(timezone.localdate()).exists():
        advice = _(
            "People and groups without registration are listed only by their own choice. Record their consent first."
        )
        raise FactsRefused([Problem("consent", advice)])


@transaction.atomic
def record_consent(
    *,
    actor: Any,
    of: Party | Officer,
    how: str,
    text_version: str,
    given_date: dt.date,
    expires_date: dt.date,
) -> ListingConsent:
    """Record that a person or group chose to be listed until a day; FactsRefused if that lies more than two years on.

    ``how`` says in which way it was given (in person, by phone), ``text_version`` what was read to them.
    """
    party = of if isinstance(of, Party) else of.party
    policy.require(actor, "directory.edit", party)
    _refuse_odd_period(given_date, expires_date)
    about = {"party": of} if isinstance(of, Party) else {"officer": of}
    consent = ListingConsent.objects.create(
        **about,
        how=how.strip(),
        text_version=text_version.strip(),
        given_date=given_date,
        expires_date=expires_date,
        recorded_by=actor,
    )
    facts = {"party": str(party.pk), "until": expires_date.isoformat()}
    journal.record(actor=actor, verb="directory.record_consent", about=consent, facts=facts)
    index_parties([party])
    return consent


def _refuse_odd_period(given: dt.date, expires: dt.date) -> None:
    if given > timezone.localdate():
        raise FactsRefused([Problem("given_date", _("This day has not come yet."))])
    if not given < expires <= given + dt.timedelta(days=LONGEST_CONSENT_DAYS):
        raise FactsRefused([Problem("expires_date", _("A consent ends after the day it was given, within two years."))])


@transaction.atomic
def stand_for(*, actor: Any, party: Party) -> Party:
    """Say that an entry is the organisation that keeps it: files that it publishes of itself then bear the entry's names and numbers.

    FactsRefused where the network keeps the entry, or where it is a person or a group without registration. One entry alone stands for
    an organisation.
    """
    party = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    policy.require(actor, "directory.edit", party)
    if party.maintainer_id is None or party.kind in CONSENT_KINDS:
        advice = _("Only an entry of a registered organisation that your organisation keeps itself can stand for it.")
        raise FactsRefused([Problem("kind", advice)])
    if party.tenant_id != party.maintainer_id:
        Party.objects.filter(tenant=party.maintainer_id).update(tenant=None)
        party.tenant_id = party.maintainer_id
        party.save(update_fields=["tenant"])
        journal.record(actor=actor, verb="directory.stand_for", about=party, facts={"house": str(party.tenant_id)})
    return party


@transaction.atomic
def withdraw_consent(*, actor: Any, consent: ListingConsent) -> ListingConsent:
    """From the commit on, the person or group is in no page, search or export."""
    consent = ListingConsent.objects.select_related("party", "officer__party").get(pk=consent.pk)
    party = consent.party or consent.officer.party  # type: ignore[union-attr]  # one of both, says the database
    policy.require(actor, "directory.edit", party)
    if consent.withdrawn_date is None:
        consent.withdrawn_date = timezone.localdate()
        consent.save(update_fields=["withdrawn_date"])
        journal.record(actor=actor, verb="directory.withdraw_consent", about=consent, facts={"party": str(party.pk)})
        index_parties([party])
    return consent


@transaction.atomic
def drop_lapsed(*, actor: Any = None) -> int:
    """Take entries whose consent ran out out of the index; returns how many parties were looked at.

    Pages ask for consent at every request; only the index remembers. The installation itself calls it (``actor`` None).
    """
    if actor is not None:
        policy.require(actor, "directory.edit")
    today = timezone.localdate()
    lapsed = Party.objects.filter(kind__in=CONSENT_KINDS, state="listed", consents__expires_date__lt=today).distinct()
    gone = list(lapsed.exclude(pk__in=Party.objects.public(today).values("pk")))
    index_parties(gone)
    return len(gone)
