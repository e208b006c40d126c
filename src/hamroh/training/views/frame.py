"""What the room's pages share: the clock of the organisation, a round with permission, a form that is written once."""

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
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from hamroh.accounts import policy, workplace
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import zone_of
from hamroh.kernel.states import MoveRefused
from hamroh.training import actions
from hamroh.training.models import Round
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE, PAGE_LINES = "training/", 25
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


def may(request: HttpRequest, row: Round, *verbs: str) -> dict[str, bool]:
    """What the person may do to the round, by each verb's name."""
    return {verb.replace(".", "_"): bool(policy.allowed(request.user, verb, row)) for verb in verbs}


def decided(request: HttpRequest, row: Round, verb: str = "learner.read") -> Decision | None:
    """The decision that opens sealed rows of the round; None where they stay shut for her."""
    decision = policy.allowed(request.user, verb, row)
    return decision if decision.yes else None


def at(name: str, row: Round, **more: Any) -> str:
    return reverse(f"training:{name}", kwargs={"code": row.code, **more})


def moment(text: str) -> dt.datetime | None:
    """A moment that a form carried; None where it is none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def written(request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
    """What the action answers; empty where it is refused, which the form or the next page says."""
    return once.write_or_tell(request, form, act, refusals=actions.NotNow)


def asked(
    request: HttpRequest, form: Any, act: Callable[[], str], *, said: Any = "", **context: Any
) -> HttpResponseBase:
    """The page of a form: it goes on where it was written, and shows what has to be put right otherwise.

    ``context`` names at least ``title`` and ``back``; ``template`` where the usual page is not enough.
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
        try:
            act()
        except MoveRefused:
            raise actions.NotNow(actions.frame.MEANWHILE) from None
        return to

    if written(request, None, write) and said:
        messages.success(request, str(said))
    return redirect(to)
