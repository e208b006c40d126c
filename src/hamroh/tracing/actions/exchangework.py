"""The steps of an exchange, worked out in the background: make our file, open theirs, keep the pairs.

Who is on the list is asked anew at every step. Who was taken off meanwhile is in no pair; where that changes what was offered, the
exchange ends and another one is begun. Files that go over the line are in ``exchangeline``.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hamroh.accounts.models import Role
from hamroh.kernel.exchange.files import Opened, header_of
from hamroh.kernel.exchange.labour import Progress
from hamroh.kernel.exchange.parcels import terms_in
from hamroh.kernel.exchange.states import list_digest
from hamroh.kernel.exchange.steps import Own, Pair
from hamroh.kernel.exchange.steps import answer as answered
from hamroh.kernel.exchange.steps import finish as finished
from hamroh.kernel.exchange.steps import offer as offered
from hamroh.kernel.exchange.steps import receive as received
from hamroh.kernel.exchange.terms import Party, Terms, Unfit
from hamroh.tracing import naming
from hamroh.tracing.actions import exchangekeys, exchanging
from hamroh.tracing.actions.exchangekeys import PURPOSE, ExchangeRefused
from hamroh.tracing.exchanging import parts
from hamroh.tracing.exchanging.workroom import brought_back, left_behind, own, workroom, written
from hamroh.tracing.models import Exchange, ExchangePair, ExchangePartner, PoolRecord, Request, standing
from hamroh.tracing.selectors.passing import requests_to_pass
from hamroh.vault import journal, opening
from hamroh.web.texts import pick

OFFICERS = (Role.TRACING_OFFICER, Role.SUPERVISOR)
_STATE, _IDS = "state", "ids"
NO_OFFER = gettext_noop(
    "This file is no offer of a partner whose signs were compared, or it is damaged, expired, or for somebody else."
)


class _Halted(Exception):
    """Somebody ended it, or it is gone."""


class _Changed(Exception):
    """Somebody was taken off the list."""


class _Empty(Exception):
    """Nobody on the list may be compared."""


# -- files that come -------------------------------------------------------------------------------------------------


def take_in(*, actor: Any, organisation: Any, content: bytes) -> Exchange:
    """An offer of a partner whose signs were compared; it waits for a word. ExchangeRefused says what is wrong with it."""
    with workroom() as folder:
        terms, partner = _read_offer(folder, organisation, content)
        with transaction.atomic():
            row, new = noted(organisation, partner, terms)
            if new:
                parts.keep(row, parts.OFFER, content)
                tell_came(actor, row, by="file")
    return row


def _read_offer(folder: Path, organisation: Any, content: bytes) -> tuple[Terms, ExchangePartner]:
    path = written(folder, "offer", [content])
    try:
        terms = believed(path, organisation)
    except Unfit:
        raise ExchangeRefused(_(NO_OFFER)) from None
    found = ExchangePartner.objects.filter(organisation=organisation, key=terms.offers.key, ended_date=None).first()
    if found is None or not exchangekeys.stands(found):
        raise ExchangeRefused(_(NO_OFFER))
    return terms, found


def believed(path: Path, organisation: Any) -> Terms:
    """The terms of an offer for us, signed by whom it names; Unfit. Whether that one is a partner is the caller's question."""
    sender = terms_in(header_of(path, "offer")).offers.key
    with Opened(path, sender, ("offer",)) as file:
        terms = terms_in(file.header)
    ours = exchangekeys.key_of(organisation.pk)
    if ours is None or (terms.offers.key, terms.answers.key) != (sender, ours.public):
        raise Unfit("the offer is for another organisation, or names another sender")
    terms.holding(timezone.now().date())
    if max(terms.offered, terms.answered) > exchanging.MOST_PEOPLE:
        raise Unfit("the terms allow more people than are exchanged at a desk")
    return terms


def noted(organisation: Any, partner: ExchangePartner, terms: Terms) -> tuple[Exchange, bool]:
    """The row of an offer; an offer that is here already is not taken in twice."""
    there = Exchange.objects.select_related("partner", "organisation")
    found = there.filter(organisation=organisation, number=terms.exchange).first()
    if found is not None and found.state != "coming":
        return found, False
    waiting = Exchange.objects.filter(partner=partner, state="came").count()
    if waiting >= exchanging.MOST_WAITING:
        raise ExchangeRefused(_("Three offers of this partner wait already."))
    row = found or Exchange(
        organisation=organisation, partner=partner, is_ours=False, number=terms.exchange, purpose=terms.purpose
    )
    row.state, row.purpose, row.until_date = "came", terms.purpose, terms.expires
    row.told_fields, row.is_wide, row.least_bits = list(terms.fields), terms.wide, terms.threshold
    row.our_people, row.most_theirs = terms.answered, terms.offered
    row.save()
    return row, True


