"""The page that holds a meeting without a line: the same for everybody, it knows nobody; and the door where telephones send."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from importlib.resources import files

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import limits
from hamroh.accounts.policy import Refused
from hamroh.groups import parcels
from hamroh.groups.actions import carrying
from hamroh.groups.models import Carried
from hamroh.groups.phonewords import words
from hamroh.groups.selectors import carriers
from hamroh.groups.views.telephones import COOKIE
from hamroh.web import logs

View = Callable[..., HttpResponse]
CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
#: of one telephone; of one address, for who guesses tokens
ASKING, GUESSING = limits.Limit("meeting", 60, 2), limits.Limit("meeting-token", 60, 20)
_FOLDER = "groups/phone/"
#: in the order in which they need each other
SCRIPTS = ("store.js", "lock.js", "record.js", "sending.js", "screens.js", "meeting.js")


def _kept() -> list[str]:
    """Every address that the page needs without a line."""
    fonts = [static(f"web/hamroh-{lang}.woff2") for lang in ("az", "tg")]
    return [
        reverse("meetings:phone"), static("web/hamroh.css"), static(f"{_FOLDER}phone.css"), *fonts,
        *(static(f"{_FOLDER}{name}") for name in SCRIPTS),
    ]  # fmt: skip


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page of the meeting. What it shows lies on the telephone itself."""
    del request
    context = {
        "lang": get_language(), "words": words(), "styles": [static("web/hamroh.css"), static(f"{_FOLDER}phone.css")],
        "scripts": [static(f"{_FOLDER}{name}") for name in SCRIPTS],
    }  # fmt: skip
    response = HttpResponse(render_to_string("groups/phone/page.html", context))
    response["Content-Security-Policy"] = CONTENT
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this path alone: which edition it is, and what it keeps."""
    del request
    kept = _kept()
    text = files("hamroh.groups").joinpath("static", _FOLDER, "worker.js").read_text(encoding="utf-8")
    whole = "".join([text, json.dumps(kept), json.dumps(words()), *map(_text_of, SCRIPTS), _text_of("phone.css")])
    edition = hashlib.sha256(whole.encode()).hexdigest()[:16]
    head = f"self.BUILD={json.dumps(edition)};self.FILES={json.dumps(kept)};\n"
    response = HttpResponse(head + text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = CONTENT
    return response


def _text_of(name: str) -> str:
    return files("hamroh.groups").joinpath("static", _FOLDER, name).read_text(encoding="utf-8")


def refusal(status: int, code: str) -> JsonResponse:
    return JsonResponse({"code": code}, status=status)


def of_telephone(view: View) -> View:
    """For a telephone that is known by its cookie; an unknown one is told 401, one that was called back 403."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, carried: str) -> HttpResponse:
        answer = _answer(request, view, carried)
        answer["X-Meeting"] = "1"
        return answer

    return answered


def _answer(request: HttpRequest, view: View, code: str) -> HttpResponse:
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.headers.get("X-Meeting") != "1" or site != "same-origin":
        return refusal(403, "not_from_here")
    row = carriers.telephone_of(code, request.COOKIES.get(COOKIE, ""))
    if row is None:
        return refusal(401, "unknown") if limits.take(GUESSING, limits.address(request)) else refusal(429, "too_many")
    if not limits.take(ASKING, row.code):
        return refusal(429, "too_many")
    with carriers.as_telephone(row):
        return _guarded(request, view, row)


def _guarded(request: HttpRequest, view: View, row: Carried) -> HttpResponse:
    try:
        return view(request, row)
    except carrying.NotTaken as fault:
        if fault.code in ("revoked", "no_right"):
            logs.security("device.revoked_asked", device=str(row.pk))
            carrying.note_seen(carried=row)
            return refusal(403, "revoked")
        return refusal(409, fault.code)
    except parcels.WillNotOpen as fault:
        return refusal(400, fault.code)
    except Refused:
        return refusal(403, "revoked")


@csrf_exempt
@of_telephone
@require_http_methods(["GET", "POST", "PUT", "DELETE"])
def api(request: HttpRequest, row: Carried) -> HttpResponse:
    """GET: is it still good; PUT: some days more; POST: what was recorded; DELETE: nothing is left on it."""
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > min(parcels.LARGEST, settings.BODY_MAX):
            return refusal(413, "too_large")
        return JsonResponse({"outcome": carrying.take_in(carried=row, body=request.body)}, status=201)
    if request.method == "PUT":
        return JsonResponse(carrying.renew(carried=row))
    if request.method == "DELETE":
        carrying.note_seen(carried=row, wiped=True)
        return JsonResponse({})
    carrying.require_alive(row)
    carrying.note_seen(carried=row)
    return JsonResponse({"expires": row.expires_at.isoformat()})
