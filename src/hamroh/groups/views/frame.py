"""What the room's pages share: what one may do to a group, partners of the directory, a form that is written once."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from hamroh.accounts.deskpages import Pages, at_desk, decided, may, require_form
from hamroh.accounts.workplace import here
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.models import Group
from hamroh.groups.selectors import parties
from hamroh.vault.intake import FileRefused

__all__ = [
    "PAGE", "PAGE_LINES", "RIGHTS", "asked", "at", "at_desk", "decided", "done", "here", "may", "offered", "require_form", "rights",
    "split", "today", "written",
]  # fmt: skip
PAGE, PAGE_LINES = "groups/", 25
_PAGES = Pages("groups", "groups", (NotNow, FileRefused))
at, written, asked, done = _PAGES.at, _PAGES.written, _PAGES.asked, _PAGES.done
RIGHTS = ("group.edit", "group.staff", "group.members", "group.write")


def today() -> dt.date:
    """Today by the clock that the view has set."""
    return timezone.localdate()


def rights(request: HttpRequest, group: Group) -> dict[str, bool]:
    return may(request, group, *RIGHTS)


def split(partner: Any) -> tuple[Any, str]:
    """A partner of the directory, or its name in words."""
    return (None, partner) if isinstance(partner, str) else (partner, "")


def offered(request: HttpRequest) -> list[str]:
    """Partners of the directory that a form offers, as a person types them."""
    return parties.offered(actor=request.user)
