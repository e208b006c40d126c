"""Files of the aid standard, for any program: of all organisations that publish here, or of one."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from hamroh.accounts import rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.projects.exchange import iati_files

TYPE = "application/xml; charset=utf-8"
#: what is taken back is gone for everybody within this time
KEPT_FOR = "public, max-age=60"


def _served(request: HttpRequest, make: Callable[..., bytes | None], houses: Iterable[Organisation]) -> HttpResponse:
    with rowsecurity.opened_for_all():
        body = make(houses, timezone.now().date())
    if body is None:
        raise Http404
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    answer = HttpResponse(body, content_type=TYPE)
    answer.headers["ETag"], answer.headers["Cache-Control"], answer.headers["Access-Control-Allow-Origin"] = (
        etag,
        KEPT_FOR,
        "*",
    )
    found: Any = get_conditional_response(request, etag=etag, response=answer)
    return found  # type: ignore[no-any-return]


@require_safe
def activities(request: HttpRequest, house: str = "") -> HttpResponse:
    """Public projects as activities."""
    return _served(request, iati_files.activities, _houses(house))


@require_safe
def organisations(request: HttpRequest, house: str = "") -> HttpResponse:
    """The organisations whose projects are public."""
    return _served(request, iati_files.organisations, _houses(house))


def _houses(code: str) -> list[Organisation]:
    found = list(Organisation.objects.filter(code=code) if code else Organisation.objects.order_by("code"))
    if not found:
        raise Http404
    return found
