"""The pages of the filler: one page that is the same for everybody and works without a line, and the page that brings a browser in."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import devices, policy
from hamroh.accounts.sealing import digest
from hamroh.fieldwork.actions import filling
from hamroh.fieldwork.actions.receiving import NotTaken
from hamroh.fieldwork.forms.filler import BringFile, BringIn
from hamroh.fieldwork.selectors import fillers
from hamroh.web.views import See

#: own scripts and the form engine's WebAssembly; its styles are set by script; nothing from outside, no frames
CONTENT = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
FEATURES = (
    "accelerometer=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), "
    "payment=(), usb=(), browsing-topics=()"
)
#: of the device's token: sent to the interface of the filler alone, and shown to no script
COOKIE, LASTS = "filler", 400 * 86_400
_FOLDER = "fieldwork/filler/"


@cache
def built() -> dict[str, Any]:
    """What the bundle is made of, as its build wrote it down."""
    text = files("hamroh.fieldwork").joinpath("static", _FOLDER, "built.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _named(start: str, ending: str) -> str:
    """The address of a file of the bundle: its name has its hash in it, so it is served under it as it is."""
    name = next(name for name in built()["files"] if name.startswith(f"{start}-") and name.endswith(ending))
    return f"{settings.STATIC_URL}{_FOLDER}{name}"


def _kept() -> list[str]:
    """Every address that the page needs without a line."""
    own = [f"{settings.STATIC_URL}{_FOLDER}{name}" for name in built()["files"] if not name.startswith("worker-")]
    fonts = [static(f"web/hamroh-{lang}.woff2") for lang in ("az", "tg")]
    return [
        reverse("filler:page"),
        static("web/hamroh.css"),
        *fonts,
        reverse("filler:manifest"),
        reverse("filler:icon"),
        *own,
    ]


@require_safe
def page(_request: HttpRequest) -> HttpResponse:
    """The page of the filler. It knows nobody: what it shows, the browser itself keeps."""
    context = {"lang": get_language(), "script": _named("main", ".js"), "style": _named("main", ".css")}
    response = HttpResponse(render_to_string("fieldwork/filler/page.html", context))
    response["Content-Security-Policy"] = CONTENT
    response["Permissions-Policy"] = FEATURES
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of this path: the built script, and before it which edition it is and what it keeps."""
    name = next(name for name in built()["files"] if name.startswith("worker-"))
    script = files("hamroh.fieldwork").joinpath("static", _FOLDER, name).read_text(encoding="utf-8")
    kept = _kept()
    head = f"self.BUILD={json.dumps(_edition(kept))};self.FILES={json.dumps(kept)};\n"
    response = HttpResponse(head + script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = CONTENT
    return response


def _edition(kept: list[str]) -> str:
    """Another bundle, stylesheet or page is another edition."""
    texts = [render_to_string("fieldwork/filler/page.html", {"lang": "en"}), *kept, built()["inputs"]]
    return digest("\n".join(texts))[:16]


@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a telephone needs to put the page on its home screen; the name says nothing of what is asked."""
    name, start = _("Forms"), reverse("filler:page")
    icons = [{"src": reverse("filler:icon"), "sizes": "any", "type": "image/svg+xml"}]
    told = {"id": start, "name": name, "short_name": name, "start_url": start, "scope": start, "display": "standalone"}
    colours = {"background_color": "#fbfaf6", "theme_color": "#1f4e79"}
    return JsonResponse({**told, **colours, "icons": icons}, content_type="application/manifest+json")


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """A sheet of paper: it does not say who asks."""
    return HttpResponse(render_to_string("fieldwork/filler/icon.svg"), content_type="image/svg+xml")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest) -> HttpResponseBase:
    """Bring this browser in: from then on it fetches forms and sends without anybody signed in, until it is revoked."""
    policy.require(request.user, "form.fill")
    organisations = fillers.organisations_to_fill_for(actor=request.user)
    name = devices.rough_name(request.META.get("HTTP_USER_AGENT", ""))
    form = BringIn(request.POST or None, organisations=organisations, initial={"label": name})
    if request.method != "POST" or not form.is_valid():
        return render(request, "fieldwork/filler/here.html", {"form": form}, status=422 if form.errors else 200)
    told = form.cleaned_data
    _device, token = filling.bring_in(actor=request.user, organisation=told["organisation"], label=told["label"])
    response = See(reverse("filler:page"))
    response.set_cookie(
        COOKIE, token, max_age=LASTS, path=reverse("filler:api"), httponly=True, samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """Take in a file of sealed forms that somebody carried here; the same file again changes nothing."""
    policy.require(request.user, "form.fill")
    form = BringFile(request.POST or None, request.FILES or None)
    brought = None
    if request.method == "POST" and form.is_valid():
        try:
            brought = filling.bring_file(actor=request.user, content=form.cleaned_data["file"].read())
        except NotTaken as fault:
            form.add_error("file", str(fault))
    context = {"form": form, "brought": brought}
    return render(request, "fieldwork/filler/bring.html", context, status=422 if form.errors else 200)
