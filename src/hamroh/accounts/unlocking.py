"""What a locating record answers while it does not open: a question to its member, and nothing that she typed is lost."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import get_resolver, get_urlconf, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect

from hamroh.accounts import key_forms, ownkey
from hamroh.accounts.views import ownkey as pages
from hamroh.accounts.views import paths
from hamroh.vault import members
from hamroh.vault.errors import (
    DrillNeeded,
    KeyDestroyed,
    KeyRenewed,
    MemberLocked,
    NoOwnKey,
    NotAMember,
    Tampered,
    VaultError,
)
from hamroh.web import logs

#: of a form that is shown again nothing of this is repeated: each time it is new
NOT_REPEATED = {"csrfmiddlewaretoken", *pages.OPENING_FIELDS}


class OwnKey:
    """Offers the vault the key that lies open in the session, taken out only once something asks for it.

    Where it is shut, reading leads to the page that opens it and back; a form comes back whole beside the question, so that the
    answer opens the key and sends the form in one step.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with members.offered(lambda: ownkey.private_key(request), user_id=request.user.pk):
            return self.get_response(request)

    def process_view(self, request: Any, view: Any, *_arguments: Any) -> HttpResponseBase | None:
        """A form that was held back comes again with what opens the key.

        Views that check their token themselves read their form themselves, too: it is not touched before.
        """
        if getattr(view, "csrf_exempt", False) or not pages.is_answer(request):
            return None
        if request.path == reverse("accounts:open-key"):
            return None
        return _answered(request) if request.user.is_authenticated else None

    def process_exception(self, request: Any, fault: Exception) -> HttpResponseBase | None:
        if not isinstance(fault, VaultError):
            return None
        if isinstance(fault, NotAMember):
            return _as_if_missing(request)
        answer = next((say for kind, say in ANSWERS if isinstance(fault, kind)), None)
        return answer(request, fault) if answer else None


@sensitive_post_parameters(*pages.OPENING_FIELDS)
def _answered(request: Any) -> HttpResponseBase | None:
    form = key_forms.Open(request.POST)
    return None if pages.opened(request, request.user, form) else _held_back(request, "shut", form=form, status=422)


def _as_if_missing(request: HttpRequest) -> HttpResponseBase:
    """Who is no member learns nothing, not even that there is something to unlock."""
    missing: Any = get_resolver(get_urlconf()).resolve_error_handler(404)
    answer: HttpResponseBase = missing(request, Http404())
    return answer


def _shut(request: Any, _fault: Exception) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect(paths.with_next("accounts:sign-in", request.path))
    if not members.has_key(request.user.pk):
        return _elsewhere(request, "accounts:own-key", "none")
    return _elsewhere(request, "accounts:open-key", "shut")


def _without_key(request: Any, fault: Any) -> HttpResponseBase:
    """She herself makes a key now; for somebody else there is nothing to do but tell her."""
    if fault.user_id == request.user.pk:
        return _elsewhere(request, "accounts:own-key", "none")
    return _held_back(request, "other")


def _renewed(request: Any, _fault: Exception) -> HttpResponseBase:
    return _elsewhere(request, "accounts:lost-key", "renewed")


def _drill(request: Any, _fault: Exception) -> HttpResponseBase:
    return _held_back(request, "drill")


def _changed(request: Any, fault: Exception) -> HttpResponseBase:
    """Somebody wrote to the tables: nothing is built on that, and who watches over the installation hears of it."""
    logs.security("vault.tampered", user=request.user.pk, what=str(fault))
    return _held_back(request, "changed")


def _erased(request: Any, _fault: Exception) -> HttpResponseBase:
    return render(request, "accounts/erased.html", status=410)


#: what the vault said, the more special first, and the answer to it
ANSWERS: tuple[tuple[type[VaultError], Callable[[Any, Any], HttpResponseBase]], ...] = (
    (NoOwnKey, _without_key),
    (KeyRenewed, _renewed),
    (MemberLocked, _shut),
    (DrillNeeded, _drill),
    (KeyDestroyed, _erased),
    (Tampered, _changed),
)


def _elsewhere(request: Any, page: str, why: str) -> HttpResponseBase:
    """Reading goes to the page that helps and comes back; a form is kept and comes back with the question."""
    if request.method not in ("GET", "HEAD"):
        return _held_back(request, why, form=key_forms.Open() if why == "shut" else None)
    to = paths.with_next(page, request.get_full_path())
    return HttpResponseClientRedirect(to) if request.headers.get("HX-Request") else redirect(to)


def _held_back(request: Any, why: str, *, form: Any = None, status: int = 409) -> HttpResponseBase:
    """A page with everything that was typed, which can be sent again; files must be chosen anew."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_REPEATED]
    context = {
        "why": why, "typed": typed, "form": form, "files": bool(request.FILES), "to": request.get_full_path(),
        **(pages.ways_to_open(request.user) if form is not None else {}),
    }  # fmt: skip
    return render(request, "accounts/held_back.html", context, status=status)
