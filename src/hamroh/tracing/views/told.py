"""The seeker's side of letters: what was told, how it reaches her, and what she writes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamroh.accounts import policy
from hamroh.tracing.actions import letters, telling
from hamroh.tracing.forms import found as forms
from hamroh.tracing.models import Request
from hamroh.tracing.selectors import found as reads
from hamroh.tracing.selectors.requests import request_of
from hamroh.tracing.views.requests import PAGE, asked, at, require_form, written


@login_required
@require_form
def write(request: HttpRequest, code: str) -> HttpResponseBase:
    """A letter to who is missed: kept alike whether anybody was found or not."""
    row, _decision = request_of(actor=request.user, code=code, verb="tracing.ask")
    form = forms.LetterForm(request.POST or None)

    def act() -> str:
        letters.write_to_found(actor=request.user, request=row, body=form.cleaned_data["body"])
        return at("request", row)

    return asked(request, row, form, act, _("A letter to him"))


def _item(request: HttpRequest, row: Request, of: str) -> Any:
    decision = policy.require(request.user, "tracing.own", row)
    known = reads.told(request=row, decision=decision)
    found = next((each for each in known.items if each["of"] == of), None)
    if found is None:
        raise policy.Refused("nothing of this was told")
    return found


@login_required
@require_form
def one(request: HttpRequest, code: str, of: str) -> HttpResponseBase:
    """One thing that was told, and how it reaches her: through the one door out of her case."""
    row, _decision = request_of(actor=request.user, code=code, verb="tracing.ask")
    item = _item(request, row, str(of))
    form = forms.ReachForm(request.POST or None)

    def act() -> str:
        out = telling.reach_her(actor=request.user, request=row, of=str(of), way=form.cleaned_data["way"])
        return reverse("cases:outgoing", kwargs={"code": out.case.code, "outgoing": out.pk})

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"row": row, "item": item, "form": form}
    return render(request, f"{PAGE}told/one.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def given(request: HttpRequest, code: str, of: str) -> HttpResponseBase:
    """She has heard or read it."""
    row, _decision = request_of(actor=request.user, code=code, verb="tracing.ask")
    _item(request, row, str(of))

    def act() -> str:
        telling.given(actor=request.user, request=row, of=str(of))
        return at("request", row)

    if written(request, None, act):
        messages.success(request, _("Written down."))
    return redirect(at("request", row))
