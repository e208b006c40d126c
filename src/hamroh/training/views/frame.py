"""What the room's pages share: the pages of the desk, with what the room's actions refuse, and moments that a form carried."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime

from hamroh.accounts.deskpages import Pages, at_desk, decided, may, require_form
from hamroh.accounts.workplace import here
from hamroh.kernel.states import MoveRefused
from hamroh.training import actions

__all__ = [
    "PAGE", "PAGE_LINES", "asked", "at", "at_desk", "decided", "done", "here", "may", "moment", "require_form", "written",
]  # fmt: skip
PAGE, PAGE_LINES = "training/", 25
_PAGES = Pages("training", "training", (actions.NotNow,))
at, written, asked = _PAGES.at, _PAGES.written, _PAGES.asked


def done(request: HttpRequest, act: Callable[[], Any], to: str, said: Any = "") -> HttpResponseBase:
    """A single button; whoever moves what somebody moved meanwhile is told."""

    def moved() -> None:
        try:
            act()
        except MoveRefused:
            raise actions.NotNow(actions.frame.MEANWHILE) from None

    return _PAGES.done(request, moved, to, said)


def moment(text: str) -> dt.datetime | None:
    """A moment that a form carried; None where it is none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None
