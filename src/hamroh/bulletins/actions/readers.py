"""Readers ask, say yes by a link, and leave; an address is known to nobody but the letter that goes to it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import limits, policy, rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.bulletins.models import BOUNCES, Letter, LetterKind, Reader
from hamroh.bulletins.tokens import who_confirms, who_leaves
from hamroh.vault import journal

#: letters to one address that asks: two, then one in six hours; nobody is flooded through our form
TO_ONE = limits.Limit("bulletin-address", 2, 6 * 3600)
#: new readers a day of one organisation; a flood fills no disk
MOST_A_DAY = 500
#: whoever does not say yes within these days is forgotten
FORGOTTEN_AFTER = dt.timedelta(days=3)


class TooMany(RuntimeError):
    """No more readers are taken today."""


@transaction.atomic
def ask_for_it(*, organisation: Organisation, address: str, lang: str) -> None:
    """Keep an address sealed and send one letter to it. Whether it was known shows in nothing but that letter.

    Both ways seal one row and queue one letter. No journal line is written: it would tell the moment.
    """
    typed = address.strip()
    with rowsecurity.opened_for([organisation.pk]):
        today = timezone.localdate()
        if Reader.objects.filter(organisation=organisation, asked_date=today).count() >= MOST_A_DAY:
            raise TooMany
        row = (
            Reader.objects.with_blind(organisation_id=organisation.pk, address_index=typed).select_for_update().first()
        )
        known = row is not None and row.confirmed_date is not None
        if row is None:
            row = Reader(organisation=organisation, address=typed, lang=lang, asked_date=today)
        if not known:
            row.lang, row.asked_date = lang, today
        row.address = typed
        row.save()
        if limits.take(TO_ONE, str(row.pk)):
            Letter.objects.create(
                organisation=organisation, reader=row, kind=LetterKind.KNOWN if known else LetterKind.CONFIRM
            )


@transaction.atomic
def confirm(*, token: str) -> bool:
    """She says yes; False where the link is too old, or not ours, or she has left."""
    pk = who_confirms(token)
    with rowsecurity.opened_for_all():
        row = Reader.objects.select_for_update().filter(pk=pk).first() if pk else None
        if row is None:
            return False
        if row.confirmed_date is None:
            row.confirmed_date = timezone.localdate()
            row.save()
        return True


@transaction.atomic
def leave(*, token: str) -> None:
    """She leaves: the address and every letter to it are gone at once. A link of nobody does nothing, and says the same."""
    pk = who_leaves(token)
    if pk:
        with rowsecurity.opened_for_all():
            Reader.objects.filter(pk=pk).delete()


@transaction.atomic
def drop_address(*, actor: Any, organisation: Organisation, address: str) -> None:
    """Somebody asked on the telephone or by letter to be taken out. Nothing says whether she was there."""
    policy.require(actor, "reader.drop", Reader(organisation=organisation, address=""))
    Reader.objects.with_blind(organisation_id=organisation.pk, address_index=address.strip()).delete()
    journal.record(actor=actor, verb="reader.drop", about=organisation)


@transaction.atomic
def note_bounce(*, actor: Any, organisation: Organisation, address: str) -> None:
    """A letter came back. After three of them none is sent any more."""
    policy.require(actor, "reader.drop", Reader(organisation=organisation, address=""))
    found = Reader.objects.with_blind(organisation_id=organisation.pk, address_index=address.strip())
    for row in found.select_for_update():
        row.bounces += 1
        row.save()
        if row.bounces >= BOUNCES:
            Letter.objects.filter(reader=row, state="queued").delete()
    journal.record(actor=actor, verb="reader.bounce", about=organisation)


@transaction.atomic
def forget_unconfirmed() -> int:
    """Whoever never said yes is forgotten; how many."""
    until = timezone.localdate() - FORGOTTEN_AFTER
    gone = Reader.objects.filter(confirmed_date=None, asked_date__lt=until)
    return gone.delete()[1].get("bulletins.Reader", 0)
