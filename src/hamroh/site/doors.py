"""Doors to the rooms: only those that open are shown."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Door:
    """A way into a room or to a page of our own; ``about`` stands under it on the first pages."""

    path: str
    title: str | Promise
    about: str | Promise = ""
    #: for people who do this work, not for her who needs help
    work: bool = False


ROOMS = (
    Door("info/", _("Find help"), _("A lawyer, a psychologist, a women’s group, a safe place")),
    Door("info/r/", _("Know your rights"), _("Work out alimony, paternity, divorce, the house")),
    Door("budget/", _("Household budget"), _("What comes in, what goes out, what is left")),
    Door(
        "directory/",
        pgettext_lazy("room", "Directory"),
        _("Organisations and institutions, each with the date of the last check."),
        work=True,
    ),
    Door(
        "search/",
        pgettext_lazy("room", "Search"),
        _("One search through everything that is public, in four languages."),
        work=True,
    ),
    Door(
        "thesaurus/",
        pgettext_lazy("room", "Thesaurus"),
        _("The words of this work in four languages. Search uses them for you."),
        work=True,
    ),
    Door("library/", pgettext_lazy("room", "Library"), _("Laws, research and issues in print."), work=True),
    Door(
        "training/",
        pgettext_lazy("room", "Trainings"),
        _("Courses that one can sign up for, and what roundtables asked."),
        work=True,
    ),
    Door("archive/", pgettext_lazy("room", "Archive"), _("The voices of women who tell their own story."), work=True),
    Door(
        "evidence/",
        pgettext_lazy("room", "Evidence"),
        _("Figures on migration with their sources. Where two disagree, you see both."),
        work=True,
    ),
    Door(
        "projects/",
        pgettext_lazy("room", "Projects"),
        _("What the network does, with whom and with what result."),
        work=True,
    ),
    Door(
        "bulletins/",
        pgettext_lazy("room", "Bulletin"),
        _("What went on in a half-year, on the web, on paper and by e-mail."),
        work=True,
    ),
    Door("news/", pgettext_lazy("room", "News"), _("What is new."), work=True),
)
PAGES = (
    Door("about/safety/", _("How we keep you safe")),
    Door("about/accessibility/", _("Accessibility")),
    Door("about/", _("About the network")),
    Door("about/contact/", _("Contact")),
)


@cache
def opens(path: str) -> bool:
    """Is there a page at this address? Asked once per process: addresses do not change while it runs."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def open_doors(doors: tuple[Door, ...], lang: str, here: str = "") -> list[dict[str, Any]]:
    """The doors that open, as links in one language; ``here`` marks the room that the reader is in."""
    links = [(f"/{lang}/{door.path}", door) for door in doors]
    working = [(href, door) for href, door in links if opens(href)]
    nearest = max((href for href, _door in working if here.startswith(href)), key=len, default="")
    return [
        {"href": href, "title": door.title, "about": door.about, "work": door.work, "here": href == nearest}
        for href, door in working
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Rooms and footer pages for the frame of every page."""
    lang = get_language() or settings.LANGUAGE_CODE
    return {
        "rooms": open_doors(ROOMS, lang, request.path),
        "footer": open_doors(PAGES, lang),
        "safety_page": f"/{lang}/about/safety/",
    }
