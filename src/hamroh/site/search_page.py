"""The search over everything public. Its addresses may be shared; nothing of them is kept or logged by us."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hamroh.kernel.vocabulary import Expansion
from hamroh.search.selectors import LAST, LONGEST
from hamroh.site import search_asked, search_labels
from hamroh.site.searching import Found
from hamroh.thesaurus.selectors import Recognised, recognised
from hamroh.thesaurus.selectors.programs import Thing
from hamroh.web.decorators import exit_button

PER_PAGE = 10
_CHIPS, _AROUND = 12, 8


@require_safe
@exit_button
@cache_control(no_store=True, private=True)
def search(request: HttpRequest) -> HttpResponse:
    """Hits with their reasons, what was searched besides, and what can be chosen to narrow them."""
    lang = get_language() or settings.LANGUAGE_CODE
    wanted = search_asked.read(request.GET)
    found = wanted.find(lang, _number(request.GET.get("page", "")), PER_PAGE)
    return render(request, "site/search.html", _facts(request, wanted, found, lang))


def _facts(request: HttpRequest, wanted: search_asked.Wanted, found: Found, lang: str) -> dict[str, Any]:
    results = found.results
    return {
        **search_asked.facts(wanted),
        "query": wanted.query[:LONGEST],
        "asked": bool(wanted),
        "feed": f"/feeds/search.{lang}.atom{_address(request.GET)}",
        "results": results,
        "some": results.total - results.complete,
        "pages": Paginator(range(min(results.total, LAST)), PER_PAGE).get_page(results.page),
        "facets": search_labels.facets(results.facets, lang),
        "concepts": _concepts(request.GET, lang),
        "chips": _chips(request.GET, found.expansions),
        "left_out": [one.text for one in found.left_out],
        "instead": _address(request.GET, q=results.did_you_mean),
        "kinds": search_labels.KINDS,
        "longest": LONGEST,
    }


def _chips(asked: QueryDict, expansions: tuple[Expansion, ...]) -> list[dict[str, str]]:
    """The nearest words that were searched too, each with the address of the search without it."""
    shown = {one.text: one for one in expansions}
    without = asked.getlist("without")
    return [
        {"text": one.text, "lang": one.lang, "href": _address(asked, without=[*without, one.text])}
        for one in list(shown.values())[:_CHIPS]
    ]


def _concepts(asked: QueryDict, lang: str) -> list[dict[str, Any]]:
    """Concepts that the query names, each with the searches for what is wider or narrower, and for the rest without it."""
    found = recognised(asked.get("q", "").replace("\0", " ").strip(), lang)
    return [
        {
            "name": one.concept.name,
            "page": reverse("thesaurus:concept", args=[one.concept.scheme, one.concept.key]),
            "drop": _address(asked, q=f"{one.before.rstrip()} {one.after.lstrip()}".strip()),
            "ways": [(title, _instead(asked, one, others)) for title, others in _ways(one) if others],
        }
        for one in found
    ]


def _ways(one: Recognised) -> list[tuple[str, Sequence[Thing]]]:
    return [(_("Wider"), one.broader[:_AROUND]), (_("Narrower"), one.narrower[:_AROUND])]


def _instead(asked: QueryDict, one: Recognised, others: Sequence[Thing]) -> list[dict[str, str]]:
    """The same search with another concept in the place of this one."""
    return [
        {
            "text": other.name.text,
            "lang": other.name.lang,
            "href": _address(asked, q=f"{one.before}{other.name.text}{one.after}"),
        }
        for other in others
    ]


def _address(asked: QueryDict, **changed: str | list[str]) -> str:
    """The same search with something changed, from its first page."""
    new = asked.copy()
    new.pop("page", None)
    for name, value in changed.items():
        new.setlist(name, value if isinstance(value, list) else [value])
    return f"?{new.urlencode()}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
