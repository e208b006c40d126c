"""The search over everything public. Its addresses may be shared; nothing of them is kept or logged by us."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hamroh.kernel.vocabulary import Expansion
from hamroh.search.selectors import LAST, LONGEST
from hamroh.site import search_asked, search_labels
from hamroh.site.searching import Found
from hamroh.web.decorators import exit_button

PER_PAGE = 10
_CHIPS = 12


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


def _address(asked: QueryDict, **changed: str | list[str]) -> str:
    """The same search with something changed, from its first page."""
    new = asked.copy()
    new.pop("page", None)
    for name, value in changed.items():
        new.setlist(name, value if isinstance(value, list) else [value])
    return f"?{new.urlencode()}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
