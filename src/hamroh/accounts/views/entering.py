"""Signing in and out: the one login door."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hamroh.accounts import actions, factors, forms, limits, recency, selectors, watch
from hamroh.accounts.adapters import SecondStep as SecondStage
from hamroh.accounts.middleware import HELP, LOCKED, SECOND_STEP
from hamroh.accounts.models import User
from hamroh.accounts.views import paths

Guarded = method_decorator([never_cache, sensitive_post_parameters("password", "code", "credential")], name="dispatch")


@Guarded
class SignIn(View):
    """User name and password, or a passkey; in a demonstration a click."""

    def get(self, request: Any) -> HttpResponse:
        if request.hold:
            return paths.to(HELP[request.hold], request)
        if request.user.is_authenticated:
            return redirect(paths.onward(request))
        return _sign_in_page(request, forms.SignIn())

    def post(self, request: Any) -> HttpResponse:
        if request.hold:
            logout(request)
        form = forms.SignIn(request.POST)
        if form.is_valid():
            name, password = form.cleaned_data["username"], form.cleaned_data["password"]
            if not limits.may_try_password(request, name):
                watch.note("sign_in_limited", name=watch.hashed(name))
                forms.say(form, forms.TOO_MANY)
            elif (user := authenticate(request, username=name, password=password)) is not None:
                return enter(request, user)
            else:
                watch.note("sign_in_failed", name=watch.hashed(name))
                forms.say(form, forms.WRONG)
        return _sign_in_page(request, form)


def _sign_in_page(request: HttpRequest, form: forms.SignIn) -> HttpResponse:
    houses = selectors.demo_houses() if factors.is_waived(request) else ()
    return render(
        request, "accounts/sign_in.html",
        {"form": form, "next": paths.asked_for(request), "houses": houses, "mail": bool(settings.EMAIL_HOST_SET)},
    )  # fmt: skip


def enter(request: HttpRequest, user: Any) -> HttpResponse:
    """Through the steps of allauth: the second one where the person has a factor, then in."""
    entering = Login(user=user, redirect_url=paths.onward(request))
    response: HttpResponse = perform_password_login(request, {"username": user.username}, entering)
    return response


@Guarded
class Passkey(View):
    """Sign in by a passkey alone: it is something one has, opened by a finger, a face or a PIN."""

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 - Django's signature
        return JsonResponse(factors.ask_for_passkey())

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            if not limits.may_try_passkey(request):
                watch.note("proof_limited", proof="passkey")
                return self._again(request, forms.TOO_MANY)
            factor = factors.check_passkey(paths.passkey_answer(request))
        except factors.NotAccepted:
            watch.note("proof_failed", proof="passkey")
            return self._again(request, forms.WRONG_PASSKEY)
        if request.hold:  # type: ignore[attr-defined]
            logout(request)
        factors.mark(request, factor, passwordless=True)
        response: HttpResponse = perform_login(request, Login(user=factor.user, redirect_url=paths.onward(request)))
        return response

    def _again(self, request: HttpRequest, fault: Any) -> HttpResponse:
        form = forms.SignIn(data={})
        form.full_clean()
        form.errors.clear()
        forms.say(form, fault)
        return _sign_in_page(request, form)


@Guarded
class SecondStep(View):
    """The second factor after the password: a code, or a passkey."""

    def get(self, request: Any) -> HttpResponse:
        user = self._person(request)
        return self._page(request, user, forms.Code()) if user else paths.to("accounts:sign-in", request)

    def post(self, request: Any) -> HttpResponse:
        user = self._person(request)
        if user is None:
            return paths.to("accounts:sign-in", request)
        form = forms.Code(request.POST)
        try:
            factor = self._shown(request, user, form)
        except factors.NotAccepted as fault:
            forms.say(form, fault.args[0], None if "credential" in request.POST else "code")
        else:
            if factor is not None:
                return self._in(request, factor)
        return self._page(request, user, form)

    def _person(self, request: Any) -> User | None:
        stage = self._stage(request)
        if stage is not None:
            user: User = stage.login.user
            return user
        return request.held_user if request.hold == SECOND_STEP else None

    def _stage(self, request: HttpRequest) -> Any:
        return LoginStageController.enter(request, SecondStage.key)

    def _shown(self, request: HttpRequest, user: User, form: forms.Code) -> Any:
        """The factor that was shown; None where the form is not filled in."""
        if "credential" in request.POST:
            form.errors.clear()
            return shown_passkey(request, user)
        return shown_code(request, user, form.cleaned_data["code"]) if form.is_valid() else None

    def _in(self, request: Any, factor: Any) -> HttpResponse:
        stage = self._stage(request)
        factors.mark(request, factor)
        if stage is not None:
            response: HttpResponse = stage.exit()
            return response
        actions.note_sign_in(actor=request.held_user, shown=[str(factor.type)])
        recency.note_confirmed(request)
        return redirect(paths.onward(request))

    def _page(self, request: HttpRequest, user: User, form: forms.Code) -> HttpResponse:
        return render(
            request, "accounts/second_step.html",
            {"form": form, "next": paths.asked_for(request), **ways(user, ask=True)},
        )  # fmt: skip


def ways(user: User, *, ask: bool) -> dict[str, Any]:
    """Which ways a person has, and what her browser needs to ask for a passkey."""
    kinds = set(factors.of(user).values_list("type", flat=True))
    passkey = factors.ask_for_passkey(user) if ask and factors.PASSKEY in kinds else None
    return {"has_app": factors.TOTP in kinds, "has_printed": factors.PRINTED in kinds, "passkey": passkey}


def shown_code(request: HttpRequest, user: User, code: str, *, printed: bool = True) -> Any:
    if not limits.may_try_code(request, user):
        watch.note("proof_limited", user=user.pk, proof="code")
        raise factors.NotAccepted(forms.TOO_MANY)
    try:
        return factors.check_code(user, code, printed=printed)
    except factors.NotAccepted as error:
        watch.note("proof_failed", user=user.pk, proof="code")
        raise factors.NotAccepted(forms.WRONG_CODE) from error


def shown_passkey(request: HttpRequest, user: User) -> Any:
    if not limits.may_try_passkey(request):
        watch.note("proof_limited", user=user.pk, proof="passkey")
        raise factors.NotAccepted(forms.TOO_MANY)
    try:
        return factors.check_passkey(paths.passkey_answer(request), user)
    except factors.NotAccepted as error:
        watch.note("proof_failed", user=user.pk, proof="passkey")
        raise factors.NotAccepted(forms.WRONG_PASSKEY) from error


@Guarded
class Confirm(View):
    """Who is there? Opens a locked screen, and is asked again before what is most sensitive."""

    def get(self, request: Any) -> HttpResponse:
        user = self._person(request)
        return self._page(request, user, self._form(request, user)) if user else paths.to("accounts:sign-in", request)

    def post(self, request: Any) -> HttpResponse:
        user = self._person(request)
        if user is None:
            return self._told(request, 401, "") or paths.to("accounts:sign-in", request)
        if not limits.take(limits.CONFIRM, request.session.digest):
            watch.note("ended_by_guesses", user=user.pk)
            logout(request)
            return self._told(request, 401, "") or paths.to("accounts:sign-in", request)
        form = self._form(request, user, request.POST)
        fault = self._fault(request, user, form)
        if not fault:
            limits.refill(limits.CONFIRM, request.session.digest)
            request.session.unlock()
            recency.note_confirmed(request)
            return self._told(request, 204, "") or redirect(paths.onward(request))
        forms.say(form, fault)
        return self._told(request, 422, str(fault)) or self._page(request, user, form)

    def _person(self, request: Any) -> User | None:
        return paths.who(request) if request.hold in ("", LOCKED) else None

    def _by_code(self, request: HttpRequest, user: User) -> bool:
        asked = request.POST.get("with") or request.GET.get("with")
        return asked == "code" or not user.has_usable_password()

    def _form(self, request: HttpRequest, user: User, data: Any = None) -> forms.Code | forms.Password | forms.Click:
        if factors.by_click(request, user):
            return forms.Click(data)
        return forms.Code(data) if self._by_code(request, user) else forms.Password(data)

    def _fault(self, request: HttpRequest, user: User, form: Any) -> Any:
        """What was wrong, in words; empty when it is she."""
        try:
            if "credential" in request.POST:
                form.errors.clear()
                shown_passkey(request, user)
            elif factors.by_click(request, user):
                return ""
            elif not form.is_valid():
                form.errors.clear()
                return forms.WRONG_CODE if self._by_code(request, user) else forms.WRONG_PASSWORD
            elif self._by_code(request, user):
                shown_code(request, user, form.cleaned_data["code"], printed=False)
            elif not user.check_password(form.cleaned_data["password"]):
                watch.note("proof_failed", user=user.pk, proof="password")
                return forms.WRONG_PASSWORD
        except factors.NotAccepted as fault:
            return fault.args[0]
        return ""

    def _told(self, request: HttpRequest, status: int, message: str) -> HttpResponse | None:
        """A short answer for the script that covers the page; None where a page is wanted."""
        if request.headers.get("Accept") != "application/json":
            return None
        return HttpResponse(status=204) if status == 204 else JsonResponse({"message": message}, status=status)

    def _page(self, request: Any, user: User, form: Any) -> HttpResponse:
        context = {
            "form": form, "next": paths.asked_for(request), "locked": request.hold == LOCKED, "person": user,
            "by_code": self._by_code(request, user), "has_password": user.has_usable_password(),
            "by_click": factors.by_click(request, user),
            **ways(user, ask=True),
        }  # fmt: skip
        return render(request, "accounts/confirm.html", context)


@require_POST
def lock(request: Any) -> HttpResponse:
    """Cover the screen: the session stays, but lets nobody in until the person shows who she is."""
    if paths.who(request) is not None:
        request.session.pop(recency.CONFIRMED_AT, None)
        request.session.lock()
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return paths.to("accounts:confirm", request)


@require_POST
def here(request: Any) -> HttpResponse:
    """A sign of life from a page on which somebody types; says whether the session still lets her in."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """Become one of the demonstration's people."""
    person = selectors.demo_person(request.POST.get("username", "")) if factors.is_waived(request) else None
    if person is None:
        raise Http404
    logout(request)
    login(request, person)
    recency.note_confirmed(request)
    actions.note_sign_in(actor=person, shown=["demo"])
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if person := paths.who(request):
        watch.note("sign_out", user=person.pk)
    clear_login(request)
    logout(request)
    return paths.left(redirect(settings.LOGOUT_REDIRECT_URL))
