"""One's own account: second factors, printed codes, password, sessions."""

from typing import Any

from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth import login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import actions, factors, forms, ownkey, recency, selectors
from hamroh.accounts.models import User
from hamroh.accounts.seeds import FactorAdapter
from hamroh.accounts.views import paths
from hamroh.vault import members
from hamroh.web import squares

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@paths.of_ones_own
def overview(request: Any, person: User) -> HttpResponseBase:
    """Everything on one page; for her who still lacks a second factor it says only what to do."""
    mine = factors.of(person)
    context = {
        "person": person,
        "passkeys": [(row, row.wrap().name) for row in mine.filter(type=factors.PASSKEY).order_by("created_at")],
        "app": mine.filter(type=factors.TOTP).first(),
        "printed": factors.printed_left(person),
        "must": factors.needs_second_factor(person),
        "held": bool(request.hold),
        "own_key": factors.needs_second_factor(person) or members.has_key(person.pk),
        "may_enrol": factors.may_enrol(request, person),
        "sessions": selectors.sessions_of(person),
        "here": request.session.digest,
        "next": paths.asked_for(request),
    }
    return render(request, "accounts/security.html", context)


def _may_add(request: Any, person: User) -> HttpResponseBase | None:
    """None where a factor may be added now; else where to go first."""
    if not factors.may_enrol(request, person):
        return redirect("accounts:security")
    if not request.hold and not request.session.get(factors.BY_LINK) and not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, request.path)
    return None


@require_form
@paths.of_ones_own
def add_app(request: Any, person: User) -> HttpResponseBase:
    """An authenticator app: a picture to scan, the same in letters, and its first code."""
    if first := _may_add(request, person):
        return first
    form, seed = forms.Code(request.POST or None), factors.new_seed(request)
    if form.is_valid():
        try:
            factor = actions.add_app(actor=person, seed=seed, code=form.cleaned_data["code"])
        except factors.NotAccepted:
            forms.say(form, forms.WRONG_CODE, "code")
        else:
            request.session.drop_secret(SECRET_SESSION_KEY)
            return _added(request, person, factor)
    drawing = squares.drawn(FactorAdapter().build_totp_url(person, seed), _("A picture for your app to scan"))
    letters = " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))
    return render(request, "accounts/add_app.html", {"form": form, "drawing": drawing, "letters": letters})


@require_form
@paths.of_ones_own
def add_passkey(request: Any, person: User) -> HttpResponseBase:
    """A passkey: the browser makes it; only this needs a script."""
    if first := _may_add(request, person):
        return first
    form = forms.PasskeyName(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"] or request.session.device or pgettext("door", "Passkey")
        try:
            factor = actions.add_passkey(actor=person, name=name, answer=paths.passkey_answer(request))
        except factors.NotAccepted:
            forms.say(form, forms.WRONG_PASSKEY)
        else:
            return _added(request, person, factor)
    return render(request, "accounts/add_passkey.html", {"form": form, "passkey": factors.offer_passkey(person)})


def _added(request: Any, person: User, factor: Any) -> HttpResponseBase:
    """The factor was shown to be hers: the session passes, and a first sheet of codes is printed."""
    factors.mark(request, factor)
    request.session.pop(factors.BY_LINK, None)
    recency.note_confirmed(request)
    if factors.printed_left(person) == 0:
        return _sheet(request, person)
    return redirect("accounts:security")


def _sheet(request: HttpRequest, person: User) -> HttpResponseBase:
    codes = [f"{code[:5]} {code[5:]}" for code in actions.print_codes(actor=person)]
    return render(request, "accounts/printed_codes.html", {"codes": codes, "person": person})


def _prove_first(request: Any) -> HttpResponseBase | None:
    """None where she is let in and has just shown who she is; else where to go first."""
    if request.hold:
        return redirect("accounts:security")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, reverse("accounts:security"))
    return None


@require_POST
@paths.of_ones_own
def print_codes(request: Any, person: User) -> HttpResponseBase:
    """A new sheet of codes, shown once."""
    if not factors.has_any(person):
        return redirect("accounts:security")
    if first := _prove_first(request):
        return first
    return _sheet(request, person)


@require_POST
@paths.of_ones_own
def remove_factor(request: Any, person: User, factor: int) -> HttpResponseBase:
    if first := _prove_first(request):
        return first
    found = factors.of(person).filter(pk=factor, type__in=(factors.TOTP, factors.PASSKEY)).first()
    if found is None:
        raise Http404
    if set(members.locks_of(person.pk)) == {ownkey.lock_of(found)}:
        return render(request, "accounts/key_last_lock.html", status=422)
    if not actions.remove_factor(actor=person, factor=found):
        return render(request, "accounts/last_factor.html", status=422)
    return redirect("accounts:security")


@require_form
@paths.of_ones_own
def password(request: Any, person: User) -> HttpResponseBase:
    """A new password, after showing who one is."""
    if request.hold:
        return redirect("accounts:security")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request)
    form = forms.NewPassword(request.POST or None, user=person)
    if form.is_valid():
        records = {name: request.session[name] for name in recency.PROOFS if name in request.session}
        actions.set_password(actor=person, password=form.cleaned_data["password"])
        request.session.flush()
        login(request, person)
        request.session.update(records)
        return redirect("accounts:security")
    return render(request, "accounts/password.html", {"form": form, "person": person})


@require_POST
@paths.of_ones_own
def end_session(request: Any, person: User) -> HttpResponseBase:
    """End one session, or all others; the address of one is the head of its hash."""
    one = request.POST.get("session", "")
    if one and len(one) < 16:
        raise Http404
    if first := _prove_first(request):
        return first
    actions.end_sessions(actor=person, digest=one, spare="" if one else request.session.digest)
    return redirect("accounts:security")


@require_POST
@paths.of_ones_own
def sign_out_everywhere(request: Any, person: User) -> HttpResponseBase:
    """End every session, this one too, and let no device be known any more."""
    if first := _prove_first(request):
        return first
    actions.end_sessions(actor=person)
    return paths.left(redirect("accounts:sign-in"))
