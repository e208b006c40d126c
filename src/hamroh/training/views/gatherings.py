"""Pages of roundtables and councils, and of what they asked of whom."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.training import actions, selectors
from hamroh.training.forms import gatherings as forms
from hamroh.training.views.frame import PAGE, PAGE_LINES, asked, at_desk, here, moment, require_form


def _at(row: Any, name: str = "gathering") -> str:
    return reverse(f"training:{name}", kwargs={"gathering": row.code})


@at_desk
@require_safe
def gatherings(request: HttpRequest) -> HttpResponseBase:
    """Every gathering of the organisation, and what others are to do soon."""
    policy.require(request.user, "gathering.see")
    rows = selectors.gatherings(actor=request.user, organisation=here(request))
    context = {
        "page": Paginator(rows, PAGE_LINES).get_page(request.GET.get("page")), "may_edit": bool(policy.allowed(request.user, "gathering.edit")),
        "pending": selectors.pending(actor=request.user, organisation=here(request), today=timezone.localdate()),
    }  # fmt: skip
    return render(request, f"{PAGE}gatherings.html", context)


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A roundtable, a debate, a council."""
    policy.require(request.user, "gathering.edit")
    form = forms.GatheringForm(request.POST or None)

    def act() -> str:
        return _at(actions.note_gathering(actor=request.user, organisation=here(request), told=form.told))

    return asked(request, form, act, title=_("A new gathering"), back=reverse("training:gatherings"))


@at_desk
@require_safe
def gathering(request: HttpRequest, gathering: str) -> HttpResponseBase:
    """One gathering, what it asked, and what became of that."""
    row, _decision = selectors.gathering_of(actor=request.user, code=gathering)
    context = {
        "gathering": row, "lines": selectors.recommendations(gathering=row), "parties": list(row.parties.all()), "today": timezone.localdate(),
        "may_edit": bool(policy.allowed(request.user, "gathering.edit", row)), "back": reverse("training:gatherings"),
    }  # fmt: skip
    return render(request, f"{PAGE}gathering.html", context)


@at_desk
@require_form
def change(request: HttpRequest, gathering: str) -> HttpResponseBase:
    """What is known of it now."""
    row, _decision = selectors.gathering_of(actor=request.user, code=gathering, verb="gathering.edit")
    seen = request.POST.get("seen", row.changed_at.isoformat())
    form = forms.GatheringForm(request.POST or None, initial=forms.GatheringForm.of(row))

    def act() -> str:
        actions.change_gathering(actor=request.user, gathering=row, told=form.told, seen=moment(seen))
        return _at(row)

    return asked(request, form, act, title=_("Change what is known"), back=_at(row), seen=seen)


@at_desk
@require_form
def ask(request: HttpRequest, gathering: str) -> HttpResponseBase:
    """It asks something of somebody."""
    row, _decision = selectors.gathering_of(actor=request.user, code=gathering, verb="gathering.edit")
    form = forms.AskForm(request.POST or None)

    def act() -> str:
        actions.recommend(actor=request.user, gathering=row, ask=form.told)
        return _at(row)

    return asked(request, form, act, title=_("What it asked"), back=_at(row))


@at_desk
@require_form
def move(request: HttpRequest, gathering: str, recommendation: UUID) -> HttpResponseBase:
    """What became of it."""
    row, _decision = selectors.gathering_of(actor=request.user, code=gathering, verb="gathering.edit")
    found = selectors.recommendation_of(gathering=row, pk=recommendation)
    form = forms.MoveForm(request.POST or None, row=found)
    before = request.POST.get("before", found.state)

    def act() -> str:
        told = form.cleaned_data
        actions.move_recommendation(
            actor=request.user,
            gathering=row,
            recommendation=found.pk,
            after=told["after"],
            before=before,
            words=told["words"],
        )
        return _at(row)

    return asked(request, form, act, title=_("What became of it?"), back=_at(row), before=before, about=found)
