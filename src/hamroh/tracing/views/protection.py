"""Requests that are never searched: a protection officer reads why, writes what she does, and ends them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.tracing import actions, selectors
from hamroh.tracing.forms.requests import Noted, Reasoned
from hamroh.tracing.models import End
from hamroh.tracing.screening import GROUNDS
from hamroh.tracing.showing import facts_of
from hamroh.tracing.views.requests import PAGE, PAGE_LINES, asked, at, doors, require_form

VERB = "tracing.protect"


@login_required
@require_safe
def guarded(request: HttpRequest) -> HttpResponseBase:
    """What waits for protection, the oldest first."""
    policy.require(request.user, VERB)
    rows = (
        selectors.faced(request.user, VERB).filter(organisation=here(request)).order_by("closed_date", "made_at", "pk")
    )
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    lines = selectors.lines(actor=request.user, rows=list(page.object_list), verb=VERB)
    return render(request, f"{PAGE}guarded.html", {"page": page, "lines": lines, **doors(request)})


@login_required
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who is sought, by whom, and why it is not searched."""
    row, decision = selectors.request_of(actor=request.user, code=code, verb=VERB)
    values = selectors.details(request=row, decision=decision)
    context = {
        "row": row, "name": values["name"], "facts": facts_of(values), "steps": selectors.steps(request=row, decision=decision),
        "grounds": [GROUNDS[each] for each in selectors.grounds_of(request=row, decision=decision) if each in GROUNDS],
    }  # fmt: skip
    return render(request, f"{PAGE}protection.html", context)


@login_required
@require_form
def note(request: HttpRequest, code: str) -> HttpResponseBase:
    """A line about what was done."""
    row, _decision = selectors.request_of(actor=request.user, code=code, verb=VERB)
    form = Noted(request.POST or None)

    def act() -> str:
        actions.note(actor=request.user, request=row, words=form.cleaned_data["words"], verb=VERB)
        return at("protection", row)

    return asked(request, row, form, act, _("Write a note"), back="protection")


@login_required
@require_form
def end(request: HttpRequest, code: str) -> HttpResponseBase:
    """Nothing that we may look for; whoever asked reads the same words as before."""
    row, _decision = selectors.request_of(actor=request.user, code=code, verb=VERB)
    form = Reasoned(request.POST or None)

    def act() -> str:
        actions.close(actor=request.user, request=row, end=End.NOT_OURS, words=form.cleaned_data["words"])
        return at("protection", row)

    return asked(request, row, form, act, _("End the request"), back="protection")
