"""Private exchanges: keys, partners, how far each is, pairs with reasons, and what was said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.tracing.exchanging import parts
from hamroh.tracing.models import (
    Exchange,
    ExchangePair,
    ExchangePartner,
    ExchangeVerdict,
    PoolRecord,
    Request,
    standing,
)
from hamroh.tracing.selectors.passing import requests_to_pass
from hamroh.tracing.selectors.pools import FIELDS
from hamroh.tracing.selectors.requests import details, faced
from hamroh.vault import opening

#: bits above the least by which a pair is called strong
STRONG = 8
#: what the codes of a pair mean; words are counted
FACTS = {
    "year/same": _("the same year of birth"), "year/one": _("born a year apart"), "year/near": _("born two or three years apart"),
    "year/far": _("born four or five years apart"), "year/against": _("born more than five years apart"),
    "place/same": _("the same home"), "place/named": _("homes of the same name"), "place/within": _("one home lies within the other"),
    "place/unknown": _("homes that no list of ours knows"), "place/elsewhere": _("another home"),
}  # fmt: skip
NAMES_OF_FIELDS = {"name": _("name"), "year": _("year of birth"), "place": _("home")}


def partners(*, actor: Any, organisation: Organisation) -> list[dict[str, Any]]:
    """The partners that are not ended, the newest first, with their names."""
    rows = policy.visible(
        actor, "exchange.see", ExchangePartner.objects.filter(organisation=organisation, ended_date=None)
    )
    rows = rows.select_related("made_by", "checked_by", "known_as").order_by("-made_at", "pk")
    return [{"row": row, "name": name_of(actor, row)} for row in rows]


def name_of(actor: Any, row: ExchangePartner, purpose: str = "list") -> str:
    """What a partner is called."""
    decision = policy.require(actor, "exchange.see", row)
    return str(opening.open_each(row, ("name",), decision=decision, purpose=purpose)["name"])


def partner_of(*, actor: Any, code: str, verb: str = "exchange.see") -> tuple[ExchangePartner, Decision]:
    """The partner of a code; Refused otherwise."""
    rows = ExchangePartner.objects.select_related("organisation", "made_by", "checked_by", "known_as")
    return policy.fetch(actor, verb, rows.filter(code=code))


def partner_facts(*, row: ExchangePartner, decision: Decision) -> dict[str, Any]:
    """What was noted of a partner."""
    return opening.open_each(row, ("name", "address", "terms"), decision=decision, purpose="page")


def exchanges(*, actor: Any, organisation: Organisation) -> QuerySet[Exchange]:
    """The exchanges of an organisation, the newest first, those that have ended, too: they are the register of what was told to whom."""
    rows = Exchange.objects.filter(organisation=organisation).exclude(state="coming")
    found: QuerySet[Exchange] = policy.visible(actor, "exchange.see", rows)
    return found.select_related("partner", "pool", "asked_by", "released_by").order_by("-made_at", "pk")


def lines(*, actor: Any, rows: Sequence[Exchange]) -> list[dict[str, Any]]:
    """One page of exchanges with their partners' names."""
    names = {row.partner_id: row.partner for row in rows}
    known = {pk: name_of(actor, row) for pk, row in names.items()}
    return [{"row": row, "name": known[row.partner_id]} for row in rows]


def exchange_of(*, actor: Any, code: str, verb: str = "exchange.see") -> tuple[Exchange, Decision]:
    """The exchange of a code; Refused otherwise, and for one that is only on its way."""
    rows = Exchange.objects.exclude(state="coming").filter(code=code)
    known = ("organisation", "partner__known_as", "pool", "asked_by", "released_by")
    return policy.fetch(actor, verb, rows.select_related(*known))


def exchange_facts(*, actor: Any, row: Exchange, decision: Decision) -> dict[str, Any]:
    """What a page says of an exchange: purpose, partner, what is compared, whether our file waits to be handed on."""
    told = opening.open_each(row, ("purpose",), decision=decision, purpose="page")
    decided = policy.require(actor, "exchange.see", row.partner)
    partner = opening.open_each(row.partner, ("name", "address"), decision=decided, purpose="page")
    return {
        **told, "partner": partner["name"], "by_line": bool(partner["address"]) and row.is_ours,
        "fields": [NAMES_OF_FIELDS[each] for each in row.told_fields if each in NAMES_OF_FIELDS],
        "file": parts.size(row, parts.ours(row)) if row.state in ("waiting", "matched") else 0,
    }  # fmt: skip


