"""Where to go on, and whose page it is."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from hamroh.accounts.middleware import ENROL, HELP
from hamroh.accounts.models import User


def asked_for(request: HttpRequest) -> str:
    """The page that was asked for before the door, if it is one of ours."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if own else ""


def onward(request: HttpRequest) -> str:
    return asked_for(request) or str(settings.LOGIN_REDIRECT_URL)


def to(name: str, request: HttpRequest) -> HttpResponse:
    """To another page of the door, which knows where to go on from there."""
    return redirect(with_next(name, asked_for(request)))


def with_next(name: str, there: str) -> str:
    return f"{reverse(name)}{'?' + urlencode({'next': there}) if there else ''}"


def left(response: HttpResponse) -> HttpResponse:
    """The answer to a sign-out: the browser forgets what staff saw and the form token.

    Copies in its cache alone: the device must stay known, or strangers' guesses could shut its owner out, and a page of help
    that somebody chose to keep on this browser is not ours to take without a word. Staff pages store nothing else there.
    """
    response["Clear-Site-Data"] = '"cache"'
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
    return response


def of_ones_own(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page about one's own account: also for her who still has to bring a second factor."""

    @never_cache
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.hold == ENROL:
            return view(request, request.held_user, *args, **kwargs)
        if request.hold:
            return redirect(f"{reverse(HELP[request.hold])}?{urlencode({'next': request.path})}")
        if not request.user.is_authenticated:
            return redirect(f"{reverse('accounts:sign-in')}?{urlencode({'next': request.path})}")
        return view(request, request.user, *args, **kwargs)

    return guarded


def passkey_answer(request: HttpRequest, field: str = "credential") -> Any:
    """What the browser's passkey said; None where it is no such thing."""
    try:
        answer = json.loads(request.POST.get(field, ""))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def who(request: Any) -> User | None:
    """The person of this session, let in or held at the door."""
    user: User | None = request.held_user or (request.user if request.user.is_authenticated else None)
    return user
