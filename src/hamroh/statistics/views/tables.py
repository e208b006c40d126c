"""Tables: counted for the house's own eyes, looked at as they would leave, let out, and given."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.deskpages import at_desk, require_form
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.cases.figuresets import Districts
from hamroh.kernel.disclosure import Refusal, Why, people_shown
from hamroh.statistics import actions, drawings, facts, files, scope, selectors, words
from hamroh.statistics.facts import DISTRICT, FactSource
from hamroh.statistics.forms.tables import LetTableOut, WhichTable, query_of
from hamroh.statistics.layout import WITHHELD, Reader, grids, picture
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.released import ReleasedTable
from hamroh.statistics.wishes import Wish
from hamroh.vault import once
from hamroh.web.templatetags.hamroh import number as in_words

FORMATS = {
    "csv": ("text/csv; charset=utf-8", files.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", files.as_workbook),
}
MOST_KEPT, LINES = 30, 25
#: over this share of people in withheld cells coarser tables are proposed
TOO_MUCH = 0.2
SOURCE = "of"


def _lang() -> str:
    return get_language() or "en"


def _source(query: QueryDict) -> FactSource:
    found = facts.of(query.get(SOURCE, "")) if query.get(SOURCE) else next(iter(facts.sources()), None)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, source: FactSource, query: QueryDict) -> WhichTable:
    house = here(request)
    places: dict[str, str] = {}
    if source.variable(DISTRICT):
        units = Districts.of([house.country])
        places = dict(sorted(words.places([*units.groups, *units.regions], _lang()).items(), key=lambda each: each[1]))
    asked = query if set(query) - {SOURCE} else None
    return WhichTable(asked, source=source, today=Quarter.around(local_date(timezone.now(), house)), places=places)


@at_desk
@require_safe
@never_cache
def tables(request: HttpRequest) -> HttpResponseBase:
    """A table of exact counts, for the house's own eyes."""
    house = here(request)
    scope.require(request.user, "statistics.see", house.pk)
    source = _source(request.GET)
    form = _form(request, source, request.GET)
    kept = list(selectors.kept_tables(actor=request.user, organisation_id=house.pk)[:MOST_KEPT])
    context: dict[str, Any] = {
        "source": source, "sources": facts.sources(), "form": form, "kept": [_kept(row) for row in kept if facts.of(row.asked["facts"])],
        "closed": selectors.last_closed(organisation_id=house.pk, source=source.key),
    }  # fmt: skip
    if form.is_valid():
        context |= _counted(request, form.wish)
    return render(request, "statistics/tables.html", context)


def _kept(row: Any) -> dict[str, Any]:
    wish = Wish.of(row.asked)
    return {"row": row, "title": wish.title, "about": wish.of_source.title, "query": urlencode(query_of(wish))}


def _counted(request: HttpRequest, wish: Wish) -> dict[str, Any]:
    table = selectors.counted(actor=request.user, organisation=here(request), wish=wish)
    read = Reader.of(wish.of_source.register, str(wish.of_source.unit), table.shape, _lang())
    return {
        "title": wish.title, "query": urlencode(query_of(wish)), "grids": grids(read, lambda cell: table.values[cell]),
        "picture": picture(read, table.values, _lang(), title=wish.title, number=in_words),
    }  # fmt: skip


@at_desk
@require_POST
def keep(request: HttpRequest) -> HttpResponseBase:
    """Keep a table that is asked for again."""
    house, query = here(request), request.POST.get("query", "")
    scope.require(request.user, "statistics.keep", house.pk)
    form = _form(request, _source(QueryDict(query)), QueryDict(query))
    if not form.is_valid():
        raise Http404
    once.write(request, lambda: str(actions.keep_table(actor=request.user, organisation=house, wish=form.wish).pk))
    messages.success(request, _("It is kept for everybody of the house who counts."))
    return redirect(f"{reverse('statistics:tables')}?{query}")


@at_desk
@require_POST
def drop(request: HttpRequest, table: UUID) -> HttpResponseBase:
    """Keep a table no longer."""
    house = here(request)
    scope.require(request.user, "statistics.keep", house.pk)
    row = selectors.kept_tables(actor=request.user, organisation_id=house.pk).filter(pk=table).first()
    if row is None:
        raise policy.Refused("no such table")
    actions.drop_table(actor=request.user, table=row)
    return redirect("statistics:tables")


@at_desk
@require_form
@never_cache
def leave(request: HttpRequest) -> HttpResponseBase:
    """A table as it would leave, with coarser ones where it loses much; and the form that lets it out."""
    house = here(request)
    scope.require(request.user, "statistics.release", house.pk)
    query = QueryDict(request.POST.get("query", "")) if request.method == "POST" else request.GET
    form = _form(request, _source(query), query)
    if not form.is_valid():
        return redirect(f"{reverse('statistics:tables')}?{query.urlencode()}")
    out = LetTableOut(request.POST if request.method == "POST" else None)
    if out.is_valid():
        return _let_out(request, form.wish, out)
    return render(request, "statistics/leave.html", _judged(request, form.wish, out), status=422 if out.errors else 200)


