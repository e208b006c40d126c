"""The house that the client lives in, and how it stands since money stopped coming."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import selectors
from hamroh.cases.actions.people import keep_household
from hamroh.cases.forms import household as forms
from hamroh.cases.forms import seen
from hamroh.cases.models import Case, Household
from hamroh.cases.views.relations import kept, names_of, require_form
from hamroh.kernel.households import Level, Missing, Situation, situation
from hamroh.vault import opening

LEVELS = {
    Level.POOR: ("risk", pgettext_lazy("situation", "Poverty or extreme poverty")),
    Level.AT_RISK: ("care", pgettext_lazy("situation", "May be at risk")),
    Level.ABOVE: ("none", pgettext_lazy("situation", "Above the thresholds")),
    Level.UNKNOWN: ("none", pgettext_lazy("situation", "Cannot be said yet")),
}
ASKS = {
    Missing.AMOUNT: _("Write how much came each time."),
    Missing.OFTEN: _("Write how often it came."),
    Missing.RATE: _("Write what one US dollar costs in this currency, and of which day the rate is."),
}


@login_required
@require_form
def household(request: HttpRequest, code: str) -> HttpResponseBase:
    case, decision = selectors.case_of(actor=request.user, code=code)
    policy.require(request.user, "case.write", case)
    facts = _facts(case, decision)
    form = forms.Household(request.POST or None, people=names_of(case, decision), initial=forms.initial_of(facts))
    seen.watch(form, case, lambda: forms.initial_of(_facts(case, decision)))
    if form.is_valid() and (to := kept(request, form, _keeping(request, case, form))):
        return redirect(to)
    context = {"case": case, "form": form, **how_it_stands(case, facts)}
    return render(request, "cases/people/household.html", context, status=422 if form.errors else 200)


def _facts(case: Case, decision: Decision) -> dict[str, Any]:
    """What is known of the house now."""
    row = Household.objects.filter(case=case).first()
    known = opening.open_each(row, ("facts",), decision=decision, purpose="form")["facts"] if row else {}
    return known if isinstance(known, dict) else {}


def _keeping(request: HttpRequest, case: Case, form: forms.Household) -> Callable[[], str]:
    def write() -> str:
        keep_household(actor=request.user, case=case, facts=form.facts())
        return reverse("cases:household", kwargs={"code": case.code})

    return write


def how_it_stands(case: Case, facts: dict[str, Any]) -> dict[str, Any]:
    """The screen of the situation: its word, its reasons, what is to be asked; nothing where nothing was told."""
    if not facts:
        return {"stands": None}
    found: Situation = situation(forms.remittance_of(facts), local_date(timezone.now(), case.organisation))
    state, word = LEVELS[found.level]
    return {"stands": found, "state": state, "word": word, "asks": ASKS.get(found.missing) if found.missing else None}
