"""What the room's pages share: the pages of the desk, with what the room's actions refuse."""

from hamroh.accounts.deskpages import Pages, at_desk, decided, may, require_form
from hamroh.accounts.workplace import here
from hamroh.emergencies import actions

__all__ = ["PAGE", "PAGE_LINES", "asked", "at", "at_desk", "decided", "done", "here", "may", "require_form", "written"]
PAGE, PAGE_LINES = "emergencies/", 25
_PAGES = Pages("emergencies", "emergencies", (actions.NotNow,))
at, written, asked, done = _PAGES.at, _PAGES.written, _PAGES.asked, _PAGES.done