@dataclass(frozen=True)
class PairLine:
    """A pair as a list shows it: our person's name, how strong it is, and what it rests on."""

    row: ExchangePair
    name: Any
    is_strong: bool
    reasons: tuple[str, ...]
    verdicts: Sequence[ExchangeVerdict]


def pairs(*, actor: Any, exchange: Exchange) -> QuerySet[ExchangePair]:
    """Pairs whose people are still there, the strongest first: on our list, or missed by whoever still agrees to this partner.

    Whom the actor misses herself is another officer's to look at.
    """
    if exchange.of_requests:
        rows = ExchangePair.objects.filter(exchange=exchange, request__in=_offered(actor, exchange))
    else:
        rows = ExchangePair.objects.filter(exchange=exchange, record__gone_at=None, request=None)
    found: QuerySet[ExchangePair] = policy.visible(actor, "exchange.see", rows)
    return (
        found.select_related("record__pool", "request", "exchange")
        .prefetch_related("verdicts")
        .order_by("-bits", "number")
    )


def _offered(actor: Any, exchange: Exchange) -> QuerySet[Request]:
    """Requests that the actor may search for and that may be offered to the partner at this moment."""
    if exchange.partner.known_as is None:
        return Request.objects.none()
    return requests_to_pass(house=exchange.organisation, to=exchange.partner.known_as).filter(
        pk__in=faced(actor, "tracing.search").values("pk")
    )


def pair_lines(*, actor: Any, exchange: Exchange, rows: Sequence[ExchangePair]) -> list[PairLine]:
    """One page of pairs with the names of our people."""
    least = (exchange.least_bits or 0) + STRONG
    return [
        PairLine(row, _name(actor, row), row.bits >= least, reasons(row.said), list(row.verdicts.all())) for row in rows
    ]


def _name(actor: Any, row: ExchangePair) -> Any:
    ours: Any = row.record or row.request
    return opening.open_each(ours, ("name",), decision=_opens(actor, row), purpose="list")["name"]


def _opens(actor: Any, row: ExchangePair) -> Decision:
    """The decision that opens our person of a pair."""
    if row.request is not None:
        return policy.require(actor, "tracing.search", row.request)
    return policy.require(actor, "pool.read", row.record)


def reasons(said: Sequence[str]) -> tuple[str, ...]:
    """What a pair rests on, in the reader's language: how many words of the name meet, then the year and the home."""
    counts = {code: list(said).count(f"word/{code}") for code in ("same", "variant", "alike")}
    words = [
        (counts["same"], ngettext("%(count)s word of the name sounds the same", "%(count)s words of the name sound the same", counts["same"])),
        (counts["variant"], ngettext("%(count)s word is a form of the same name", "%(count)s words are forms of the same name", counts["variant"])),
        (counts["alike"], ngettext("%(count)s word sounds alike", "%(count)s words sound alike", counts["alike"])),
    ]  # fmt: skip
    return tuple(text % {"count": count} for count, text in words if count) + tuple(
        str(FACTS[each]) for each in said if each in FACTS
    )


def pair_of(*, actor: Any, exchange: Exchange, pk: UUID) -> ExchangePair:
    """A pair of this very exchange whose person is still there; Refused otherwise."""
    row = pairs(actor=actor, exchange=exchange).filter(pk=pk).first()
    if row is None or (row.record_id and not standing(PoolRecord.objects.filter(pk=row.record_id)).exists()):
        raise policy.Refused("no such pair of this exchange")
    return row


def our_person(*, actor: Any, pair: ExchangePair) -> Mapping[str, Any]:
    """Our record of a pair, or what is known of whoever is missed, opened for the actor."""
    decision = _opens(actor, pair)
    if pair.request is not None:
        return details(request=pair.request, decision=decision)
    record: Any = pair.record
    return opening.open_each(record, FIELDS, decision=decision, purpose="page")


def verdicts_on(*, actor: Any, pair: ExchangePair) -> list[dict[str, Any]]:
    """What was said of a pair, the newest first."""
    rows = ExchangeVerdict.objects.filter(pair=pair).select_related("made_by", "exchange").order_by("-made_at", "pk")
    decided = ((row, policy.allowed(actor, "exchange.see", row)) for row in rows)
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")}
        for row, decision in decided
        if decision.yes
    ]
