"""How allauth signs people in here: no open sign-up, no letters of its own, our own pages."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hamroh.accounts import actions, devices, recency


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    """Sign-in: allauth's steps, our pages."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def get_login_stages(self) -> list[str]:
        return ["hamroh.accounts.adapters.SecondStep"]

    def post_login(self, request: HttpRequest, user: Any, *, redirect_url: str | None, **_kwargs: Any) -> HttpResponse:
        """The sign-in is complete: it is written down, and the device is known from now on."""
        shown = [record.get("type", record["method"]) for record in get_authentication_records(request, user)]
        actions.note_sign_in(actor=user, shown=shown)
        recency.note_confirmed(request)
        response = redirect(redirect_url or settings.LOGIN_REDIRECT_URL)
        devices.remember(request, response, user)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax",
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY, secure=settings.LANGUAGE_COOKIE_SECURE,
            )  # fmt: skip
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """A letter that names the house on a phone that others read can hurt: people see events on their own page."""


class SecondStep(AuthenticateStage):  # type: ignore[misc]  # untyped library
    """After the password: a code or a passkey, where the person has one."""

    urlname = "accounts:second-step"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not self._should_handle(self.request):
            return None, True
        self.state["authentication_required"] = True
        return redirect(self.urlname), True
