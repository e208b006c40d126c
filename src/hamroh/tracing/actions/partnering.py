"""A partnership is made by both sides: one offers, the other says yes or no, either ends it, and it ends by itself on its day."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Notice, Organisation, Role
from hamroh.accounts.zones import local_date
from hamroh.kernel.retention import Unit, after
from hamroh.kernel.states import MoveRefused
from hamroh.tracing import partnered
from hamroh.tracing.models import PER_HOUSE, PER_PERSON, Partnership
from hamroh.tracing.states import PartnershipLife
from hamroh.vault import journal

#: months that an agreement lasts at most, and searches a day that it may allow
MOST_MONTHS, MOST_PER_PERSON, MOST_PER_HOUSE = 12, 50, 300
OPEN = ("offered", "in_force")


class PartnerRefused(ValueError):
    """This cannot be done with a partner now; the message can be shown."""


@dataclass(frozen=True)
class Terms:
    """What is offered: words, how our officers are reached, limits a day, months."""

    words: str
    contact: str
    per_person: int = PER_PERSON
    per_house: int = PER_HOUSE
    months: int = MOST_MONTHS

    def are_kept(self) -> bool:
        counts = 1 <= self.per_person <= MOST_PER_PERSON and self.per_person <= self.per_house <= MOST_PER_HOUSE
        return bool(self.words.strip() and self.contact.strip()) and counts and 1 <= self.months <= MOST_MONTHS


@transaction.atomic
def offer(*, actor: Any, organisation: Organisation, partner: Organisation, terms: Terms) -> Partnership:
    """Offer an agreement to another organisation. PartnerRefused where there is one, or the terms are out of bounds."""
    ours = Partnership(
        organisation=organisation, partner=partner, is_ours=True, terms=terms.words.strip(), contact=terms.contact.strip(),
        per_person=terms.per_person, per_house=terms.per_house, until_date=_last_day(organisation, terms.months),
    )  # fmt: skip
    policy.require(actor, "partner.agree", ours)
    if partner.pk == organisation.pk or not terms.are_kept():
        raise PartnerRefused(_("Such an agreement cannot be offered."))
    with partnered.across(organisation.pk, partner.pk):
        theirs = _mirrored(ours)
        try:
            with transaction.atomic():
                ours.save()
                theirs.save()
        except IntegrityError:
            raise PartnerRefused(_("There is an agreement, or an offer, between the two already.")) from None
        tell_supervisors(theirs, Notice.About.PARTNER)
        journal.record(actor=actor, verb="partner.offer", about=ours, facts={"to": str(partner.pk)})
        journal.record(actor=actor, verb="partner.offer", about=theirs, facts={"from": str(organisation.pk)})
    return ours


def _last_day(organisation: Organisation, months: int) -> dt.date:
    return after(local_date(timezone.now(), organisation), Unit.MONTHS, months)


def _mirrored(ours: Partnership) -> Partnership:
    """The other side's row of an offer, under its own key."""
    return Partnership(
        organisation=ours.partner, partner=ours.organisation, pact=ours.pact, terms=ours.terms, their_contact=ours.contact,
        per_person=ours.per_person, per_house=ours.per_house, until_date=ours.until_date,
    )  # fmt: skip


@transaction.atomic
def accept(*, actor: Any, partnership: Partnership, contact: str) -> None:
    """Say yes to an offer, with how our officers are reached; from now on requests are shown as far as their seekers agreed."""
    with _both(actor, partnership) as (ours, theirs):
        if ours.is_ours or not contact.strip() or not _lasts(ours):
            raise PartnerRefused(_("This offer cannot be agreed to any more."))
        ours.contact = contact.strip()
        theirs.their_contact = contact.strip()
        _move(actor, ours, theirs, "in_force", "partner.accept")


@transaction.atomic
def refuse(*, actor: Any, partnership: Partnership) -> None:
    """Say no to an offer."""
    with _both(actor, partnership) as (ours, theirs):
        if ours.is_ours:
            raise PartnerRefused(_("Take your offer back instead."))
        _move(actor, ours, theirs, "refused", "partner.refuse")


