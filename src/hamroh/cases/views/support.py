"""State support: what may be asked, and how far each application is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.cases.actions import support as actions
from hamroh.cases.forms import support as forms
from hamroh.cases.models import Application
from hamroh.cases.selectors import support as reads
from hamroh.cases.selectors.matters import may_write, today_of
from hamroh.cases.states import SupportLife
from hamroh.cases.views.matters import ask, require_form, typed
from hamroh.kernel.matters import papers, workflows
from hamroh.web.texts import pick

Act = Callable[[], Any]


@login_required
@require_safe
def overview(request: HttpRequest, code: str, support: UUID) -> HttpResponseBase:
    """What a rule says may be asked for, and the applications."""
    matter, decision = reads.support_of(actor=request.user, code=code, pk=support)
    context = {
        "case": matter.case, "matter": matter, "guide": reads.guide(state=matter.country, on=today_of(matter.case)),
        "lines": reads.applications(matter=matter, decision=decision),
        "may_write": may_write(actor=request.user, matter=matter),
    }  # fmt: skip
    return render(request, "cases/support/overview.html", context)


@login_required
@require_form
def begin(request: HttpRequest, code: str, support: UUID) -> HttpResponseBase:
    """What is asked of which office."""
    matter, _decision = reads.support_of(actor=request.user, code=code, pk=support, verb="case.write")
    lang = request.LANGUAGE_CODE
    guide = reads.guide(state=matter.country, on=today_of(matter.case))
    offices = reads.offices(actor=request.user, country=matter.country, lang=lang)
    form = forms.NewApplication(
        typed(request), supports=[(line.support.code, pick(line.support.says, lang).text) for line in guide],
        offices=[(each, pick(names, lang).text) for each, names in offices.items()],
    )  # fmt: skip

    def act() -> Any:
        told = form.told()
        named = {"named": offices.get(told["authority"], {})}
        return actions.begin(actor=request.user, matter=matter, support=form.support_code(), told=told | named).pk

    said = {"case": matter.case, "matter": matter, "title": _("A new application"), "does": _("Go on")}
    return ask(request, form, act, ("cases:support", code, support), template="cases/support/form.html", **said)


@login_required
@require_safe
def application(request: HttpRequest, code: str, support: UUID, application: UUID) -> HttpResponseBase:
    """One application: what was asked, handed in, answered, and what may be done now."""
    row, decision = reads.application_of(actor=request.user, code=code, matter=support, pk=application)
    line = reads.application(row=row, decision=decision)
    moves = SupportLife.moves(row.state) if may_write(actor=request.user, matter=row.matter) else []
    labels = dict(SupportLife.choices())
    context = {
        "case": row.case, "matter": row.matter, "line": line, "moves": moves,
        "may_answer": {"granted", "refused", "silent"} & set(moves),
        "papers": [papers()[each] for each in line.facts.get("papers", ()) if each in papers()],
        "history": [{**each, "said": labels.get(each["state"], "")} for each in reversed(line.facts.get("moves", ()))],
    }  # fmt: skip
    return render(request, "cases/support/application.html", context)


@login_required
@require_form
def hand_in(request: HttpRequest, code: str, support: UUID, application: UUID) -> HttpResponseBase:
    row, line = _to_write(request, code, support, application)
    wanted = line.support.papers if line.support else workflows()[row.matter.kind].papers(row.matter.country)
    named = [(each, pick(papers()[each], request.LANGUAGE_CODE).text) for each in wanted]
    no_rule = not (line.support and line.support.answer)
    states = no_rule and policy.allowed(request.user, "case.state_law", row.matter)
    form = (forms.HandInStated if states else forms.HandIn)(
        typed(request), papers=named, initial={"on": today_of(row.case)}
    )  # fmt: skip

    def act() -> None:
        actions.hand_in(actor=request.user, application=row, filed=form.filed(), seen=_seen(request))

    return _asked(request, row, form, act, _("It was handed in"))


@login_required
@require_form
def answer(request: HttpRequest, code: str, support: UUID, application: UUID) -> HttpResponseBase:
    row, _line = _to_write(request, code, support, application)
    moves = SupportLife.moves(_seen(request) if request.method == "POST" else row.state)
    states = [(name, label) for name, label in SupportLife.choices() if name in moves]
    form = forms.Answer(typed(request), states=states, initial={"on": today_of(row.case)})

    def act() -> None:
        state = form.cleaned_data["state"]
        actions.answer(actor=request.user, application=row, state=state, said=form.said(), seen=_seen(request))

    return _asked(request, row, form, act, _("The answer of the office"))


@login_required
@require_form
def contest(request: HttpRequest, code: str, support: UUID, application: UUID) -> HttpResponseBase:
    row, _line = _to_write(request, code, support, application)
    form = forms.Contest(typed(request), initial={"on": today_of(row.case)})

    def act() -> None:
        actions.contest(actor=request.user, application=row, said=form.said(), seen=_seen(request))

    return _asked(request, row, form, act, _("It is contested"))


@login_required
@require_form
def withdraw(request: HttpRequest, code: str, support: UUID, application: UUID) -> HttpResponseBase:
    row, _line = _to_write(request, code, support, application)
    form = forms.Withdraw(typed(request), initial={"on": today_of(row.case)})

    def act() -> None:
        actions.withdraw(actor=request.user, application=row, said=form.said(), seen=_seen(request))

    return _asked(request, row, form, act, _("She does not go on with it"))


def _to_write(request: HttpRequest, code: str, support: UUID, pk: UUID) -> tuple[Application, reads.ApplicationLine]:
    row, decision = reads.application_of(actor=request.user, code=code, matter=support, pk=pk, verb="case.write")
    return row, reads.application(row=row, decision=decision)


def _seen(request: HttpRequest) -> str:
    """The state in which the form saw the application; none where nobody can read it."""
    seen = request.POST.get("seen", "")
    return seen if seen in SupportLife.states else SupportLife.initial


def _asked(request: HttpRequest, row: Application, form: BaseForm, act: Act, title: str) -> HttpResponseBase:
    """One form about an application, and after it its page. The form carries the state that its reader saw."""
    page = ("cases:application", row.case.code, row.matter_id, row.pk)
    is_wrong = request.method == "POST" and not form.is_valid()
    said = {
        "case": row.case, "matter": row.matter, "application": row, "title": title,
        "seen": _seen(request) if is_wrong else row.state,
        "template": "cases/support/form.html",
    }  # fmt: skip
    return ask(request, form, act, page, **said)
