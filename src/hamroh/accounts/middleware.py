"""Between signed in and let in: the screen lock, the second factor, and that nothing of a desk stays in a cache."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from hamroh.accounts import devices, factors, watch
from hamroh.accounts.models import User
from hamroh.web import logs

#: why somebody who signed in is not let in -> the page that helps
LOCKED, SECOND_STEP, ENROL = "locked", "second-step", "enrol"
HELP = {LOCKED: "accounts:confirm", SECOND_STEP: "accounts:second-step", ENROL: "accounts:security"}


class Threshold:
    """A session that is locked, or lacks the second factor that its person needs, counts as nobody's.

    Every page then shows what a visitor sees; only the pages that help her over the threshold know her, as
    ``request.held_user``, with the reason in ``request.hold``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.hold, request.held_user = "", None  # type: ignore[attr-defined]
        request.session.device = devices.rough_name(request.META.get("HTTP_USER_AGENT", ""))  # type: ignore[attr-defined]
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if signed_in:
            self._weigh(request)
        with logs.about_request(whence=lambda: watch.whence(request)):
            response = self.get_response(request)
        if signed_in:
            response.headers.setdefault("Cache-Control", "no-store")
        return _whole_page(request, response)

    def _weigh(self, request: HttpRequest) -> None:
        user = request.user
        assert isinstance(user, User)
        hold = hold_of(request, user)
        if not hold:
            request.session.touch()  # type: ignore[attr-defined]
            return
        request.hold, request.held_user = hold, user  # type: ignore[attr-defined]
        request.user = AnonymousUser()


def hold_of(request: HttpRequest, user: User) -> str:
    """Why this person is not let in yet; empty when she is."""
    if request.session.locked:  # type: ignore[attr-defined]
        return LOCKED
    if factors.passed(request, user) or factors.is_waived(request) or not factors.needs_second_factor(user):
        return ""
    return SECOND_STEP if factors.has_any(user) else ENROL


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A part of a page that may no longer be loaded sends the whole page to the door."""
    to = response.headers.get("Location", "")
    if request.headers.get("HX-Request") and response.status_code == 302 and to.startswith(reverse("accounts:sign-in")):
        return HttpResponseClientRedirect(to)
    return response
