"""What the pages of a room at the desk share: the clock of the organisation, what one may do, a form that is written once."""

from collections.abc import Callable
from dataclasses import dataclass
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

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import zone_of
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[..., HttpResponseBase]


def at_desk(view: View) -> View:
    """For who signed in; days and moments are typed and shown by the clock of the organisation that she works for."""

    @login_required
    @wraps(view)
    def seen(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        with timezone.override(zone_of(here(request))):
            return view(request, *given, **named)

    return seen


def may(request: HttpRequest, row: Any, *verbs: str) -> dict[str, bool]:
    """What the person may do to a record, by each verb with its point as a line."""
    return {verb.replace(".", "_"): bool(policy.allowed(request.user, verb, row)) for verb in verbs}


def decided(request: HttpRequest, row: Any, verb: str) -> Decision | None:
    """The decision that opens sealed rows of a record; None where they stay shut for her."""
    decision = policy.allowed(request.user, verb, row)
    return decision if decision.yes else None


@dataclass(frozen=True)
class Pages:
    """The pages of a room: templates in its folder ``room``, addresses under ``names``, and what its actions refuse with."""

    room: str
    names: str
    refusals: tuple[type[Exception], ...]

    def at(self, name: str, row: Any, **more: Any) -> str:
        """The address of a page of a record that is known by its code."""
        return reverse(f"{self.names}:{name}", kwargs={"code": row.code, **more})

    def written(self, request: HttpRequest, form: Any, act: Callable[[], str]) -> str:
        """What the action answers; empty where it is refused, which the form or the next page says."""
        return once.write_or_tell(request, form, act, refusals=self.refusals)

    def asked(
        self, request: HttpRequest, form: Any, act: Callable[[], str], *, said: Any = "", **context: Any
    ) -> HttpResponseBase:
        """The page of a form: it goes on where it was written, and shows what has to be put right otherwise.

        ``context`` names at least ``title``, ``back`` and the record; ``template`` where the usual page is not enough.
        """
        if form.is_valid() and (address := self.written(request, form, act)):
            if said:
                messages.success(request, str(said))
            return redirect(address)
        template = context.pop("template", "form.html")
        return render(request, f"{self.room}/{template}", {"form": form, **context}, status=422 if form.errors else 200)

    def done(self, request: HttpRequest, act: Callable[[], Any], to: str, said: Any = "") -> HttpResponseBase:
        """A single button: whatever comes of it is said on the next page."""

        def write() -> str:
            act()
            return to

        if self.written(request, None, write) and said:
            messages.success(request, str(said))
        return redirect(to)
