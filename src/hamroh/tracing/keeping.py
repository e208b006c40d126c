"""How long requests and pools are kept: from their end on, with everything that belongs to them."""

from django.utils.translation import gettext_lazy as _

from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.tracing.actions.passing import wipe_of
from hamroh.tracing.actions.sharing import hide_all
from hamroh.tracing.models import Exchange, ExchangePartner, Partnership, Pool, PoolRecord, Request, Shown
from hamroh.tracing.naming import RECORDS, REQUESTS
from hamroh.vault import pools, retention


def _forget_request(request: Request) -> None:
    pools.withdraw(REQUESTS, request.organisation_id, [request.pk])
    wipe_of(request.organisation_id)
    hide_all(request)


def _forget_records(pool: Pool) -> None:
    pools.withdraw(RECORDS, pool.organisation_id, PoolRecord.objects.filter(pool=pool).values_list("pk", flat=True))
    wipe_of(pool.organisation_id)


#: tables whose rows are erased with their request or pool; a system check refuses one that is missing
GOES_WITH_A_REQUEST = (
    "tracing.knownphone", "tracing.screening", "tracing.seekerconsent", "tracing.step", "tracing.candidate",
    "tracing.verdict", "tracing.approach", "tracing.choice", "tracing.letter", "tracing.weeklyword", "tracing.placerelease",
    "tracing.releasedplace", "tracing.description", "tracing.share", "tracing.reply",
    "tracing.exchangepair", "tracing.exchangeverdict",
)  # fmt: skip
GOES_WITH_A_POOL = (
    "tracing.poolimport", "tracing.poolrecord", "tracing.candidate", "tracing.linkage", "tracing.pair", "tracing.pairverdict",
    "tracing.exchangepair", "tracing.exchangeverdict",
)  # fmt: skip
TRACING = retention.RecordClass(
    rule=Rule("tracing", Event.CLOSED, Unit.MONTHS, 24, 6, 120), model=Request, title=_("Tracing requests"),
    counted="closed_date", goes_with=GOES_WITH_A_REQUEST, before=_forget_request,
)  # fmt: skip
retention.declare(TRACING)
POOLS = retention.RecordClass(
    rule=Rule("tracing_pool", Event.CLOSED, Unit.MONTHS, 12, 1, 60), model=Pool, title=_("Pools"), counted="ended_date",
    goes_with=GOES_WITH_A_POOL, before=_forget_records,
)  # fmt: skip
retention.declare(POOLS)
PARTNERSHIPS = retention.RecordClass(
    rule=Rule("tracing_partner", Event.CLOSED, Unit.MONTHS, 36, 12, 120), model=Partnership, title=_("Agreements with partners"),
    counted="ended_date", goes_with=("tracing.alarm",),
)  # fmt: skip
retention.declare(PARTNERSHIPS)
GOES_WITH_AN_EXCHANGE = ("tracing.exchangepart", "tracing.exchangepair", "tracing.exchangeverdict")
EXCHANGE_PARTNERS = retention.RecordClass(
    rule=Rule("exchange_partner", Event.CLOSED, Unit.MONTHS, 36, 12, 120), model=ExchangePartner,
    title=_("Partners of private exchanges"), counted="ended_date", goes_with=("tracing.exchange", *GOES_WITH_AN_EXCHANGE),
)  # fmt: skip
retention.declare(EXCHANGE_PARTNERS)
EXCHANGES = retention.RecordClass(
    rule=Rule("tracing_exchange", Event.CLOSED, Unit.MONTHS, 12, 3, 60), model=Exchange, title=_("Private exchanges"),
    counted="ended_date", goes_with=GOES_WITH_AN_EXCHANGE,
)  # fmt: skip
retention.declare(EXCHANGES)
SHOWN = retention.RecordClass(
    rule=Rule("tracing_shown", Event.CLOSED, Unit.MONTHS, 12, 3, 60), model=Shown, title=_("Requests of partners"),
    counted="ended_at", goes_with=("tracing.partnersearch", "tracing.partneranswer"),
)  # fmt: skip
retention.declare(SHOWN)