@transaction.atomic
def end(*, actor: Any, partnership: Partnership) -> None:
    """End an agreement, or take an offer back: nothing is shown from this moment on, on either side."""
    with _both(actor, partnership) as (ours, theirs):
        _move(actor, ours, theirs, "ended", "partner.end")


@contextmanager
def _both(actor: Any, partnership: Partnership) -> Iterator[tuple[Partnership, Partnership]]:
    """Both rows of an agreement, held, for one act of a supervisor of one side; without an actor the installation's."""
    if actor is not None:
        policy.require(actor, "partner.agree", partnership)
    with partnered.across(partnership.organisation_id, partnership.partner_id):
        rows = Partnership.objects.select_for_update(of=("self",)).filter(pact=partnership.pact).order_by("pk")
        held = {row.organisation_id: row for row in rows.select_related("organisation", "partner")}
        ours, theirs = held.get(partnership.organisation_id), held.get(partnership.partner_id)
        if ours is None or theirs is None:
            raise policy.Refused("no such agreement")
        yield ours, theirs


def _lasts(row: Partnership) -> bool:
    return row.until_date >= local_date(timezone.now(), row.organisation)


def _move(actor: Any, ours: Partnership, theirs: Partnership, after_: str, verb: str) -> None:
    """One move, written on both sides; what is shown follows in the background."""
    for row in (ours, theirs):
        try:
            PartnershipLife.check(row.state, after_)
        except MoveRefused:
            raise PartnerRefused(_("Somebody has decided about this meanwhile.")) from None
        row.state = after_
        if after_ not in OPEN:
            row.ended_date = local_date(timezone.now(), row.organisation)
        if after_ in ("in_force", "refused"):
            row.answered_at = timezone.now()
        row.save()
        journal.record(actor=actor, verb=verb, about=row)
    tell_supervisors(theirs, Notice.About.PARTNER)
    read_notices(actor, ours, Notice.About.PARTNER)
    follow_pact_later(ours)


def expire_partnerships() -> int:
    """End agreements and offers whose day is over; how many."""
    rows = Partnership.objects.filter(state__in=OPEN, until_date__lt=timezone.now().date(), is_ours=True)
    count = 0
    for row in rows.select_related("organisation"):
        if not _lasts(row):
            with transaction.atomic(), _both(None, row) as (ours, theirs):
                _move(None, ours, theirs, "ended", "partner.end")
            count += 1
    return count


# -- what comes after ----------------------------------------------------------------------------------------------

#: what brings all requests between two organisations up to date, in the background, by their ids
_followers: list[Callable[[str, str], Any]] = []


def follow_pact_by(follower: Callable[[str, str], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if follower not in _followers:
        _followers.append(follower)


def follow_pact_later(row: Partnership) -> None:
    """Once this is committed, requests are shown or emptied on both sides."""
    for follower in _followers:
        transaction.on_commit(partial(follower, str(row.organisation_id), str(row.partner_id)), robust=True)


def tell_supervisors(row: Partnership, about: str) -> None:
    """A line on the desk of every supervisor of the side that keeps the row."""
    named = {"about": about, "record_kind": "tracing.partnership", "record_id": str(row.pk)}
    people = Membership.objects.current().filter(organisation=row.organisation_id, role=Role.SUPERVISOR)
    waiting = Notice.objects.filter(**named, read_at=None).values_list("user_id", flat=True)
    told = set(people.values_list("user_id", flat=True)) - set(waiting)
    Notice.objects.bulk_create(Notice(user_id=pk, **named) for pk in told)


def read_notices(actor: Any, row: Partnership, about: str) -> None:
    """Who has decided has read what she was told."""
    rows = Notice.objects.filter(user=actor, about=about, record_kind="tracing.partnership", record_id=str(row.pk))
    rows.filter(read_at=None).update(read_at=timezone.now())
