"""The searching side: what waits, the shortlist of a request, two side by side, and what is said of them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.workplace import here
from hamroh.tracing import actions, selectors
from hamroh.tracing.actions import approaching
from hamroh.tracing.actions.moving import open_moves
from hamroh.tracing.forms.pools import Judging
from hamroh.tracing.forms.requests import Moved, Noted, Reasoned
from hamroh.tracing.models import End, PoolRecord, Request, standing
from hamroh.tracing.selectors import partners
from hamroh.tracing.showing import facts_of, side_by_side
from hamroh.tracing.states import TracingLife
from hamroh.tracing.verdicts import weigh
from hamroh.tracing.views.requests import PAGE, PAGE_LINES, asked, at, doors, require_form, written


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponseBase:
    """Requests that are searched, those with new candidates above the others."""
    policy.require(request.user, "tracing.search")
    house = here(request)
    rows = selectors.faced(request.user, "tracing.search").filter(organisation=house).order_by("-changed_at", "pk")
    if request.GET.get("ended") != "1":
        rows = rows.filter(closed_date=None)
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": selectors.lines(actor=request.user, rows=list(page.object_list), verb="tracing.search"),
        "waiting": list(selectors.to_look_at(actor=request.user, organisation=house)[:PAGE_LINES]), "pairs": _pairs(request, house),
        **doors(request),
    }  # fmt: skip
    return render(request, f"{PAGE}searches.html", context)


def _pairs(request: HttpRequest, house: Organisation) -> list[selectors.PairLine]:
    rows = selectors.pairs_to_look_at(actor=request.user, organisation=house)
    return selectors.pair_lines(actor=request.user, rows=list(rows[:PAGE_LINES]))


def _searched(request: HttpRequest, code: str) -> tuple[Request, Decision]:
    return selectors.request_of(actor=request.user, code=code, verb="tracing.search")


@login_required
@require_safe
def shortlist(request: HttpRequest, code: str) -> HttpResponseBase:
    """A request as those who search see it: what is known, how far it is, and the ten likeliest when somebody asks for them."""
    row, decision = _searched(request, code)
    values = selectors.details(request=row, decision=decision)
    looks = request.GET.get("look") == "1"
    context = {
        "row": row, "name": values["name"], "facts": facts_of(values), "looks": looks,
        "found": selectors.shortlist(actor=request.user, request=row, decision=decision) if looks else [],
        "careful": selectors.is_careful(request=row, decision=decision),
        "cluster": selectors.cluster_of(actor=request.user, request=row), "is_found": row.state in approaching.FOUND,
        "waiting": selectors.to_look_at(actor=request.user, organisation=row.organisation).filter(request=row),
        "partners": partners.partners_of(actor=request.user, request=row, decision=decision),
        "steps": selectors.steps(request=row, decision=decision), "moves": open_moves(row),
    }  # fmt: skip
    return render(request, f"{PAGE}shortlist.html", context)


@login_required
@require_form
def beside_record(request: HttpRequest, code: str, record: UUID) -> HttpResponseBase:
    """A request beside a record of a pool."""
    row, decision = _searched(request, code)
    rows = standing(PoolRecord.objects.filter(pk=record, pool__ended_date=None)).select_related("pool")
    found, _opens = policy.fetch(request.user, "pool.read", rows)
    return _beside(request, row, decision, record=found)


@login_required
@require_form
def beside_request(request: HttpRequest, code: str, other: UUID) -> HttpResponseBase:
    """A request beside another one, for the same person as it may be."""
    row, decision = _searched(request, code)
    rows = selectors.faced(request.user, "tracing.search").filter(pk=other).exclude(pk=row.pk)
    found, _opens = policy.fetch(request.user, "tracing.search", rows)
    return _beside(request, row, decision, other=found)


def _beside(
    request: HttpRequest, row: Request, decision: Decision, *, record: PoolRecord | None = None, other: Request | None = None
) -> HttpResponseBase:  # fmt: skip
    form = Judging(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        actions.judge(
            actor=request.user, request=row, record=record, other=other, answer=told["answer"], words=told["words"]
        )
        return at("shortlist", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    both = selectors.beside(actor=request.user, request=row, decision=decision, record=record, other=other)
    log = list(selectors.pair_rows(request=row, record=record, other=other))
    context: dict[str, Any] = {
        "row": row, "record": record, "other": other, "form": form, "both": both, "facts": side_by_side(both.ours, both.theirs),
        "judged": selectors.said_of(actor=request.user, rows=log), "weight": weigh((each.made_by_id, each.answer) for each in log),
        "pool": selectors.pool_facts(actor=request.user, pool=record.pool) if record else None,
    }  # fmt: skip
    return render(request, f"{PAGE}beside.html", context, status=422 if form.errors else 200)


@login_required
@require_form
def move(request: HttpRequest, code: str) -> HttpResponseBase:
    """A move by hand, of those that are open now."""
    row, _decision = _searched(request, code)
    form = Moved(request.POST or None, moves=[(each, TracingLife.states[each].label) for each in open_moves(row)])

    def act() -> str:
        told = form.cleaned_data
        actions.move(actor=request.user, request=row, after=told["after"], words=told["words"])
        return at("shortlist", row)

    return asked(request, row, form, act, _("What has happened?"), back="shortlist")


@login_required
@require_form
def note(request: HttpRequest, code: str) -> HttpResponseBase:
    """A line about the search."""
    row, _decision = _searched(request, code)
    form = Noted(request.POST or None)

    def act() -> str:
        actions.note(actor=request.user, request=row, words=form.cleaned_data["words"])
        return at("shortlist", row)

    return asked(request, row, form, act, _("Write a note"), back="shortlist")


@login_required
@require_form
def settled(request: HttpRequest, code: str) -> HttpResponseBase:
    """End a search that is settled; the seeker's side reads nothing of it here."""
    row, _decision = _searched(request, code)
    form = Reasoned(request.POST or None)

    def act() -> str:
        actions.close(actor=request.user, request=row, end=End.FOUND, words=form.cleaned_data["words"])
        return at("shortlist", row)

    return asked(request, row, form, act, _("End the search"), back="shortlist")
