"""The interface by which two installations exchange: not for people. Who is not a partner is answered as if there were nothing."""

import json
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamroh.accounts import limits, rowsecurity
from hamroh.tracing.actions import exchangeline as actions
from hamroh.tracing.actions.exchangekeys import ExchangeRefused
from hamroh.tracing.exchanging import parts, wire
from hamroh.tracing.models import PART, ExchangePartner

#: requests of one key: a file of 160 MB at once, then a part a second
OFTEN = limits.Limit("exchange", 400, 1)


@never_cache
@csrf_exempt  # signed by the partner's key, without any cookie
@require_http_methods(["GET", "PUT"])
def line(request: HttpRequest, to: str, number: str, kind: str) -> HttpResponse:
    """A part of a file of an exchange: which one lacks, here it is, give me one."""
    body = _body(request)
    sender = wire.signer(
        request.headers.get("Authorization", ""), wire.Asked(request.method or "", request.get_full_path(), body)
    )
    with rowsecurity.opened_for_all():
        partner = actions.partner_of(to, sender) if sender else None
    if partner is None:
        raise Http404
    if not limits.take(OFTEN, sender):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    with rowsecurity.opened_for({partner.organisation_id}):
        return _answer(request, partner, number, kind, body)


def _body(request: HttpRequest) -> bytes:
    """What came, if it is no longer than a part may be."""
    told = request.headers.get("Content-Length") or "0"
    if not told.isdecimal() or int(told) > PART:
        raise Http404
    return request.read(PART) if request.method == "PUT" else b""


def _answer(request: HttpRequest, partner: ExchangePartner, number: str, kind: str, body: bytes) -> HttpResponse:
    part, whole = (_number(request.GET.get(name, "")) for name in ("part", "whole"))
    try:
        if request.method == "PUT":
            return _next(
                actions.take_part(
                    partner=partner, number=number, kind=kind, part=part or 0, whole=whole or 0, content=body
                )
            )
        if kind != parts.ANSWER:
            return _next(actions.lacks(partner=partner, number=number, kind=kind))
        content, length = actions.give_part(partner=partner, number=number, part=part or 0)
    except actions.Waits:
        return HttpResponse(status=HTTPStatus.ACCEPTED)
    except actions.Over:
        return HttpResponse(status=HTTPStatus.GONE)
    except (parts.Misfit, ExchangeRefused):
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    headers = {"X-Hamroh-Whole": str(length)}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def _next(part: int) -> HttpResponse:
    return HttpResponse(json.dumps({"next": part}), content_type="application/json")


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 10 else None
