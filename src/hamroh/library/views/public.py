"""The public library: search and shelves, laws by country, a record with its citation, feeds of what is new."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hamroh.library import selectors
from hamroh.library.citing.csl import address_of, cited, styles, usual_style
from hamroh.library.citing.formats import FORMATS, schema_org
from hamroh.library.forms.public import LibrarySearch
from hamroh.library.models import Record, RecordKind
from hamroh.web.atom import absolute

PAGE = 50
_LONGEST = 300
_SIGNPOSTS = (("json", "describedby"), ("ris", "describedby"), ("bib", "describedby"))


def _lang() -> str:
    return get_language() or "en"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search, and while nothing is asked the shelves and what is new."""
    query = request.GET.get("q", "").replace("\0", " ")[:_LONGEST]
    chosen = {name: request.GET.get(name, "").replace("\0", "")[:120] for name in selectors.FACETS}
    if query.strip() or any(chosen.values()):
        return _results(request, query, chosen)
    context = {
        "form": LibrarySearch(None, {}),
        "shelves": selectors.shelves(),
        "newest": selectors.newest(),
        "countries": selectors.law_countries(),
    }
    return render(request, "library/public/home.html", context)


def _results(request: HttpRequest, query: str, chosen: dict[str, str]) -> HttpResponse:
    found = selectors.found(query=query, chosen=chosen, lang=_lang(), page=_number(request.GET.get("page", "")))
    context = {
        "form": LibrarySearch(request.GET, found.choices),
        "found": found,
        "page": Paginator(range(min(found.results.total, 1000)), 20).get_page(found.results.page),
        "narrowed": any(chosen.values()),
    }
    return render(request, "library/public/results.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


@require_safe
def shelf(request: HttpRequest, kind: str) -> HttpResponse:
    """Records of one kind, the newest first; laws by country."""
    if kind not in RecordKind.values:
        raise Http404
    country = request.GET.get("country", "")[:20]
    countries = selectors.law_countries() if kind == RecordKind.LAW else []
    if country and country not in {unit.key for unit, _count in countries}:
        country = ""
    context = {
        "kind": RecordKind(kind),
        "page": Paginator(selectors.of_kind(kind, country), PAGE).get_page(request.GET.get("page")),
        "countries": countries,
        "country": country,
        "feed": reverse("library-feeds:kind", args=[kind, _lang()]),
    }
    return render(request, "library/public/shelf.html", context)


@require_safe
def record(request: HttpRequest, code: str) -> HttpResponse:
    """A record with everything around it, and how to cite it."""
    lang = _lang()
    page = selectors.record_page(code, lang)
    citable = selectors.citable(code)
    if page is None or citable is None:
        raise Http404
    context = {"page": page, "record": page.record, "schema": schema_org(citable, lang), **_citation(request, citable)}
    answer = render(request, "library/public/record.html", context)
    answer.headers["Link"] = ", ".join(_signposts(citable, lang))
    return answer


def _citation(request: HttpRequest, record: Record) -> dict[str, Any]:
    """The record in the chosen style; in the usual one where the chosen one is not there."""
    lang, offered = _lang(), styles()
    asked = request.GET.get("style", "").strip().lower()[:80]
    words = cited(record, lang, asked) if asked else ""
    style = asked if words else usual_style(lang)
    return {
        "style": style,
        "styles": offered | ({} if style in offered else {style: style}),
        "citation": words or cited(record, lang, style),
        "unknown_style": bool(asked) and not words,
    }


def _signposts(record: Record, lang: str) -> list[str]:
    """Where programs find the record itself, its descriptions and its licence (signposting)."""
    lasting = address_of(record, lang)
    found = [f'<{lasting}>; rel="cite-as"', '<https://schema.org/AboutPage>; rel="type"']
    for form, relation in _SIGNPOSTS:
        path = absolute(reverse("library:cite", args=[record.code, form]))
        found.append(f'<{path}>; rel="{relation}"; type="{FORMATS[form][1]}"')
    if record.licence.startswith(("http://", "https://")) and not set(record.licence) & set('<>" \r\n'):
        found.append(f'<{record.licence}>; rel="license"')
    return found


@require_safe
def cite(request: HttpRequest, code: str, form: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The record as a file for reference managers."""
    found = selectors.citable(code)
    if found is None:
        raise Http404
    write, media_type = FORMATS[form]
    answer = HttpResponse(write(found, _lang()), content_type=f"{media_type}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.{form}"'
    return answer


@require_safe
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """A teaching set or an issue on paper: its items in order, each with its words."""
    page = selectors.record_page(code, _lang())
    if page is None or page.record.kind not in (RecordKind.TEACHING_SET, RecordKind.ISSUE):
        raise Http404
    return render(request, "library/public/printed.html", {"page": page, "record": page.record})
