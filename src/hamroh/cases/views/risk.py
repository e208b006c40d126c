"""Danger: the questions, what they come to, who has looked; and the safety plan."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.cases import selectors
from hamroh.cases.actions import risk as actions
from hamroh.cases.forms.safety import PlanForm, RiskForm
from hamroh.cases.models import Case, RiskScreen
from hamroh.cases.reaching import clocks_there
from hamroh.cases.selectors import risks
from hamroh.cases.views.reaching import require_form
from hamroh.kernel import risk
from hamroh.vault import once


@login_required
@require_form
def screen(request: HttpRequest, code: str) -> HttpResponseBase:
    """All questions; none is required, since she may leave any out."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    lang = get_language() or "en"
    form = RiskForm(request.POST or None, lang=lang)
    if form.is_valid() and (found := _screened(request, case, form)):
        return redirect("cases:safety-plan" if found == "plan" else "cases:case", code=code)
    context = {
        "case": case, "form": form, "groups": form.groups(lang),
        "numbers": risks.crisis_numbers(actor=request.user, country=case.country),
    }  # fmt: skip
    return render(request, "cases/risk/screen.html", context, status=422 if form.errors else 200)


def _screened(request: HttpRequest, case: Case, form: RiskForm) -> str:
    """What comes next: "plan" where a safety plan is needed, else "done"; empty where the form is to be put right."""
    told, answers = form.cleaned_data, form.answers()
    if not answers:
        form.add_error(None, _("Nothing is answered yet."))
        return ""

    def write() -> str:
        actions.screen_risk(actor=request.user, case=case, answers=answers, level=told["level"], reason=told["reason"])
        return "plan" if risk.screen(risk.tool(), answers).needs_plan else "done"

    try:
        return once.write(request, write)
    except actions.OverrideRefused:
        form.add_error("reason", _("Say in a sentence why you judge otherwise: at least 15 characters."))
        return ""


@login_required
@require_POST
def look(request: HttpRequest, code: str, screen: UUID) -> HttpResponseBase:
    """A supervisor has looked, other than who has asked."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = RiskScreen.objects.filter(case=case, pk=screen).first()
    if row is None:
        raise policy.Refused("no such screen in this case")
    if row.taken_by_id == request.user.pk or not policy.allowed(request.user, "case.approve", case):
        messages.info(request, _("A supervisor looks, other than who has asked."))
        return redirect("cases:case", code=code)
    actions.look_at_risk(actor=request.user, case=case, screen=row)
    messages.success(request, _("Written down that you have looked."))
    return redirect("cases:case", code=code)


@login_required
@require_form
def safety_plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """What she does when it gets dangerous or too heavy."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    plan, steps = risks.safety_plan(case=case, decision=decision)
    form = PlanForm(request.POST or None, initial=dict(steps))
    if form.is_valid():
        told = form.cleaned_data

        def keep() -> str:
            return str(actions.keep_safety_plan(actor=request.user, case=case, steps=told).pk)

        once.write(request, keep)
        messages.success(request, _("The plan is kept."))
        return redirect("cases:case", code=code)
    context = {
        "case": case, "form": form, "plan": clocks_there(plan, case, "changed_at") if plan else None,
        "numbers": risks.crisis_numbers(actor=request.user, country=case.country),
    }  # fmt: skip
    return render(request, "cases/risk/plan.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def unseen(request: HttpRequest) -> HttpResponseBase:
    """What a supervisor has still to look at, the most pressing first."""
    policy.require(request.user, "case.approve")
    rows = list(risks.unseen_risks(actor=request.user, organisation=here(request))[:100])
    names = selectors.clients(actor=request.user, ids=[row.case_id for row in rows])
    shown = [(clocks_there(row, row.case, "look_by"), names.get(row.case_id)) for row in rows]
    return render(request, "cases/risk/unseen.html", {"rows": shown})
