"""Figures about people: looked at, let out, fetched."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.cases import figuresets
from hamroh.cases.actions import figures as actions
from hamroh.cases.figuresets import FigureSet
from hamroh.cases.forms.figures import LetOut
from hamroh.cases.selectors import figures as reads
from hamroh.kernel.disclosure import Refusal, Why
from hamroh.vault import once

FORMATS = {
    "csv": ("text/csv; charset=utf-8", reads.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reads.as_workbook),
}
MOST = 50
#: what names a set in an address
OF = "of"


@login_required
@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponseBase:
    """A table as it would leave, and all that left."""
    policy.require(request.user, "figures.see")
    of = _set(request.GET)
    return _page(request, of, _asked(of, request.GET), LetOut())


def _set(query: QueryDict) -> FigureSet:
    """Which figures are meant."""
    found = figuresets.of(query.get(OF, ""))
    if found is None:
        raise Http404
    return found


def _asked(of: FigureSet, query: QueryDict) -> forms.Form:
    """What is asked for; nothing yet where only the set is named."""
    return of.form(query if set(query) - {OF} else None)


def _page(request: HttpRequest, of: FigureSet, form: Any, out: LetOut, status: int = 200) -> HttpResponse:
    rows = reads.releases(actor=request.user, organisation=here(request), of=of)[:MOST]
    told = [(row, of.wish_of(row.asked).title, _refusals().get(row.refusal, "")) for row in rows]
    context = {"of": of, "sets": figuresets.sets(), "form": form, "out": out, "told": told}
    shown = _table(request, of, form.wish) if form.is_valid() else {}
    return render(request, "cases/figures/page.html", {**context, **shown}, status=status)


def _table(request: HttpRequest, of: FigureSet, wish: Any) -> dict[str, Any]:
    found = actions.judged(actor=request.user, organisation=here(request), of=of, wish=wish)
    judged, words = found.protected, _reasons(is_quiet=of.is_quiet)
    values = judged.table.values
    grid = reads.grid(of, judged.table.shape, lambda cell: (values[cell], words.get(judged.why[cell], "")), _lang())
    return {
        "grid": grid, "title": wish.title, "mark": found.mark, "query": request.GET.urlencode() or request.POST["query"],
        "withheld": judged.withheld, "cells": len(judged.why), "refusal": _refusals().get(judged.refusal or ""),
        "threshold": wish.rules.threshold, "notes": [] if judged.refusal else of.notes(judged.published(), _lang()),
    }  # fmt: skip


def _lang() -> str:
    return get_language() or "en"


def _reasons(*, is_quiet: bool) -> dict[str, str]:
    """Why a count would be withheld, for our own eyes only."""
    return {
        Why.SMALL: pgettext("figures", "few"),
        Why.ZERO: pgettext("figures", "few") if is_quiet else pgettext("figures", "nobody"),
        Why.DOMINATED: pgettext("figures", "mostly one"),
        Why.GUARDS_OTHERS: pgettext("figures", "guards another"),
        Why.GUARDS_EARLIER: pgettext("figures", "guards what left before"),
    }


def _refusals() -> dict[str, str]:
    return {
        Refusal.NOTHING_LEFT: _(
            "Nothing of it can be shown without telling of somebody. Take longer months or one category less."
        ),
        Refusal.CONTRADICTS: _(
            "What is counted was corrected since a table that overlaps it was let out, so the two contradict each other. Take another time."
        ),
        Refusal.STILL_OPEN: _("Its time is not over for two weeks yet, so it still changes. Take an earlier one."),
        Refusal.TOO_WIDE: _(
            "Too many tables overlap it: what they tell together cannot be checked. Take fewer months or one category less."
        ),
    }


@login_required
@require_POST
def release(request: HttpRequest) -> HttpResponseBase:
    """Let the table out as it was looked at."""
    policy.require(request.user, "figures.release")
    query = request.POST.get("query", "")
    of = _set(QueryDict(query))
    form: Any = _asked(of, QueryDict(query))
    out = LetOut(request.POST)
    if not form.is_valid() or not out.is_valid():
        return _page(request, of, form, out, status=422)
    house = here(request)
    try:
        told = once.write(
            request,
            lambda: actions.release_figures(
                actor=request.user, organisation=house, of=of, wish=form.wish, mark=out.cleaned_data["mark"],
                audience=out.cleaned_data["audience"],
            ).refusal,
        )  # fmt: skip
    except actions.Overtaken:
        messages.error(request, _("Something changed since you looked. Look at the table once more, then let it out."))
        return redirect(f"{reverse('figures:page')}?{query}")
    if told:
        messages.error(request, _("It was not let out. That is written down, without the figures."))
    else:
        messages.success(request, _("It is let out and written down. Fetch the file below."))
    return redirect(f"{reverse('figures:page')}?{OF}={of.key}")


@login_required
@require_safe
@never_cache
def file(request: HttpRequest, release: UUID, form: str) -> HttpResponseBase:
    """A table that was let out, as a file."""
    policy.require(request.user, "figures.see")
    row = reads.a_release(actor=request.user, organisation=here(request), pk=release)
    kind, made = FORMATS[form]
    answer = HttpResponse(made(row, _lang()), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="figures-{row.turn}.{form}"'
    return answer
