"""Headings of an edition's imprint in words."""

import re

from django.utils.translation import gettext as _

from hamroh.evidence.presenting.page import Page
from hamroh.web import dates

_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}")


def imprint_lines(page: Page) -> list[tuple[str, str]]:
    """Who wrote, edited and published an edition, each with its heading."""
    words = {
        "authors": _("Authors"), "editor": _("Editor"), "publisher": _("Publisher"), "isbn": "ISBN", "date": _("Date"), "place": _("Place"),
    }  # fmt: skip
    return [(words.get(name, name), _told(name, told, page.lang)) for name, told in page.imprint]


def _told(name: str, told: str, lang: str) -> str:
    return dates.partial(told, lang) if name == "date" and _PARTIAL.fullmatch(told) else told
