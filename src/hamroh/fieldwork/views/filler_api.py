"""The interface of the filler: a browser that was brought in fetches forms and posts sealed packages. It reads nothing back."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import limits, policy
from hamroh.fieldwork import packages
from hamroh.fieldwork.actions import filling, receiving
from hamroh.fieldwork.models import Device, FormVersion
from hamroh.fieldwork.selectors import fillers
from hamroh.fieldwork.views.filler import COOKIE
from hamroh.web import logs

View = Callable[..., HttpResponse]
#: of one device: a day's forms at once, then one every two seconds; of one address: who guesses tokens gets no further
ASKING, GUESSING = limits.Limit("filler", 300, 2), limits.Limit("filler-token", 60, 20)
#: bytes of one request with all its parts
LARGEST = 24 * 2**20
_PART = re.compile(r"part-(\d{1,2})")


def refusal(status: int, code: str, says: str = "") -> JsonResponse:
    return JsonResponse({"code": code, "says": says}, status=status)


def of_device(view: View) -> View:
    """For a browser that is known by its cookie: one never brought in is told 401, a revoked one 403.

    Every answer says that it is ours: a page that a line gives instead, asking to pay, must not be taken for a form.
    """

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, **parts: Any) -> HttpResponse:
        answer = _answer(request, view, parts)
        answer["X-Filler"] = "1"
        return answer

    return answered


def _answer(request: HttpRequest, view: View, parts: dict[str, Any]) -> HttpResponse:
    if not _is_own(request):
        return refusal(403, "not_from_here")
    device = fillers.browser_of(request.COOKIES.get(COOKIE, ""))
    if device is None:
        tried = limits.take(GUESSING, limits.address(request))
        return refusal(401, "unknown") if tried else refusal(429, "too_many")
    if device.revoked_at is not None or not device.holder.is_active:
        logs.security("device.revoked_asked", device=str(device.pk))
        return refusal(403, "revoked")
    if not limits.take(ASKING, device.code):
        return refusal(429, "too_many")
    with fillers.as_device(device):
        return view(request, device, **parts)


def _is_own(request: HttpRequest) -> bool:
    """Only our own page may ask: a header that no form of another site can send, and what the browser itself says."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("X-Filler") == "1" and site == "same-origin"


@require_safe
def root(_request: HttpRequest) -> HttpResponse:
    """There is nothing at the interface itself; its address is where the cookie belongs."""
    return refusal(404, "nothing_here")


@of_device
@require_safe
def device(_request: HttpRequest, asking: Device) -> HttpResponse:
    """Who the browser is, and the key to which it seals."""
    receiving.note_seen(device=asking)
    key = filling.ensure_key(organisation=asking.organisation)
    return JsonResponse({"code": asking.code, "label": asking.label, "key": {"code": key.code, "public": key.public}})


@of_device
@require_safe
def forms(_request: HttpRequest, asking: Device) -> HttpResponse:
    """The forms that are open for its holder."""
    rows = fillers.forms_of(asking)
    files = fillers.beside(rows)
    return JsonResponse({"forms": [_told(row, files.get(row.pk, [])) for row in rows]})


def _told(row: FormVersion, files: list[fillers.Beside]) -> dict[str, Any]:
    media = [{"id": str(each.id), "name": each.name, "kind": each.kind, "mark": each.mark} for each in files]
    head = {"id": str(row.pk), "form": row.form.form_id, "version": row.version, "md5": row.md5}
    return {**head, "titles": row.form.titles, "media": media}


@of_device
@require_safe
def form(_request: HttpRequest, asking: Device, version: UUID) -> HttpResponse:
    row = fillers.form_of(asking, version)
    return HttpResponse(row.xml, content_type="text/xml; charset=utf-8") if row else refusal(404, "form_unknown")


@of_device
@require_safe
def media(_request: HttpRequest, asking: Device, media: UUID) -> HttpResponse:
    """A list or picture of a form; the browser keeps it sealed and shows it within the form alone."""
    content = fillers.content_of(asking, media)
    if content is None:
        return refusal(404, "media_unknown")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@csrf_exempt
@of_device
@require_POST
def package(request: HttpRequest, asking: Device) -> HttpResponse:
    """Take one package in; the same one again is answered alike, so that a device that heard nothing may send it again."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > min(LARGEST, settings.BODY_MAX):
        return refusal(413, "too_large")
    try:
        head = packages.head_of(request.POST.get("head", ""))
        receipt = filling.take_package(device=asking, head=head, parts=_parts(request))
    except packages.WillNotOpen as fault:
        return refusal(400, fault.code)
    except receiving.NotTaken as fault:
        return refusal(fault.status if fault.status != 403 else 409, fault.code, str(fault))
    except policy.Refused:
        return refusal(409, "no_right")
    receiving.note_seen(device=asking)
    return JsonResponse({"outcome": receipt.outcome}, status=201)


def _parts(request: HttpRequest) -> dict[int, bytes]:
    """Parts by their numbers; what is called otherwise is let go."""
    found: dict[int, bytes] = {}
    for name, file in request.FILES.items():
        called = _PART.fullmatch(name)
        if called and hasattr(file, "read"):
            found[int(called[1])] = file.read()
    return found
