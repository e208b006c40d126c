"""Acts of violence in a case: begun, asked one question at a time, read, set aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.cases import selectors
from hamroh.cases.actions import AtRest
from hamroh.cases.actions import incidents as actions
from hamroh.cases.forms import incidents as forms
from hamroh.cases.models import Case, Incident, Written
from hamroh.cases.reaching import clocks_there
from hamroh.cases.selectors import incidents as reads
from hamroh.cases.selectors import risks
from hamroh.cases.states import AT_REST
from hamroh.cases.views.keyed import people
from hamroh.cases.views.reaching import require_form
from hamroh.cases.views.whereabouts import person_of
from hamroh.cases.views.working import ask, today_at
from hamroh.kernel import incidents
from hamroh.vault import once

PAGE = "cases/incidents/"


def _writing(request: HttpRequest, code: str) -> tuple[Case, policy.Decision]:
    """The case for somebody who may write in it, with the decision that opens it."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    return case, selectors.case_of(actor=request.user, code=code)[1]


def _may_write(request: HttpRequest, case: Case) -> bool:
    return case.status not in AT_REST and bool(policy.allowed(request.user, "case.write", case))


@login_required
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponseBase:
    """All that was told of."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    rows = [clocks_there(row, case, "made_at", "set_aside_at") for row in reads.of_case(case=case)]
    context = {
        "case": case, "names": selectors.names_of_people(case=case, decision=decision),
        "told": [reads.told(row=row, decision=decision) for row in rows], "may_write": _may_write(request, case),
    }  # fmt: skip
    return render(request, f"{PAGE}overview.html", context)


@login_required
@require_form
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """To whom it happened, when, and when she told of it."""
    case, decision = _writing(request, code)
    known = people(case, decision)
    first = {"person": known[0][0] if known else "", "on_date": today_at(case)}
    form = forms.BeginIncident(request.POST or None, people=known, today=today_at(case), initial=first)
    begun: list[Incident] = []

    def act() -> Any:
        told = form.cleaned_data
        person = person_of(case, told["person"])
        begun.append(
            actions.begin(actor=request.user, person=person, happened=told["happened"], told_on=told["on_date"])
        )
        return begun[0].pk

    said = {
        "title": _("Write down what happened"), "send": _("Begin"), "template": f"{PAGE}form.html",
        "note": _("Only what she wishes to tell, where nobody listens. Nothing of it is needed for help."),
    }  # fmt: skip
    answer = ask(request, case, form, act, **said)
    if answer.status_code != 302:
        return answer
    return _next(begun[0], "") if begun else redirect("cases:incidents", code)


def _next(row: Incident, question: str, answers: Any = ()) -> HttpResponseBase:
    """The question after one, the first where it is empty; the page of the act after the last."""
    asked = [each.code for each in incidents.tool().asked(dict(answers or {}))]
    after = asked[asked.index(question) + 1 :] if question in asked else asked
    if after:
        return redirect("cases:ask-incident", row.case.code, row.pk, after[0])
    return redirect("cases:incident", row.case.code, row.pk)


@login_required
@require_form
def question(request: HttpRequest, code: str, incident: UUID, point: str) -> HttpResponseBase:
    """One question; its answer is kept before the next one comes."""
    case, decision = _writing(request, code)
    row = reads.incident(case=case, pk=incident)
    before = reads.told(row=row, decision=decision)
    asked = [each.code for each in incidents.tool().asked(before.answers)]
    if point not in asked:
        raise policy.Refused("no such question")
    if row.finished_at:
        return redirect("cases:incident", code, row.pk)
    this, at = incidents.tool().questions[point], asked.index(point)
    said = before.answers.get(point, [])
    first = {"said": said if this.many else next(iter(said), "")}
    typed = request.POST if request.method == "POST" else None
    form = forms.Answer(typed, question=this, lang=get_language() or "en", initial=first)
    if request.method == "POST" and form.is_valid():
        return _kept(request, row, point, form.cleaned_data["said"])
    context = {
        "case": case, "row": row, "form": form, "at": at + 1, "of": len(asked), "before": asked[at - 1] if at else "",
        "is_last": at + 1 == len(asked), "numbers": risks.crisis_numbers(actor=request.user, country=case.country),
    }  # fmt: skip
    return render(request, f"{PAGE}question.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, row: Incident, point: str, said: list[str]) -> HttpResponseBase:
    """Write the answer, and go to the next question, or away for today."""

    def write() -> str:
        actions.keep_answer(actor=request.user, row=row, question=point, said=said)
        return str(row.pk)

    if not _written(request, write):
        return redirect("cases:incident", row.case.code, row.pk)
    if "later" in request.POST:
        return redirect("cases:case", row.case.code)
    decision = selectors.case_of(actor=request.user, code=row.case.code)[1]
    fresh = reads.told(row=reads.incident(case=row.case, pk=row.pk), decision=decision)
    return _next(row, point, fresh.answers)


def _written(request: HttpRequest, write: Any) -> bool:
    try:
        once.write(request, write)
    except Written as stands:
        messages.info(request, str(stands))
        return False
    except AtRest:
        messages.error(
            request, _("This case is closed. A supervisor or its owner reopens it before anything is written.")
        )
        return False
    return True


@login_required
@require_form
def one(request: HttpRequest, code: str, incident: UUID) -> HttpResponseBase:
    """What was told; whoever writes finishes it here."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    row = clocks_there(reads.incident(case=case, pk=incident), case, "made_at", "finished_at", "set_aside_at")
    if request.method == "POST":
        _writing(request, code)

        def write() -> str:
            actions.finish(actor=request.user, row=row)
            return str(row.pk)

        if _written(request, write):
            messages.success(request, _("It is written down, and stands."))
        return redirect("cases:incidents", code)
    told = reads.told(row=row, decision=decision)
    names = selectors.names_of_people(case=case, decision=decision)
    context = {
        "case": case, "told": told, "row": row, "name": names.get(row.person_id, ""),
        "may_write": _may_write(request, case),
    }  # fmt: skip
    return render(request, f"{PAGE}one.html", context)


@login_required
@require_form
def set_aside(request: HttpRequest, code: str, incident: UUID) -> HttpResponseBase:
    """It was a mistake."""
    case, _decision = _writing(request, code)
    row = reads.incident(case=case, pk=incident)
    form = forms.SetAside(request.POST or None)
    said = {
        "title": _("It was written down by mistake"), "send": _("Set it aside"), "template": f"{PAGE}form.html",
        "note": _("It stays in the file with what you write here, and is counted no more. One that is not finished goes."),
    }  # fmt: skip
    act = lambda: actions.set_aside(actor=request.user, row=row, words=form.cleaned_data["words"])  # noqa: E731 - one call
    answer = ask(request, case, form, act, **said)
    return redirect(reverse("cases:incidents", args=(code,))) if answer.status_code == 302 else answer