def tell_came(actor: Any, row: Exchange, by: str) -> None:
    exchanging.tell(row, OFFICERS)
    facts = {"number": row.number, "partner": str(row.partner_id), "by": by}
    journal.record(actor=actor, verb="exchange.came", about=row, facts=facts)


@transaction.atomic
def bring(*, actor: Any, row: Exchange, content: bytes, by: str = "file") -> None:
    """The file of the other side that we wait for; ExchangeRefused for another one. It is opened in the background."""
    kind = parts.theirs(row)
    with workroom() as folder:
        if _number_of(written(folder, kind, [content]), row.partner.key, kind) != row.number:
            raise ExchangeRefused(_("This is not the file that is waited for, or it is damaged. Have it sent again."))
    exchanging.move(row, "waiting", "opening", given_at=row.given_at or timezone.now())
    parts.keep(row, kind, content)
    facts = {"number": row.number, "partner": str(row.partner_id), "kind": kind, "by": by}
    journal.record(actor=actor, verb="exchange.bring", about=row, facts=facts)
    exchanging.work_later(row)


def _number_of(path: Path, key: str, kind: str) -> str:
    """Of which exchange a file of the partner is; empty for a file of nobody, or of somebody else."""
    try:
        with Opened(path, key, (kind,)) as file:
            return terms_in(file.header).exchange
    except Unfit:
        return ""


# -- the work --------------------------------------------------------------------------------------------------------


def work_off(exchange_id: UUID) -> str:
    """The step that an exchange stands at; the state afterwards. What stands against it is told in the row."""
    rows = Exchange.objects.select_related("partner__known_as", "organisation", "pool")
    row = rows.filter(pk=exchange_id, state__in=("building", "opening")).first()
    if row is None:
        return ""
    try:
        (_build if row.state == "building" else _open)(row)
    except (_Halted, ExchangeRefused):
        return ""
    except _Changed:
        failed(row, "changed")
    except _Empty:
        failed(row, "empty")
    except Unfit:
        failed(row, "refused")
    except Exception:
        failed(row, "fault")  # what went wrong may name somebody in its words
        raise
    state: str = row.state
    return state


def failed(row: Exchange, fault: str) -> None:
    with transaction.atomic():
        exchanging.move(row, row.state, "failed", fault=fault)
        exchanging.tell(row, OFFICERS)
        journal.record(actor=None, verb="exchange.fail", about=row, facts={"number": row.number, "fault": fault})


def _progress(row: Exchange) -> Progress:
    """Writes how far it is; raises _Halted where it is not wanted any more."""
    last = [-1]

    def tell(_what: str, done: int, whole: int) -> None:
        part = 100 * done // max(1, whole)
        if part != last[0]:
            last[0] = part
            mine = Exchange.objects.filter(pk=row.pk, state=row.state)
            if not mine.update(done=done, whole=whole, changed_at=timezone.now()):
                raise _Halted

    return tell


@contextmanager
def _side(row: Exchange, records: Sequence[dict[str, Any]]) -> Iterator[tuple[Own, Path]]:
    with workroom() as folder:
        yield own(folder, exchangekeys.secret_of(row.organisation_id), records, _progress(row)), folder


def _build(row: Exchange) -> None:
    """Make our first file: the offer, or the answer to theirs."""
    records = _people(row)
    if not records:
        raise _Empty
    with _side(row, records) as (side, folder):
        terms = _offer(row, side, folder) if row.is_ours else _answer(row, side, folder)
        state, content = left_behind(folder, terms.exchange), (folder / "out").read_bytes()
    with transaction.atomic():
        exchanging.move(row, "building", "waiting", number=terms.exchange, our_people=len(records), given_at=None)
        row.secret = {_STATE: state, _IDS: [each["id"] for each in records]}
        row.save(update_fields=["secret"])
        parts.keep(row, parts.ours(row), content)
        if not row.is_ours:
            parts.forget(row, parts.OFFER)
        facts = {"number": row.number, "people": len(records), "partner": str(row.partner_id)}
        journal.record(actor=None, verb="exchange.make", about=row, facts=facts)
        exchanging.tell(row, OFFICERS)


def _offer(row: Exchange, side: Own, folder: Path) -> Terms:
    told = opened(row)
    return offered(
        side, folder / "out", name=_our_name(row), to=Party(told["partner"], row.partner.key), purpose=told["purpose"],
        threshold=float(row.least_bits or 0), expires=row.until_date, answered=row.most_theirs, today=timezone.now().date(),
        wide=row.is_wide, fields=tuple(row.told_fields),
    )  # fmt: skip


