"""Figures of our cases: looked at, let out, fetched."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.cases.actions import figures as actions
from hamroh.cases.figures import Wish
from hamroh.cases.forms.figures import LetOut, WhichTable
from hamroh.cases.selectors import figures as reads
from hamroh.cases.views.files import here
from hamroh.kernel.disclosure import Refusal, Why
from hamroh.vault import once

FORMATS = {
    "csv": ("text/csv; charset=utf-8", reads.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reads.as_workbook),
}
MOST = 50


@login_required
@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponseBase:
    """A table as it would leave, and all that left."""
    policy.require(request.user, "figures.see")
    form = WhichTable(request.GET or None)
    return _page(request, form, LetOut())


def _page(request: HttpRequest, form: WhichTable, out: LetOut, status: int = 200) -> HttpResponse:
    house = here(request)
    rows = reads.releases(actor=request.user, organisation=house)[:MOST]
    told = [(row, reads.title_of(Wish.of(row.asked)), _refusals().get(row.refusal, "")) for row in rows]
    context = {"form": form, "out": out, "told": told, **(_table(request, form.wish) if form.is_valid() else {})}
    return render(request, "cases/figures/page.html", context, status=status)


def _table(request: HttpRequest, wish: Wish) -> dict[str, Any]:
    found = actions.judged(actor=request.user, organisation=here(request), wish=wish)
    judged, words = found.protected, _reasons()
    values = judged.table.values
    grid = reads.grid(judged.table.shape, lambda cell: (values[cell], words.get(judged.why[cell], "")), _lang())
    return {
        "grid": grid, "title": reads.title_of(wish), "mark": found.mark, "query": request.GET.urlencode() or request.POST["query"],
        "withheld": judged.withheld, "cells": len(judged.why), "refusal": _refusals().get(judged.refusal or ""),
        "threshold": wish.rules.threshold,
    }  # fmt: skip


def _lang() -> str:
    return get_language() or "en"


def _reasons() -> dict[str, str]:
    """Why a count would be withheld, for our own eyes only."""
    return {
        Why.SMALL: pgettext("figures", "few"),
        Why.ZERO: pgettext("figures", "nobody"),
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
            "Cases were corrected since a table that overlaps it was let out, so the two contradict each other. Take other months."
        ),
        Refusal.TOO_WIDE: _(
            "Too many tables overlap it: what they tell together cannot be checked. Take fewer months or one category less."
        ),
    }


@login_required
@require_POST
def release(request: HttpRequest) -> HttpResponseBase:
    """Let the table out as it was looked at."""
    policy.require(request.user, "figures.release")
    form, out = WhichTable(QueryDict(request.POST.get("query", ""))), LetOut(request.POST)
    if not form.is_valid() or not out.is_valid():
        return _page(request, form, out, status=422)
    house, query = here(request), request.POST["query"]
    try:
        told = once.write(
            request,
            lambda: actions.release_figures(
                actor=request.user, organisation=house, wish=form.wish, mark=out.cleaned_data["mark"],
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
    return redirect("figures:page")


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
