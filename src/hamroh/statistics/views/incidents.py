"""Reports about violence, the sixteen figures, and rates: for the house's own eyes, and what of them left."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hamroh.accounts.deskpages import at_desk
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.evidence.models import Flag
from hamroh.statistics import figurewords, scope, words
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.selectors import violence as reads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGES = "statistics/incidents/"


def _quarter(request: HttpRequest) -> tuple[Quarter, list[dict[str, Any]]]:
    """The quarter that is looked at, and those that a page offers. 404 for what is none."""
    offered = reads.quarters(local_date(timezone.now(), here(request)))
    asked = request.GET.get("quarter", "")
    try:
        chosen = Quarter.of(asked) if asked else offered[0]
    except ValueError as strange:
        raise Http404 from strange
    return chosen, [
        {"code": each.code, "title": words.quarter_words(each.code), "here": each == chosen} for each in offered
    ]


@at_desk
@require_safe
@never_cache
def report(request: HttpRequest) -> HttpResponseBase:
    """Acts of violence of a quarter, and the tables that left."""
    house = here(request)
    quarter, offered = _quarter(request)
    found = reads.report(actor=request.user, organisation=house, quarter=quarter)
    left = reads.left(actor=request.user, organisation=house)
    context = {
        "report": found, "quarters": offered, "title": words.quarter_words(quarter.code), "left": left,
        "may_release": bool(scope.allowed(request.user, "statistics.release", house.pk)), "tab": "report",
    }  # fmt: skip
    return render(request, f"{PAGES}report.html", context)


@at_desk
@require_safe
@never_cache
def file(request: HttpRequest) -> HttpResponseBase:
    """All tables about violence that left, as a workbook; 404 where none did."""
    tables = reads.left(actor=request.user, organisation=here(request))
    if not tables:
        raise Http404
    answer = HttpResponse(reads.workbook(tables), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="figures.xlsx"'
    return answer


@at_desk
@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponseBase:
    """The sixteen figures of a quarter."""
    quarter, offered = _quarter(request)
    found = reads.figures(actor=request.user, organisation=here(request), quarter=quarter)
    context = {
        "told": [figurewords.told(each) for each in found], "quarters": offered,
        "title": words.quarter_words(quarter.code), "tab": "figures",
    }  # fmt: skip
    return render(request, f"{PAGES}figures.html", context)


@at_desk
@require_safe
@never_cache
def rates(request: HttpRequest) -> HttpResponseBase:
    """Counts that left, for every thousand of a published figure."""
    house = here(request)
    scope.require(request.user, "statistics.see", house.pk)
    tables, found = reads.rated(actor=request.user, organisation=house, pk=_asked(request))
    lang = get_language() or "en"
    names = words.places([line.place for line in found.lines], lang) if found else {}
    lines = (
        [(names.get(line.place, line.place) if line.place else _("All"), line) for line in found.lines] if found else []
    )
    sources = {line.over.code: line.over for _name, line in lines if line.over}
    context = {
        "tables": tables, "found": found, "lines": lines, "sources": list(sources.values()), "tab": "rates",
        "flags": {each.value: each.label for each in Flag},
    }  # fmt: skip
    return render(request, f"{PAGES}rates.html", context)


def _asked(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET["table"]) if request.GET.get("table") else None
    except ValueError as strange:
        raise Http404 from strange
