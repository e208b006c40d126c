"""Public pages of single figures: one figure, sets of estimates, sources."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors
from hamroh.evidence.areas import area_name
from hamroh.evidence.exchange import figurecitations
from hamroh.evidence.presenting.lines import (
    counted,
    factor_words,
    figure_line,
    range_chart,
    set_lines,
    set_title,
    why_apart,
)
from hamroh.evidence.slugs import period_of, set_address

PAGE = 40


@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: as printed, its value, its source with what that cites, who disagrees, other releases, where it stands."""
    lang, as_of = _lang(), _day(request.GET.get("as_of", ""))
    found = selectors.figure_page(code, as_of)
    if found is None:
        raise Http404
    preferred = found.choice.preferred if found.choice else None
    rivals = [figure_line(each, lang, preferred=preferred) for each in found.rivals]
    line = figure_line(found.figure, lang, preferred=preferred)
    context = {
        "found": found,
        "line": line,
        "rivals": rivals,
        "releases": [figure_line(each, lang) for each in found.releases],
        "chart": range_chart([line, *rivals], lang) if rivals else "",
        "set": set_address(found.figure) if rivals else "",
        "as_of": as_of,
        "citation": figurecitations.in_a_line(line, _address(request, code), lang),
        "preferred_amount": next((each.amount for each in (line, *rivals) if each.preferred), ""),
        "definition": found.figure.series.indicator.definitions or found.figure.series.indicator.concept.definitions,
    }
    return render(request, "evidence/public/figure.html", context)


@require_safe
def citation(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """How a figure is cited, for reference managers."""
    found = selectors.figure_page(code, None) if form in figurecitations.FORMS else None
    if found is None:
        raise Http404
    content = figurecitations.as_file(figure_line(found.figure, _lang()), form, _address(request, code))
    response = HttpResponse(content, content_type=f"{figurecitations.FORMS[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hamroh-{found.figure.code}.{form}"'
    return response


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("evidence:figure", args=[code]))


@require_safe
def estimates(request: HttpRequest) -> HttpResponse:
    """Sets of figures that differ, those that differ most first."""
    lang, area = _lang(), request.GET.get("area", "")[:12]
    found = selectors.disagreements(area)
    areas = sorted((area_name(each, lang), each) for each in found.areas)
    page = Paginator(found.sets, PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            each,
            set_address(each.figures[0], each.period),
            set_title(each, lang),
            factor_words(each, lang),
            counted(each),
        )
        for each in page
    ]
    context = {"page": page, "rows": rows, "areas": areas, "area": area, "is_cut": found.is_cut}
    return render(request, "evidence/public/estimates.html", context)


@require_safe
def estimate_set(request: HttpRequest, concept: str, area: str, period: str) -> HttpResponse:
    """All figures for one concept, place and time side by side."""
    lang, dims = _lang(), request.GET.get("of", "")[:200]
    found = selectors.estimate_set(concept=concept, area=area, period=period_of(period), dims=dims)
    if found is None:
        raise Http404
    lines = set_lines(found, lang)
    context = {
        "found": found,
        "title": set_title(found, lang),
        "lines": lines,
        "chart": range_chart(lines, lang),
        "reasons": why_apart(found, lang),
        "near": [figure_line(each, lang) for each in found.near],
        "factor": factor_words(found, lang),
        "preferred_amount": next((each.amount for each in lines if each.preferred), ""),
    }
    return render(request, "evidence/public/estimate_set.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Sources of public figures, by title, with how many figures rest on each."""
    page = Paginator(selectors.counted_sources(), PAGE).get_page(request.GET.get("page"))
    return render(request, "evidence/public/sources.html", {"page": page})


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source: what it cites, what cites it, its releases, its figures."""
    found = selectors.source_page(key)
    if found is None:
        raise Http404
    page = Paginator(found.figures, PAGE).get_page(request.GET.get("page"))
    lines = [figure_line(each, _lang()) for each in page]
    return render(
        request, "evidence/public/source.html", {"found": found, "source": found.source, "page": page, "lines": lines}
    )


def _lang() -> str:
    return get_language() or "en"


def _day(typed: str) -> dt.date | None:
    """A day of the address; what is none is not asked."""
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None
