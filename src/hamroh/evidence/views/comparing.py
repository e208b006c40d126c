"""Public pages that compare: one concept over countries, one slot over profiles, printed figures with later releases."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors
from hamroh.evidence.areas import area_name
from hamroh.evidence.presenting.comparing import comparison_chart, comparison_rows, revision_lines, slot_lines
from hamroh.evidence.presenting.naming import concept_name, dims_words, unit_words
from hamroh.web.texts import pick

PAGE = 40
#: places that are shown before anybody chose
_FIRST = 6


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """One concept over countries and years, as a table and a chart."""
    lang, concepts = _lang(), selectors.comparable_concepts()
    key = request.GET.get("concept", "")[:80]
    concept = next((each for each, _count in concepts if each.key == key), None)
    choices = sorted(
        ((concept_name(each, lang).text, each.key, count) for each, count in concepts),
        key=lambda each: (-each[2], each[0]),
    )
    context: dict[str, Any] = {"concepts": choices, "concept": concept, "key": key}
    return render(
        request, "evidence/public/compare.html", context | (_compared(request, concept, lang) if concept else {})
    )


def _compared(request: HttpRequest, concept: Any, lang: str) -> dict[str, Any]:
    parts = selectors.parts_of(concept)
    asked = request.GET.get("of", "")[:200]
    dims = asked if asked in parts else "" if "" in parts else parts[0]
    places = selectors.places_with(concept, dims)
    chosen = [each for each in request.GET.getlist("area")[:20] if each in places] or places[:_FIRST]
    found = selectors.comparison(concept, chosen, dims)
    unit = unit_words(concept.unit, lang)
    title = concept_name(concept, lang)
    return {
        "title": title,
        "unit": unit,
        "dims": dims,
        "parts": [(each, dims_words(_dims(each), lang) or _("the whole")) for each in parts],
        "places": sorted((area_name(each, lang), each, each in chosen) for each in places),
        "found": found,
        "rows": comparison_rows(found, lang),
        "chart": comparison_chart(found, lang, title.text, unit) if found.years else "",
    }


def _dims(key: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in key.split(";") if "=" in part)


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """What the profiles of all countries show in one slot of the template."""
    lang, slots = _lang(), selectors.slots_in_use()
    titles = [(key, pick(told, lang)) for key, told in slots]
    slot = request.GET.get("slot", "")[:60] or (titles[0][0] if titles else "")
    context = {
        "slots": titles,
        "slot": slot,
        "title": next((told for key, told in titles if key == slot), None),
        "rows": slot_lines(selectors.slot_table(slot), lang),
    }
    return render(request, "evidence/public/tables.html", context)


@require_safe
def vintages(request: HttpRequest) -> HttpResponse:
    """What was printed, and what a later release says of the same."""
    lang, area = _lang(), request.GET.get("area", "")[:12]
    every = selectors.revisions(area)
    page = Paginator(every, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": revision_lines(page, lang), "area": area, "area_name": area_name(area, lang)}
    return render(request, "evidence/public/vintages.html", context)


def _lang() -> str:
    return get_language() or "en"