def _answer(row: Exchange, side: Own, folder: Path) -> Terms:
    came = written(folder, "in", parts.stream(row, parts.OFFER))
    return answered(
        side, came, folder / "out", of=row.partner.key, agrees=lambda _terms: True, today=timezone.now().date()
    )


def our_file(row: Exchange) -> bytes:
    """Our file for the other side, as it would be handed out."""
    return b"".join(parts.stream(row, parts.ours(row)))


def opened(row: Exchange) -> dict[str, str]:
    """What an exchange is for and what the partner is called, for work in the background."""
    purpose = opening.open(row, "purpose", decision=naming.by_upkeep(row), purpose=PURPOSE)
    name = opening.open(row.partner, "name", decision=naming.by_upkeep(row.partner), purpose=PURPOSE)
    return {"purpose": str(purpose), "partner": str(name)}


def _our_name(row: Exchange) -> str:
    return pick(row.organisation.names, "en").text or row.organisation.code


def _open(row: Exchange) -> None:
    """Open their file: pairs come of it, and on the side that offered the result for the other one."""
    secret: Any = opening.open(row, "secret", decision=naming.by_upkeep(row), purpose=PURPOSE)
    records = _people(row, only=secret[_IDS]) if row.is_ours else []
    with _side(row, records) as (side, folder):
        brought_back(folder, row.number, secret[_STATE])
        came = written(folder, "in", parts.stream(row, parts.theirs(row)))
        today = timezone.now().date()
        if row.is_ours:
            _unchanged(secret[_STATE], records)
            found = finished(side, came, folder / "out", today)
            content = (folder / "out").read_bytes()
        else:
            found, content = received(side.home, came, today), b""
    _enter(row, found, content)


def _unchanged(state: str, records: Sequence[dict[str, Any]]) -> None:
    """_Changed where the list is not what was offered: what it asked about can then not be told apart any more."""
    if json.loads(state)["people"] != list_digest(records):
        raise _Changed


@transaction.atomic
def _enter(row: Exchange, found: Sequence[Pair], result: bytes) -> None:
    """Keep the pairs whose people are still there, forget the secret, keep the result for the other side."""
    there = {str(pk) for pk in _there(row).values_list("pk", flat=True)}
    kept = [each for each in found if each.id in there]
    exchanging.move(row, "opening", "matched", pairs_count=len(kept))
    row.secret = None
    row.save(update_fields=["secret"])
    parts.forget(row)
    if result:
        Exchange.objects.filter(pk=row.pk).update(given_at=None)
        row.refresh_from_db()
        parts.keep(row, parts.RESULT, result)
    for each in kept:
        whose = {"request_id" if row.of_requests else "record_id": UUID(each.id)}
        pair = ExchangePair(exchange=row, organisation_id=row.organisation_id, number=each.number, **whose)
        pair.bits, pair.said = each.bits, list(each.said)
        pair.save()
    facts = {"number": row.number, "partner": str(row.partner_id), "pairs": len(kept)}
    journal.record(actor=None, verb="exchange.match", about=row, facts=facts)
    exchanging.tell(row, OFFICERS)


def _people(row: Exchange, only: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Who of ours may be compared now: on a list those who agreed, of those who are missed those whose families did.

    Whom nobody could ask is on a list for his life's sake, and stays out.
    """
    rows = _there(row).order_by("pk")
    if only is not None:
        rows = rows.filter(pk__in=only)
    found = _missed(row, rows) if row.of_requests else _listed(row, rows.select_related("pool"))
    return [each for each in found if each.get("name")]


def _there(row: Exchange) -> Any:
    """The records of our list that stand, or the requests that may be offered to this partner at this moment."""
    if not row.of_requests:
        return standing(PoolRecord.objects.filter(pool=row.pool, pool__isnull=False, pool__ended_date=None))
    to = row.partner.known_as
    return requests_to_pass(house=row.organisation, to=to) if to is not None else Request.objects.none()


def _missed(row: Exchange, rows: Any) -> Iterator[dict[str, Any]]:
    with opening.scoring(PURPOSE) as scored:
        told = [
            (each, opening.open_to_score(each, naming.OF_REQUEST, decision=naming.by_upkeep(each)))
            for each in rows.iterator(chunk_size=500)
        ]
        scored.tell(("tracing.exchange", str(row.pk)), ())
    return (naming.as_record(each.pk, facts) for each, facts in told)


def _listed(row: Exchange, rows: Any) -> Iterator[dict[str, Any]]:
    with opening.scoring(PURPOSE) as scored:
        told = [
            (each, opening.open_to_score(each, (*naming.OF_RECORD, "consent"), decision=naming.by_upkeep(each)))
            for each in rows.iterator(chunk_size=500)
        ]
        scored.tell(("tracing.pool", str(row.pool_id)), ())
    return (naming.record_of(each, facts) for each, facts in told if (facts["consent"] or {}).get("given"))