def _judged(request: HttpRequest, wish: Wish, out: LetTableOut) -> dict[str, Any]:
    house = here(request)
    found = actions.judged(actor=request.user, organisation=house, wish=wish)
    judged, why = found.protected, _reasons()
    values = judged.table.values
    read = Reader.of(wish.of_source.register, str(wish.of_source.unit), judged.table.shape, _lang())
    everybody = values[judged.table.shape.cells[-1]]
    lost = judged.refusal or people_shown(judged) < (1 - TOO_MUCH) * everybody
    propose = lost and judged.refusal is not Refusal.STILL_OPEN
    roll_ups = actions.roll_ups(actor=request.user, organisation=house, wish=wish) if propose else []
    return {
        "title": wish.title, "query": urlencode(query_of(wish)), "back": f"{reverse('statistics:tables')}?{urlencode(query_of(wish))}",
        "grids": grids(read, lambda cell: (values[cell], why.get(judged.why[cell], ""))), "mark": found.mark, "out": out,
        "withheld": judged.withheld, "cells": len(judged.why), "refusal": _refusals().get(judged.refusal or ""),
        "people": people_shown(judged), "everybody": everybody,
        "proposals": [
            {"title": each.title, "query": urlencode(query_of(each)), "people": proposal.people, "cells": proposal.cells}
            for each, proposal in roll_ups if proposal.people > people_shown(judged)
        ],
    }  # fmt: skip


def _reasons() -> dict[str, str]:
    """Why a count would be withheld, for our own eyes only."""
    return {
        Why.SMALL: pgettext("figures", "few"), Why.ZERO: pgettext("figures", "nobody"),
        Why.GUARDS_OTHERS: pgettext("figures", "guards another"), Why.GUARDS_EARLIER: pgettext("figures", "guards what left before"),
    }  # fmt: skip


def _refusals() -> dict[str, str]:
    return {
        Refusal.NOTHING_LEFT: _(
            "Nothing of it can be shown without telling of somebody. Take a longer time or one variable less."
        ),
        Refusal.CONTRADICTS: _(
            "Somebody was taken out since a table that overlaps it was let out, so the two contradict each other. Take another time."
        ),
        Refusal.TOO_WIDE: _(
            "It is too large, or too many tables overlap it: what they tell together cannot be checked. Take fewer quarters, regions for districts, or one variable less."
        ),
        Refusal.STILL_OPEN: _(
            "One of its quarters is not closed yet and still changes. It can leave two weeks after the quarter is over."
        ),
    }


def _let_out(request: HttpRequest, wish: Wish, out: LetTableOut) -> HttpResponseBase:
    house = here(request)
    try:
        refusal = once.write(
            request,
            lambda: actions.release_table(
                actor=request.user, organisation=house, wish=wish, mark=out.cleaned_data["mark"], audience=out.cleaned_data["audience"]
            ).refusal,
        )  # fmt: skip
    except actions.Overtaken:
        messages.error(request, _("Something changed since you looked. Look at the table once more, then let it out."))
        return redirect(f"{reverse('statistics:leave')}?{urlencode(query_of(wish))}")
    if refusal:
        messages.error(request, _("It was not let out. That is written down, without the figures."))
    else:
        messages.success(request, _("It is let out and written down. Fetch the file below."))
    return redirect("statistics:released")


@at_desk
@require_safe
def released(request: HttpRequest) -> HttpResponseBase:
    """All tables that left; who is a donor's reads those that left for her or for everybody."""
    house = here(request)
    rows = selectors.releases(actor=request.user, organisation_id=house.pk)
    page = Paginator(rows, LINES).get_page(request.GET.get("page"))
    told = [{"row": row, "told": words.told(row.population.key, row.asked), "why": _refusals().get(row.refusal, "")} for row in page]  # fmt: skip
    context = {"page": page, "told": told, "may_see": bool(scope.allowed(request.user, "statistics.see", house.pk))}
    return render(request, "statistics/released.html", context)


@at_desk
@require_safe
def table(request: HttpRequest, release: UUID) -> HttpResponseBase:
    """One table that left, with its picture."""
    house = here(request)
    found = selectors.released_table(actor=request.user, organisation_id=house.pk, pk=release)
    shown = found.published.shown
    read = Reader.of(found.register, found.unit, found.published.shape, _lang())
    context = {
        "table": found, "grids": grids(read, lambda cell: shown.get(cell, WITHHELD)), "mark": found.digest[:12],
        "picture": picture(read, shown, _lang(), title=found.title, number=in_words), "map": drawings.regions(found),
    }  # fmt: skip
    return render(request, "statistics/table.html", context)


@at_desk
@require_safe
@never_cache
def file(request: HttpRequest, release: UUID, form: str) -> HttpResponseBase:
    """A table that left, as a file."""
    house = here(request)
    found: ReleasedTable = selectors.released_table(actor=request.user, organisation_id=house.pk, pk=release)
    kind, made = FORMATS[form]
    answer = HttpResponse(made(files.lines(found, house, _lang())), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="table-{found.digest[:12]}.{form}"'
    return answer
