"""The public home of figures and profiles, its search, and the web edition of a profile."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors
from hamroh.evidence.areas import area_name
from hamroh.evidence.freezing import is_as_published
from hamroh.evidence.presenting.imprint import imprint_lines
from hamroh.evidence.presenting.reading import body, reading, section_body, since
from hamroh.web.views import See

_LONGEST = 300


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Profiles by country, the newest edition of each; what was searched for, where anything was."""
    query, kind = request.GET.get("q", "").replace("\0", " ").strip()[:_LONGEST], request.GET.get("kind", "")
    if query:
        return _results(request, query, kind)
    lang, every = _lang(), selectors.published_editions()
    newest = sorted(selectors.newest_editions(every), key=lambda each: area_name(each.profile.area, lang))
    context = {
        "editions": [(each, selectors.fullness(each)) for each in newest],
        "latest": sorted(every, key=lambda each: each.frozen.frozen_at, reverse=True)[:5],
    }
    return render(request, "evidence/public/home.html", context)


def _results(request: HttpRequest, query: str, kind: str) -> HttpResponse:
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    found = selectors.found(query=query, kind=kind, lang=_lang(), page=number)
    context: dict[str, Any] = {
        "query": query,
        "kind": kind,
        "found": found,
        "page": Paginator(range(min(found.total, 1000)), 20).get_page(found.page),
        "choices": selectors.kinds(found),
    }
    return render(request, "evidence/public/results.html", context)


@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """The web edition of a published profile."""
    found = selectors.published_edition(code)
    if found is None:
        raise Http404
    lang = _lang()
    made = reading(found, lang)
    page = made.page
    context = {
        "edition": found,
        "page": page,
        "first": next((each for each, _runs in made.sections), None),
        "body": body(found, lang),
        "since": since(found),
        "intact": is_as_published(found.frozen.digest),
        "imprint": imprint_lines(page),
        "address": request.build_absolute_uri(reverse("evidence:edition", args=[code])),
    }
    return render(request, "evidence/public/edition.html", context)


@require_safe
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """One section of a published profile, for small screens and slow lines; the whole edition stays what is cited."""
    found = selectors.published_edition(code)
    if found is None or (made := section_body(found, _lang(), section)) is None:
        raise Http404
    read = reading(found, _lang())
    every = [each for each, _runs in read.sections]
    at = next(at for at, each in enumerate(every) if each.code == section)
    context = {
        "edition": found,
        "page": read.page,
        "body": made,
        "section": every[at],
        "before": every[at - 1] if at else None,
        "after": every[at + 1] if at + 1 < len(every) else None,
        "intact": is_as_published(found.frozen.digest),
        "errata": found.errata.exists(),
        "canonical": request.build_absolute_uri(reverse("evidence:edition", args=[code])),
    }
    return render(request, "evidence/public/section.html", context)


@require_safe
def profile(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The lasting address of a country's profile: leads to its newest edition."""
    newest = next((each for each in selectors.newest_editions() if each.profile.key == key), None)
    if newest is None:
        raise Http404
    return See(reverse("evidence:edition", args=[newest.code]))


def _lang() -> str:
    return get_language() or "en"
