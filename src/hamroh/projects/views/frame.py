"""What the room's pages share: the pages of the desk, with what the room's actions refuse, and moments that a form carried."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from hamroh.accounts.deskpages import Pages, at_desk, may, require_form
from hamroh.accounts.workplace import here
from hamroh.kernel.states import MoveRefused
from hamroh.projects import actions

__all__ = [
    "LINES",
    "PAGE",
    "asked",
    "at",
    "at_desk",
    "done",
    "here",
    "known",
    "lang",
    "may",
    "moment",
    "require_form",
    "written",
]
PAGE, LINES = "projects/", 25
_PAGES = Pages("projects", "projects", (actions.NotNow, MoveRefused))
at, written, asked = _PAGES.at, _PAGES.written, _PAGES.asked


def done(request: HttpRequest, act: Callable[[], Any], to: str, said: Any = "") -> HttpResponseBase:
    """A single button; whoever moves what somebody moved meanwhile is told."""

    def moved() -> None:
        try:
            act()
        except MoveRefused:
            raise actions.NotNow(actions.frame.MEANWHILE) from None

    return _PAGES.done(request, moved, to, said)


def lang() -> str:
    return get_language() or "en"


def known(table: Any, what: str) -> Any:
    """What an address names; an unknown word is no page."""
    if what not in table:
        raise Http404
    return table[what]


def moment(text: str) -> dt.datetime | None:
    """A moment that a form carried; None where it is none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None
