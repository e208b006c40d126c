"""What the room's pages share."""

from typing import Any

from django.urls import reverse

from hamroh.accounts.deskpages import Pages, at_desk, may, require_form
from hamroh.accounts.workplace import here
from hamroh.bulletins import actions
from hamroh.kernel.states import MoveRefused

__all__ = ["PAGE", "asked", "at", "at_desk", "done", "here", "may", "number", "require_form"]
PAGE = "bulletins/"
_PAGES = Pages("bulletins", "bulletins", (actions.NotNow, MoveRefused))
asked, done = _PAGES.asked, _PAGES.done


def at(row: Any, name: str = "issue", **more: Any) -> str:
    """A page of an issue."""
    return reverse(f"bulletins:{name}", kwargs={"code": row.code, **more})


def number(text: str) -> int:
    """A version that a form carried; -1 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1
