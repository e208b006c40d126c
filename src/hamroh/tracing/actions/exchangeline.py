"""Files of exchanges over the line between two installations: who offered sends, asks and fetches; who answers is asked.

Every request is signed by a key that is pinned (`exchanging.wire`), every file by the same key, and a file counts only once all of it
is there and its signature fits. The same part sent again changes nothing, so that either side may go on after a break.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.kernel.exchange.terms import Unfit
from hamroh.tracing import naming
from hamroh.tracing.actions import exchangekeys, exchangework
from hamroh.tracing.actions.exchangekeys import PURPOSE, ExchangeRefused
from hamroh.tracing.exchanging import parts
from hamroh.tracing.exchanging.line import Broken, Declined, Line
from hamroh.tracing.exchanging.workroom import workroom, written
from hamroh.tracing.models import MOST_BYTES, Exchange, ExchangePartner, HouseKey
from hamroh.vault import journal, opening

#: offers of one partner that come or wait
MOST_COMING = 4


# -- who offered ---------------------------------------------------------------------------------------------------


def carry(exchange_id: UUID) -> str:
    """Send what the partner lacks and fetch what it has for us, where its installation is known; what came of it, by a word."""
    row = Exchange.objects.select_related("partner", "organisation").filter(pk=exchange_id, is_ours=True).first()
    if row is None or row.state not in ("waiting", "matched") or not exchangekeys.stands(row.partner):
        return ""
    address = opening.open(row.partner, "address", decision=naming.by_upkeep(row.partner), purpose=PURPOSE)
    if not address:
        return ""
    line = Line(str(address), row.partner.key, exchangekeys.secret_of(row.organisation_id))
    try:
        return _carried(row, line)
    except Broken:
        Exchange.objects.filter(pk=row.pk).update(fault="line")
        return "line"
    except Declined:
        if row.state == "waiting":
            exchangework.failed(row, "declined")
        return "declined"


def _carried(row: Exchange, line: Line) -> str:
    if row.given_at is None or row.state == "waiting":
        _send(row, line, parts.ours(row))
    if row.state != "waiting":
        return "sent"
    return "fetched" if _fetch(row, line) else "waiting"


def _send(row: Exchange, line: Line, kind: str) -> None:
    whole = parts.size(row, kind)
    first = lacks = line.missing(row.number, kind)
    while lacks < parts.count(whole):
        lacks_now = line.send(row.number, kind, lacks, whole, parts.read(row, kind, lacks) or b"")
        if lacks_now <= lacks:
            raise Broken
        lacks = lacks_now
    if first >= parts.count(whole) and row.given_at is not None:
        return
    with transaction.atomic():
        Exchange.objects.filter(pk=row.pk).update(given_at=timezone.now(), fault="")
        facts = {"number": row.number, "partner": str(row.partner_id), "kind": kind, "by": "line", "bytes": whole}
        journal.record(actor=None, verb="exchange.send", about=row, facts=facts)
    row.refresh_from_db()


def _fetch(row: Exchange, line: Line) -> bool:
    """Fetch what is lacking of the answer; False where it is not made yet."""
    kind = parts.theirs(row)
    whole = parts.told(row, kind) or 1
    number = parts.missing(row, kind, whole)
    while number < parts.count(whole):
        came = line.fetch(row.number, kind, number)
        if came is None:
            return False
        whole = came[1]
        try:
            parts.put(row, kind, number, whole, came[0])
        except parts.Misfit:
            parts.forget(row, kind)
            raise Broken from None
        number = parts.missing(row, kind, whole)
    content = b"".join(parts.stream(row, kind))
    try:
        exchangework.bring(actor=None, row=row, content=content, by="line")
    except ExchangeRefused:
        parts.forget(row, kind)
        raise Broken from None
    return True


def carry_all() -> int:
    """Carry what waits, of all exchanges whose partner is known by an address; how many were looked at."""
    waiting = Exchange.objects.filter(is_ours=True, partner__ended_date=None, state__in=("waiting", "matched"))
    rows = [row for row in waiting if row.state == "waiting" or row.given_at is None]
    return sum(bool(carry(row.pk)) for row in rows)


# -- who answers ---------------------------------------------------------------------------------------------------


class Waits(Exception):
    """What is asked for is not made yet."""


class Over(Exception):
    """The exchange was not agreed to, or has ended."""


def partner_of(to: str, sender: str) -> ExchangePartner | None:
    """The partner with the key ``sender`` of our organisation with the key ``to``, where something may be exchanged; None otherwise."""
    house = HouseKey.objects.filter(public=to).values_list("organisation", flat=True).first()
    rows = ExchangePartner.objects.filter(organisation=house, key=sender, ended_date=None).select_related(
        "organisation"
    )
    found = rows.first() if house and sender else None
    return found if found and exchangekeys.stands(found) else None


def lacks(*, partner: ExchangePartner, number: str, kind: str) -> int:
    """The first part of their file that is not here; Over."""
    row = _asked_for(partner, number)
    if row is None:
        return 0
    if kind == parts.OFFER and row.state != "coming":
        return parts.count(MOST_BYTES)
    if kind == parts.RESULT and row.state in ("opening", "matched"):
        return parts.count(MOST_BYTES)
    whole = parts.told(row, kind)
    return parts.missing(row, kind, whole) if whole else 0


def take_part(*, partner: ExchangePartner, number: str, kind: str, part: int, whole: int, content: bytes) -> int:
    """Keep a part of their offer or result; the first part that lacks now. Misfit, ExchangeRefused, Over, Waits."""
    row = _asked_for(partner, number) or _begun(partner, number, kind)
    wanted = {"coming": parts.OFFER, "waiting": parts.RESULT}.get(row.state)
    if kind != wanted:
        if (kind == parts.OFFER and row.state != "coming") or row.state in ("opening", "matched"):
            return parts.count(whole)
        raise Waits
    with transaction.atomic():
        parts.put(row, kind, part, whole, content)
    left = parts.missing(row, kind, whole)
    if left == parts.count(whole):
        _whole(row, kind)
    return left


def _begun(partner: ExchangePartner, number: str, kind: str) -> Exchange:
    """A row for an offer that begins to come; ExchangeRefused where there are enough of them."""
    coming = Exchange.objects.filter(partner=partner, state__in=("coming", "came")).count()
    if kind != parts.OFFER or coming >= MOST_COMING:
        raise ExchangeRefused
    row = Exchange(
        organisation=partner.organisation, partner=partner, is_ours=False, number=number, state="coming", purpose="",
        until_date=timezone.now().date(),
    )  # fmt: skip
    with transaction.atomic():
        row.save()
    return row


def _whole(row: Exchange, kind: str) -> None:
    """All of a file is here: what it says is looked at now. One that does not fit is thrown away."""
    content = b"".join(parts.stream(row, kind))
    try:
        if kind == parts.OFFER:
            _offer_came(row, content)
        else:
            exchangework.bring(actor=None, row=row, content=content, by="line")
    except (Unfit, ExchangeRefused):
        parts.forget(row, kind)
        if kind == parts.OFFER:
            row.delete()
        raise ExchangeRefused from None


def _offer_came(row: Exchange, content: bytes) -> None:
    with workroom() as folder:
        terms = exchangework.believed(written(folder, "offer", [content]), row.organisation)
    if (terms.exchange, terms.offers.key) != (row.number, row.partner.key):
        raise ExchangeRefused
    with transaction.atomic():
        held, _new = exchangework.noted(row.organisation, row.partner, terms)
        exchangework.tell_came(None, held, by="line")


def give_part(*, partner: ExchangePartner, number: str, part: int) -> tuple[bytes, int]:
    """A part of our answer and how long the whole is. Waits where it is not made, Over where it will not be."""
    row = _asked_for(partner, number)
    whole = parts.size(row, parts.ANSWER) if row and row.state == "waiting" else 0
    content = parts.read(row, parts.ANSWER, part) if row and whole else None
    if row is None or content is None:
        raise Waits
    if part == parts.count(whole) - 1 and row.given_at is None:
        with transaction.atomic():
            Exchange.objects.filter(pk=row.pk).update(given_at=timezone.now())
            facts: dict[str, Any] = {
                "number": row.number,
                "partner": str(partner.pk),
                "kind": parts.ANSWER,
                "by": "line",
                "bytes": whole,
            }
            journal.record(actor=None, verb="exchange.send", about=row, facts=facts)
    return content, whole


def _asked_for(partner: ExchangePartner, number: str) -> Exchange | None:
    """The exchange of this number that this partner offered to us; Over where it has ended."""
    rows = Exchange.objects.select_related("partner", "organisation")
    row: Exchange | None = rows.filter(partner=partner, number=number, is_ours=False).first()
    if row is not None and row.state == "ended":
        raise Over
    return row
