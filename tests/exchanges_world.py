"""Private exchanges in tests: the centre has met Zafar, and so has Somon; each has strangers, and one who did not agree."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from hamroh.accounts.models import Organisation, User
from hamroh.tracing import actions
from hamroh.tracing.actions import exchangekeys, exchangeline, exchangework, exchanging
from hamroh.tracing.actions.exchangekeys import Told
from hamroh.tracing.actions.exchanging import Wish
from hamroh.tracing.exchanging import parts
from hamroh.tracing.models import Exchange, ExchangePartner, Pool, PoolRecord
from hamroh.vault import journal
from partners_world import Pair
from tracing_world import MET, listed, met

AGREED = {"given": True, "sign": "by word"}
SAME = replace(MET, name="Қурбонов Зафар Раҳимович", place="Кӯлоб", note="", consent=AGREED)
OTHERS = [
    replace(
        MET, name="Nodir Saidzoda", born={"first": 1971, "last": 1971}, place="Istaravshan", note="", consent=AGREED
    ),
    replace(MET, name="Rustam Boboev", born={"first": 1994, "last": 1994}, place="Khujand", note="", consent=AGREED),
]
SILENT = replace(
    MET, name="Ҷамшед Холназаров", born={"first": 1979, "last": 1979}, place="Хоруғ", note="", consent=AGREED
)
PURPOSE, AGREEMENT = "To learn whom both have met.", "Manizha and Umed agreed on 2 March."


def signed_for(who: User, house: Organisation) -> str:
    """The key of an organisation, made if there is none."""
    row = exchangekeys.key_of(house.pk) or exchangekeys.make_key(actor=who, organisation=house)
    return row.public


def pinned(by: User, checks: User, house: Organisation, key: str, **more: Any) -> ExchangePartner:
    """A partner whose signs somebody else has compared."""
    told = Told(name=more.pop("name", "The other side"), key=key, terms=AGREEMENT, **more)
    row = exchangekeys.pin(actor=by, organisation=house, told=told)
    exchangekeys.check(actor=checks, partner=row)
    row.refresh_from_db()
    return row


def acquainted(pair: Pair, **more: Any) -> tuple[ExchangePartner, ExchangePartner]:
    """Both sides have each other's key, compared."""
    centre = pair.search
    keys = signed_for(centre.manizha, centre.centre), signed_for(pair.umed, pair.somon)
    ours = pinned(centre.manizha, centre.bahrom, centre.centre, keys[1], name="Somon", **more)
    return ours, pinned(pair.umed, pair.aziz, pair.somon, keys[0], name="The centre")


def our_list(pair: Pair) -> tuple[Pool, list[PoolRecord]]:
    pool = listed(pair.search)
    people = (replace(MET, consent=AGREED), OTHERS[0], SILENT)
    return pool, _but_one([met(pair.search, pool, each) for each in people])


def _but_one(people: list[PoolRecord]) -> list[PoolRecord]:
    """The last of them says no to it, as a table that was taken in may say, too."""
    with transaction.atomic():
        people[-1].consent = {"given": False}
        people[-1].save()
    return people


def their_list(pair: Pair) -> tuple[Pool, list[PoolRecord]]:
    pool = actions.make_pool(
        actor=pair.aziz, organisation=pair.somon, name="Book of autumn", origin="own", basis="consent", of_a_shelter=False,
        is_lent=False, days=90,
    )  # fmt: skip
    people = (SAME, OTHERS[1], replace(SILENT, name="Jamshed Kholnazarov"))
    return pool, _but_one([actions.add_record(actor=pair.aziz, pool=pool, met=each) for each in people])


def wished(pair: Pair, partner: ExchangePartner, pool: Pool, **more: Any) -> Exchange:
    wish = Wish(**{"pool": pool, "purpose": PURPOSE, "most_theirs": 100, "is_wide": True, "told": True} | more)
    return exchanging.ask(actor=pair.search.bahrom, organisation=pair.search.centre, partner=partner, wish=wish)


def worked(row: Exchange) -> Exchange:
    """What the worker does next of it."""
    with journal.openings("task"):
        exchangework.work_off(row.pk)
    row.refresh_from_db()
    return row


def offered(pair: Pair, partner: ExchangePartner, pool: Pool, **more: Any) -> Exchange:
    """An offer that a second person let go, ready to be handed on."""
    row = wished(pair, partner, pool, **more)
    exchanging.release(actor=pair.search.manizha, row=row)
    return worked(row)


def file_of(row: Exchange) -> bytes:
    with journal.openings("task"):
        return b"".join(parts.stream(row, parts.ours(row)))


def came(pair: Pair, content: bytes) -> Exchange:
    return exchangework.take_in(actor=pair.aziz, organisation=pair.somon, content=content)


def answered(pair: Pair, row: Exchange, pool: Pool) -> Exchange:
    """Two of Somon agree to an offer; the answer is ready."""
    exchanging.agree(actor=pair.aziz, row=row, pool=pool, told=True)
    exchanging.release(actor=pair.umed, row=row)
    return worked(row)


def brought(row: Exchange, content: bytes, actor: Any) -> Exchange:
    exchangework.bring(actor=actor, row=row, content=content)
    return worked(row)


def gone_through(pair: Pair, **more: Any) -> tuple[Exchange, Exchange, list[PoolRecord], list[PoolRecord]]:
    """A whole exchange by files: both sides with their pairs."""
    ours, _theirs = acquainted(pair)
    (pool, mine), (other, yours) = our_list(pair), their_list(pair)
    row = offered(pair, ours, pool, **more)
    back = answered(pair, came(pair, file_of(row)), other)
    brought(row, file_of(back), pair.search.bahrom)
    brought(back, file_of(row), pair.aziz)
    return row, back, mine, yours


def carried(row: Exchange) -> str:
    with journal.openings("task"):
        said = exchangeline.carry(row.pk)
    row.refresh_from_db()
    return said
