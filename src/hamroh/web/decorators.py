"""What a view says about the reader's safety."""

import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise

View = Callable[..., HttpResponseBase]
#: Carries the same through an address for browsers that keep no cookies.
MARKER = "go"


class Broken(RuntimeError):
    """A fault on a page that takes words; it tells kind and place of the fault and never quotes what was typed."""

    quotes_nothing = True


def seen() -> str:
    """The cookie that is set once the way out was explained: it says nothing of what was read and goes when the browser closes."""
    return "__Host-seen" if settings.SESSION_COOKIE_SECURE else "seen"


def exit_button(view: View) -> View:
    """The page shows *Exit this page*."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.exit_button = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return shown


def sensitive(*, title: str | Promise) -> Callable[[View], View]:
    """A page about help or rights: kept nowhere, sends no referrer, bears a neutral ``title``, shows the way out.

    A browser that comes for the first time meets a page that explains the way out; other clients are not stopped.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.exit_button = True  # type: ignore[attr-defined]
            request.neutral_title = title  # type: ignore[attr-defined]
            response = _interruption(request) if _is_first(request) else view(request, *args, **kwargs)
            return _traceless(request, response)

        return guarded

    return decorate


def wordless(view: View) -> View:
    """Messages of faults may quote what they could not read, and faults are logged: only their kind and place pass."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - every fault, since any message may quote
            at = traceback.extract_tb(error.__traceback__)[-1]
            fault = Broken(f"{type(error).__name__} in {at.name}, line {at.lineno} of {Path(at.filename).name}")
        raise fault

    return guarded


def _is_first(request: HttpRequest) -> bool:
    if request.method != "GET" or "text/html" not in request.headers.get("Accept", ""):
        return False
    return not (seen() in request.COOKIES or MARKER in request.GET or _comes_from_a_sensitive_page(request))


def _comes_from_a_sensitive_page(request: HttpRequest) -> bool:
    """Only those pages send no referrer to our own: so the way goes on where cookies are off."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin" and "Referer" not in request.headers


def _interruption(request: HttpRequest) -> HttpResponse:
    onward = request.GET.copy()
    onward[MARKER] = "1"
    return render(request, "web/before_you_go_on.html", {"onward": f"{request.path}?{onward.urlencode()}"})


def _traceless(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ("Cookie",))
    if MARKER in request.GET and isinstance(response, HttpResponse):
        response.set_cookie(seen(), "1", httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE))
    return response
