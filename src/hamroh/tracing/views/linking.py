"""Whole lists compared: begin it, watch it, look at the pairs that came of it, judge one."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hamroh.tracing import actions, selectors
from hamroh.tracing.actions.linking import stands_still
from hamroh.tracing.forms.linking import Comparing
from hamroh.tracing.forms.pools import Judging
from hamroh.tracing.models import Linkage, Pool
from hamroh.tracing.showing import side_by_side
from hamroh.tracing.verdicts import weigh
from hamroh.tracing.views.requests import PAGE, PAGE_LINES, at, require_form, written


@login_required
@require_form
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Compare a list as a whole with another one, or with everybody who is looked for."""
    pool, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.link")
    form = Comparing(request.POST or None, lists=selectors.others(actor=request.user, pool=pool))

    def act() -> str:
        row = actions.link(actor=request.user, pool=pool, beside=form.chosen())
        return at("linkage", pool, linkage=row.pk)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"row": pool, "form": form, "linkages": selectors.linkages(pool=pool)}
    return render(request, f"{PAGE}pools/link.html", context, status=422 if form.errors else 200)


def _one(request: HttpRequest, code: str, linkage: UUID) -> tuple[Pool, Linkage]:
    pool, _decision = selectors.pool_of(actor=request.user, code=code, verb="pool.link")
    return pool, selectors.linkage_of(pool=pool, pk=linkage)


@login_required
@require_safe
def one(request: HttpRequest, code: str, linkage: UUID) -> HttpResponseBase:
    """How far it is, and the pairs that came of it."""
    pool, row = _one(request, code, linkage)
    return render(request, f"{PAGE}pools/linkage.html", {"row": pool, "linkage": row, **_found(request, row)})


def _found(request: HttpRequest, row: Linkage) -> dict[str, Any]:
    """What came of it: pairs of two lists with both names, or requests with the people of the list."""
    of_lists = row.beside_id is not None
    rows: Any = (selectors.pairs if of_lists else selectors.candidates)(actor=request.user, linkage=row)
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    return {
        "page": page, "still": stands_still(row),
        "lines": selectors.pair_lines(actor=request.user, rows=shown) if of_lists else [],
        "waiting": [] if of_lists else shown,
        "beside": selectors.pool_facts(actor=request.user, pool=row.beside) if row.beside else None,
    }  # fmt: skip


@login_required
@require_POST
def decide(request: HttpRequest, code: str, linkage: UUID) -> HttpResponseBase:
    """Stop it, or begin anew what stands still."""
    pool, row = _one(request, code, linkage)
    act = {"stop": actions.stop, "again": actions.go_on}.get(request.POST.get("do", ""))
    if act is not None:

        def do() -> str:
            act(actor=request.user, row=row)
            return at("linkage", pool, linkage=row.pk)

        written(request, None, do)
    return redirect(at("linkage", pool, linkage=row.pk))


@login_required
@require_form
def pair(request: HttpRequest, code: str, pair: UUID) -> HttpResponseBase:
    """Two people of two lists side by side, and what is said of them."""
    pool, _decision = selectors.pool_of(actor=request.user, code=code)
    row = selectors.pair_of(actor=request.user, pool=pool, pk=pair)
    form = Judging(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        actions.judge_pair(actor=request.user, pair=row, answer=told["answer"], words=told["words"])
        return at("pair", pool, pair=row.pk)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    both, log = selectors.two_of_lists(actor=request.user, pair=row), selectors.verdicts_on(pair=row)
    context = {
        "row": pool, "pair": row, "form": form, "both": both, "facts": side_by_side(both.ours, both.theirs),
        "names": [selectors.pool_facts(actor=request.user, pool=each.pool)["name"] for each in (row.record, row.beside)],
        "judged": selectors.words_of(actor=request.user, rows=log),
        "weight": weigh((each.made_by_id, each.answer) for each in log),
    }  # fmt: skip
    return render(request, f"{PAGE}pools/pair.html", context, status=422 if form.errors else 200)
