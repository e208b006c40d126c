"""What somebody asks of the search, read from an address: the same for the page, its feed and programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from hamroh.search.selectors import known_values
from hamroh.site import search_labels
from hamroh.site.searching import Found, Newest, find, newest

#: values of one facet, and words to be left out, that are read
_MOST = 30
#: no record has this year: what is asked for a period without records finds none
_NO_YEAR = "-"


@dataclass(frozen=True)
class Wanted:
    """Words, chosen values by facet (years among them), words to leave out; ``since`` and ``until`` are years as typed."""

    query: str
    chosen: Mapping[str, list[str]]
    without: list[str]
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        return bool(self.query or self.chosen)

    def find(self, language: str, page: int = 1, per_page: int = 20) -> Found:
        return find(
            self.query, language=language, facets=self.chosen, leave_out=self.without, page=page, per_page=per_page
        )

    def newest(self, language: str, limit: int) -> Newest:
        return newest(self.query, language=language, facets=self.chosen, leave_out=self.without, limit=limit)


def read(asked: QueryDict) -> Wanted:
    """What an address asks for; what it says wrongly is left out."""
    chosen = {name: values for name in search_labels.HEADINGS if (values := asked.getlist(name)[:_MOST])}
    since, until = (asked.get(name, "").strip()[:8] for name in ("since", "until"))
    if years := _years(since, until):
        chosen["year"] = years
    query = asked.get("q", "").replace("\0", " ").strip()
    return Wanted(query, chosen, asked.getlist("without")[:_MOST], since, until)


def _years(since: str, until: str) -> list[str]:
    """The years of a period that any record has; an empty list where no period is asked for."""
    ends = [year for text in (since, until) if (year := _year(text)) is not None]
    if not ends:
        return []
    first = min(ends) if _year(since) is not None else 0
    last = max(ends) if _year(until) is not None else 9999
    return [value for value in known_values("year") if first <= (_year(value) or 0) <= last] or [_NO_YEAR]


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def facts(wanted: Wanted) -> dict[str, Any]:
    """What the page shows again of the period that was asked for."""
    typed = (("since", _("From the year"), wanted.since), ("until", _("To the year"), wanted.until))
    years = [
        {"name": name, "title": title, "value": text, "wrong": bool(text) and _year(text) is None}
        for name, title, text in typed
    ]
    return {"years": years, "misdated": any(each["wrong"] for each in years)}
