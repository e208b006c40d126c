"""Headings of an edition's imprint in words."""

from django.utils.translation import gettext as _

from hamroh.evidence.presenting.page import Page


def imprint_lines(page: Page) -> list[tuple[str, str]]:
    """Who wrote, edited and published an edition, each with its heading."""
    words = {
        "authors": _("Authors"), "editor": _("Editor"), "publisher": _("Publisher"), "isbn": "ISBN", "date": _("Date"), "place": _("Place"),
    }  # fmt: skip
    return [(words.get(name, name), told) for name, told in page.imprint]
