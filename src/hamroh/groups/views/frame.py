"""What the room's pages share: the group with permission, the clock of its organisation, a form that is written once."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import zone_of
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.models import Group
from hamroh.groups.selectors import parties
from hamroh.vault import once
from hamroh.vault.intake import FileRefused

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE, PAGE_LINES = "groups/", 25
View = Callable[..., HttpResponseBase]


def here(request: HttpRequest) -> Organisation:
    """Where the person works now; Refused for who works nowhere."""
    found = workplace.current(request)
    if found is None:
        raise policy.Refused("no role anywhere")
    return found


def at_desk(view: View) -> View:
    """For who signed in; days are those of the organisation that she works for."""

    @login_required
    @wraps(view)
    def seen(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        with timezone.override(zone_of(here(request))):
            return view(request, *given, **named)

    return seen


def today() -> dt.date:
    """Today by the clock that the view has set."""
    return timezone.localdate()


def may(request: HttpRequest, group: Group, *verbs: str) -> dict[str, bool]:
    """What the person may do to the group, by the verb with its point as a line."""
    return {verb.replace(".", "_"): bool(policy.allowed(request.user, verb, group)) for verb in verbs}


RIGHTS = ("group.edit", "group.staff", "group.members", "group.write")


def rights(request: HttpRequest, group: Group) -> dict[str, bool]:
    return may(request, group, *RIGHTS)


def decided(request: HttpRequest, group: Group, verb: str) -> Decision | None:
    """The decision that opens sealed rows of the group; None where they stay shut for her."""
    decision = policy.allowed(request.user, verb, group)
    return decision if decision.yes else None


def at(name: str, group: Group, **more: Any) -> str:
    return reverse(f"groups:{name}", kwargs={"code": group.code, **more})


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(request, form, act, refusals=(NotNow, FileRefused))


def asked(
    request: HttpRequest, form: Any, act: Callable[[], str], *, said: Any = "", **context: Any
) -> HttpResponseBase:
    """The page of a form: it goes on where it was written, and shows what has to be put right otherwise.

    ``context`` names at least ``title``, ``back`` and ``group``; ``template`` where the usual page is not enough.
    """
    if form.is_valid() and (address := written(request, form, act)):
        if said:
            messages.success(request, str(said))
        return redirect(address)
    template = context.pop("template", "form.html")
    return render(request, f"{PAGE}{template}", {"form": form, **context}, status=422 if form.errors else 200)


def done(request: HttpRequest, act: Callable[[], Any], to: str, said: Any = "") -> HttpResponseBase:
    """A single button: whatever comes of it is said on the next page."""

    def write() -> str:
        act()
        return to

    if written(request, None, write) and said:
        messages.success(request, str(said))
    return redirect(to)


def split(partner: Any) -> tuple[Any, str]:
    """A partner of the directory, or its name in words."""
    return (None, partner) if isinstance(partner, str) else (partner, "")


def offered(request: HttpRequest) -> list[str]:
    """Partners of the directory that a form offers, as a person types them."""
    return parties.offered(actor=request.user)
