"""Who is there right now? Asked again before what is most sensitive is shown or leaves the house."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

CONFIRMED_AT = "confirmed_at"
#: what a session knows of how its person showed who she is
PROOFS = (AUTHENTICATION_METHODS_SESSION_KEY, f"{AUTHENTICATION_METHODS_SESSION_KEY}_user", CONFIRMED_AT)
WITHIN = timedelta(minutes=5)
View = Callable[..., HttpResponseBase]


def note_confirmed(request: HttpRequest) -> None:
    """The person has just shown who she is: the session gets a new id, so that only her browser knows it from now on."""
    request.session[CONFIRMED_AT] = time.time()
    request.session.renew()  # type: ignore[attr-defined]


def recently_confirmed(request: HttpRequest, within: timedelta = WITHIN) -> bool:
    """Has the person of this session shown within the last minutes that it is she who sits there?"""
    return bool(time.time() - request.session.get(CONFIRMED_AT, 0) < within.total_seconds())


def ask_to_confirm(request: HttpRequest, back_to: str = "") -> HttpResponseBase:
    """Send to the page that asks, and from there back."""
    there = back_to or (request.get_full_path() if request.method == "GET" else request.path)
    return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': there})}")


def confirmed(within: timedelta = WITHIN) -> Callable[[View], View]:
    """A view for reveal and export: it asks first where nobody has confirmed within the last minutes."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not recently_confirmed(request, within):
                return ask_to_confirm(request)
            return view(request, *args, **kwargs)

        return asked

    return decorate
