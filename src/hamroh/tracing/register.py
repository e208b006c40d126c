"""How requests and pools stand on screens over all rooms."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import records
from hamroh.tracing.models import (
    Exchange,
    ExchangePartner,
    HouseKey,
    Letter,
    Partnership,
    Pool,
    ReleasedPlace,
    Request,
    Shown,
    WeeklyWord,
)


def _request_at(request: Request) -> str:
    return reverse("tracing:request", kwargs={"code": request.code})


def _pool_at(pool: Pool) -> str:
    return reverse("tracing:pool", kwargs={"code": pool.code})


def _partnership_at(row: Partnership) -> str:
    return reverse("partners:agreement", kwargs={"pact": row.code})


def _exchange_at(row: Exchange) -> str:
    return reverse("exchanges:one", kwargs={"code": row.code})


def _exchange_partner_at(row: ExchangePartner) -> str:
    return reverse("exchanges:partner", kwargs={"partner": row.code})


def _shown_at(row: Shown) -> str:
    return reverse("partners:one", kwargs={"shown": row.code})


def _letter_at(letter: Letter) -> str:
    return reverse("tracing:letter", kwargs={"letter": letter.pk})


def _place_at(place: ReleasedPlace) -> str:
    return reverse("tracing:place", kwargs={"place": place.pk})


class Quiet(records.Register):
    """Whoever asked reads on no page who looked at her request: it would tell her which way it went."""

    def owned_by(self, user_id: Any) -> QuerySet[Any]:  # noqa: ARG002 - the face of a register
        return self.model._default_manager.none()  # noqa: SLF001 - Django's documented face of a model


REQUESTS = Quiet(
    model=Request, title=_("Tracing request"), reads="tracing.search",
    with_code=lambda code: Request.objects.filter(code=code.lower()), code_of=lambda row: row.code,
    address_of=_request_at, fields={"name": _("the name of who is missed")},
)  # fmt: skip
POOLS = records.Register(
    model=Pool, title=_("Pool"), reads="pool.read", with_code=lambda code: Pool.objects.filter(code=code.lower()),
    code_of=lambda row: row.code, address_of=_pool_at, fields={"name": _("the name of the list")},
)  # fmt: skip
PARTNERSHIPS = records.Register(
    model=Partnership, title=_("Agreement"), reads="partner.see", code_of=lambda row: row.code, address_of=_partnership_at,
    with_code=lambda code: Partnership.objects.filter(code=code.lower()),
    fields={"terms": _("what was agreed"), "contact": _("how we are reached"), "their_contact": _("how they are reached")},
)  # fmt: skip
SHOWN = records.Register(
    model=Shown, title=_("A partner’s request"), reads="partner.look", code_of=lambda row: row.code, address_of=_shown_at,
    with_code=lambda code: Shown.objects.filter(code=code.lower()), fields={"skeleton": _("what is shown of who is sought")},
)  # fmt: skip
EXCHANGES = records.Register(
    model=Exchange, title=_("Private exchange"), reads="exchange.see", code_of=lambda row: row.code, address_of=_exchange_at,
    with_code=lambda code: Exchange.objects.filter(code=code.lower()),
    fields={"purpose": _("what for"), "secret": _("our secrets of it")},
)  # fmt: skip
EXCHANGE_PARTNERS = records.Register(
    model=ExchangePartner, title=_("Partner of private exchanges"), reads="exchange.see", code_of=lambda row: row.code,
    address_of=_exchange_partner_at, with_code=lambda code: ExchangePartner.objects.filter(code=code.lower()),
    fields={"name": _("what it is called"), "terms": _("what was agreed"), "address": _("where it is")},
)  # fmt: skip
HOUSE_KEYS = records.Register(
    model=HouseKey, title=_("Key of private exchanges"), reads="exchange.pin", code_of=lambda row: row.public[:8],
    address_of=lambda _row: reverse("exchanges:list"), with_code=lambda _code: HouseKey.objects.none(),
    fields={"secret": _("the secret of the key")},
)  # fmt: skip
#: what notices lead to: nobody types a code of these
WORDS = Quiet(
    model=WeeklyWord, title=_("Tracing request"), reads="tracing.own", with_code=lambda _code: WeeklyWord.objects.none(),
    code_of=lambda row: row.request.code, address_of=lambda row: _request_at(row.request), fields={"body": _("what was told")},
)  # fmt: skip
LETTERS = Quiet(
    model=Letter, title=_("A letter to read"), reads="tracing.read_letter", with_code=lambda _code: Letter.objects.none(),
    code_of=lambda row: f"{row.pk}"[:8], address_of=_letter_at, fields={"body": _("what the letter says")},
)  # fmt: skip
PLACES = Quiet(
    model=ReleasedPlace, title=_("Told to me as a lawyer"), reads="tracing.locate", address_of=_place_at,
    with_code=lambda _code: ReleasedPlace.objects.none(), code_of=lambda row: f"{row.pk}"[:8],
    fields={"address": _("where he is"), "facts": _("on what ground")},
)  # fmt: skip
for each in (WORDS, LETTERS, PLACES):
    records.declare(each)
records.declare(PARTNERSHIPS)
for another in (EXCHANGES, EXCHANGE_PARTNERS, HOUSE_KEYS):
    records.declare(another)
records.declare(SHOWN)
records.declare(REQUESTS)
records.declare(POOLS)
