"""By what key we sign, and whom we trust by theirs: a supervisor pins a key, somebody else compares the signs by telephone."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.kernel.retention import Unit, after
from hamroh.tracing import naming
from hamroh.tracing.models import Exchange, ExchangePartner, HouseKey
from hamroh.vault import journal, opening
from hamroh.web.texts import pick

#: months that a partner is trusted at most, and letters of a name
MOST_MONTHS, LONGEST = 24, 200
_KEY = re.compile("[0-9a-f]{64}")
PURPOSE = "private exchange"


class ExchangeRefused(ValueError):
    """This cannot be done with an exchange now; the message can be shown."""


@dataclass(frozen=True)
class Told:
    """A partner as it is pinned: what it is called, its public key, where its installation is, what was agreed, for how long.

    ``known_as`` is the organisation that those who miss somebody agree to when they agree to its search.
    """

    name: str
    key: str
    terms: str
    address: str = ""
    months: int = 12
    known_as: Organisation | None = None


def read_key(text: str) -> tuple[str, str]:
    """Name and key in a ``public.key``, or a key alone; ExchangeRefused."""
    given = text.strip()
    try:
        told = json.loads(given) if given.startswith("{") else {"name": "", "key": given}
        name, key = str(told["name"])[:LONGEST], str(told["key"]).lower()
    except (ValueError, KeyError, TypeError):
        name, key = "", ""
    if not _KEY.fullmatch(key):
        raise ExchangeRefused(_("This is no key of an organisation. Ask for its file public.key."))
    return name, key


@transaction.atomic
def make_key(*, actor: Any, organisation: Organisation) -> HouseKey:
    """The key by which an organisation signs; made once."""
    from nacl.signing import SigningKey

    made = SigningKey.generate()
    row = HouseKey(
        organisation=organisation, public=made.verify_key.encode().hex(), secret=made.encode().hex(), made_by=actor
    )
    policy.require(actor, "exchange.pin", row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ExchangeRefused(_("There is a key already.")) from None
    journal.record(actor=actor, verb="exchange.make_key", about=row)
    return row


def key_of(organisation_id: Any) -> HouseKey | None:
    """The key of an organisation, without its secret."""
    return HouseKey.objects.select_related("organisation").filter(organisation=organisation_id).first()


def secret_of(organisation_id: Any) -> str:
    """The secret by which an organisation signs, for work in the background; ExchangeRefused where there is none."""
    row = key_of(organisation_id)
    if row is None:
        raise ExchangeRefused(_("Make our own key first."))
    return str(opening.open(row, "secret", decision=naming.by_upkeep(row), purpose=PURPOSE))


def public_file(row: HouseKey) -> bytes:
    """What partners get: the name and the key."""
    name = pick(row.organisation.names, "en").text or row.organisation.code
    return json.dumps({"name": name, "key": row.public}, ensure_ascii=False).encode()


@transaction.atomic
def pin(*, actor: Any, organisation: Organisation, told: Told) -> ExchangePartner:
    """Note a partner by its key. Nothing is exchanged before somebody else has compared the signs."""
    until = after(timezone.now().date(), Unit.MONTHS, min(max(told.months, 1), MOST_MONTHS))
    row = ExchangePartner(
        organisation=organisation, key=told.key, name=told.name.strip()[:LONGEST], address=told.address.strip() or None,
        terms=told.terms.strip(), until_date=until, made_by=actor, known_as=told.known_as,
    )  # fmt: skip
    policy.require(actor, "exchange.pin", row)
    own = key_of(organisation.pk)
    if own is None:
        raise ExchangeRefused(_("Make our own key first."))
    if own.public == told.key:
        raise ExchangeRefused(_("This is our own key."))
    if told.known_as is not None and told.known_as.pk == organisation.pk:
        raise ExchangeRefused(_("Choose the other organisation that is meant."))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ExchangeRefused(_("This key is noted already.")) from None
    journal.record(actor=actor, verb="exchange.pin", about=row)
    return row


@transaction.atomic
def check(*, actor: Any, partner: ExchangePartner) -> None:
    """Somebody else has read the signs to the partner by telephone, and they are the same."""
    policy.require(actor, "exchange.ask", partner)
    if partner.made_by_id == actor.pk:
        raise ExchangeRefused(_("You noted this key, so somebody else must compare the signs."))
    told = ExchangePartner.objects.filter(pk=partner.pk, checked_by=None, ended_date=None)
    if not told.update(checked_by=actor, checked_at=timezone.now()):
        raise ExchangeRefused(_("Somebody was faster, or the time is over. Look at how it stands now."))
    journal.record(actor=actor, verb="exchange.check", about=partner)


@transaction.atomic
def unpin(*, actor: Any, partner: ExchangePartner) -> list[Exchange]:
    """From now on nothing is exchanged with the partner; the exchanges that are open, which the caller ends."""
    policy.require(actor, "exchange.pin", partner)
    ExchangePartner.objects.filter(pk=partner.pk, ended_date=None).update(ended_date=timezone.now().date())
    journal.record(actor=actor, verb="exchange.unpin", about=partner)
    return list(Exchange.objects.filter(partner=partner).exclude(state="ended"))


def stands(partner: ExchangePartner, today: dt.date | None = None) -> bool:
    """Whether something may be exchanged with a partner today."""
    day = today or timezone.now().date()
    return bool(partner.checked_by_id and partner.ended_date is None and partner.until_date >= day)
