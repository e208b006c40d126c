"""Where letters go: one's own address, shown to be hers by a code that is sent there."""

import hmac
import json
import secrets
import time
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hamroh.accounts import actions, forms, limits, recency, watch
from hamroh.accounts.models import User
from hamroh.accounts.views import paths

#: what waits in the session, sealed: the new address, its code, until when
WAITS, LASTS, DIGITS = "new-address", 900, 8


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@paths.of_ones_own
def address(request: Any, person: User) -> HttpResponseBase:
    """Say the new address, then type the code that came there; the letters say no more than that."""
    if request.hold:
        return redirect("accounts:security")
    if not settings.EMAIL_HOST_SET:
        return render(request, "accounts/address.html", {"person": person})
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, request.path)
    return _take_code(request, person) if "code" in request.POST else _take_address(request, person)


def _take_address(request: Any, person: User) -> HttpResponseBase:
    form = forms.Address(request.POST or None)
    if form.is_valid():
        if not limits.take(limits.LETTER, str(person.pk)):
            forms.say(form, _("Too many letters were asked for. Wait an hour."))
        elif not _send_code(request, form.cleaned_data["email"]):
            forms.say(form, _("The letter could not be sent. Look at the address and try again."))
        else:
            return _page(request, person, forms.Code(), waits=True)
    return _page(request, person, form)


def _send_code(request: Any, email: str) -> bool:
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    told = {"email": email, "code": code, "until": time.time() + LASTS}
    request.session.put_secret(WAITS, json.dumps(told).encode())
    return _sent(_("Your code"), code, email)


def _take_code(request: Any, person: User) -> HttpResponseBase:
    form, kept = forms.Code(request.POST), request.session.get_secret(WAITS)
    waits: dict[str, Any] = json.loads(kept) if kept else {"code": "", "until": 0}
    typed = form.cleaned_data["code"].replace(" ", "") if form.is_valid() else ""
    tried = limits.may_try_code(request, person)
    if not (tried and time.time() < waits["until"] and hmac.compare_digest(typed.encode(), waits["code"].encode())):
        watch.note("proof_failed" if tried else "proof_limited", user=person.pk, proof="address")
        form.errors.clear()
        forms.say(form, _("The code does not fit, or is too old. Type it again, or begin anew."))
        return _page(request, person, form, waits=True)
    before = person.email
    request.session.drop_secret(WAITS)
    actions.set_email(actor=person, user=person, email=waits["email"])
    if before and before != waits["email"]:
        words = _("Letters no longer come to this address. If you did not ask for that, tell your administrator.")
        _sent(_("Your address"), words, before)
    return redirect("accounts:security")


def _sent(subject: str, words: str, to: str) -> bool:
    """A letter that names nobody and nothing; whether the relay took it."""
    try:
        return bool(send_mail(subject, words, None, [to]))
    except (OSError, SMTPException):
        return False


def _page(request: Any, person: User, form: Any, *, waits: bool = False) -> HttpResponseBase:
    context = {"form": form, "person": person, "mail": True, "waits": waits}
    return render(request, "accounts/address.html", context, status=422 if form.errors else 200)
