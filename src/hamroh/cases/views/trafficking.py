"""Trafficking in a case: asked one page at a time, what it shows, and what follows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
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
from hamroh.cases.actions import trafficking as actions
from hamroh.cases.forms import trafficking as forms
from hamroh.cases.models import As, Assistance, Basis, Case, RecoveryPeriod, TraffickingScreen, Written
from hamroh.cases.reaching import clocks_there
from hamroh.cases.selectors import risks
from hamroh.cases.selectors import trafficking as reads
from hamroh.cases.states import AT_REST
from hamroh.cases.views.keyed import FOUND, people
from hamroh.cases.views.reaching import require_form
from hamroh.cases.views.whereabouts import person_of
from hamroh.cases.views.working import ask, today_at
from hamroh.kernel import trafficking
from hamroh.vault import once
from hamroh.web.texts import pick

PAGE = "cases/trafficking/"


def _both(request: HttpRequest, code: str) -> tuple[Case, policy.Decision]:
    """The case for somebody who may write in it, with the decision that opens it."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    return case, selectors.case_of(actor=request.user, code=code)[1]


def _asked(
    request: HttpRequest, case: Case, form: BaseForm, act: Callable[[], Any], to: str = "", **said: Any
) -> HttpResponseBase:  # fmt: skip
    answer = ask(request, case, form, act, template=f"{PAGE}form.html", **said)
    to = to or reverse("cases:trafficking", args=(case.code,))
    return redirect(to) if answer.status_code == 302 else answer


@login_required
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was asked and shows, the time to recover, help, and her word about the police."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    names = selectors.names_of_people(case=case, decision=decision)
    rows = [clocks_there(row, case, "made_at") for row in reads.askings(case=case)]
    context = {
        "case": case, "names": names, "asked": [reads.asked(row=row, decision=decision) for row in rows],
        "recoveries": reads.recoveries(case=case, decision=decision),
        "helps": reads.assistance(case=case, decision=decision), "today": today_at(case),
        "police": reads.police_decisions(case=case, decision=decision),
        "law": reads.law(state=case.country, on=today_at(case)),
        "may_write": case.status not in AT_REST and bool(policy.allowed(request.user, "case.write", case)),
    }  # fmt: skip
    return render(request, f"{PAGE}overview.html", context)


@login_required
@require_form
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """About whom, and whether she counts as a child."""
    case, decision = _both(request, code)
    known = people(case, decision)
    form = forms.BeginAsking(request.POST or None, people=known, initial={"person": known[0][0] if known else ""})
    begun: list[TraffickingScreen] = []

    def act() -> Any:
        told = form.cleaned_data
        person = person_of(case, told["person"])
        begun.append(actions.begin_asking(actor=request.user, person=person, is_child=told["age"] != "adult"))
        return begun[0].pk

    said = {"title": _("Ask about trafficking"), "send": _("Begin"), "note": _("Ask only where nobody listens, one page at a time. She may stop at any question, and go on another day.")}  # fmt: skip
    answer = _asked(request, case, form, act, **said)
    return _next(begun[0], {}) if answer.status_code == 302 and begun else answer


def _next(row: TraffickingScreen, answers: Any) -> HttpResponseBase:
    """The first page of which nothing was answered yet, or the first of all."""
    tool = trafficking.tool()
    left = (group for group in tool.groups if not any(each.code in answers for each in tool.of(group)))
    return redirect("cases:ask-trafficking", row.case.code, row.pk, next(left, next(iter(tool.groups))))


@login_required
@require_safe
def go_on(request: HttpRequest, code: str, asked: UUID) -> HttpResponseBase:
    """An asking goes on where she stopped."""
    case, decision = _both(request, code)
    row = reads.asking(case=case, pk=asked)
    if row.finished_at:
        return redirect("cases:trafficking-found", code, row.pk)
    return _next(row, reads.asked(row=row, decision=decision).answers)


@login_required
@require_form
def page(request: HttpRequest, code: str, asked: UUID, group: str) -> HttpResponseBase:
    """One group of questions; what is answered is kept before the next one comes."""
    case, decision = _both(request, code)
    row, tool = reads.asking(case=case, pk=asked), trafficking.tool()
    groups = list(tool.groups)
    if group not in groups:
        raise policy.Refused("no such group of questions")
    if row.finished_at:
        return redirect("cases:trafficking-found", code, row.pk)
    lang, before = get_language() or "en", reads.asked(row=row, decision=decision)
    typed = request.POST if request.method == "POST" else None
    form = forms.Group(typed, tool=tool, group=group, lang=lang, initial=dict(before.answers))
    at = groups.index(group)
    if request.method == "POST" and form.is_valid():
        return _kept(request, row, form, groups[at + 1 : at + 2])
    context = {
        "case": case, "row": row, "form": form, "title": pick(tool.groups[group], lang).text, "at": at + 1,
        "of": len(groups), "is_last": at + 1 == len(groups), "before": groups[at - 1] if at else "",
        "numbers": risks.crisis_numbers(actor=request.user, country=case.country),
    }  # fmt: skip
    return render(request, f"{PAGE}page.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, row: TraffickingScreen, form: forms.Group, after: list[str]) -> HttpResponseBase:
    """Write the page, and go to the next one, to what it shows, or away for today."""

    def write() -> str:
        actions.keep_answers(actor=request.user, row=row, answers=form.answers())
        if not after and "later" not in request.POST:
            actions.finish_asking(actor=request.user, row=row)
        return str(row.pk)

    try:
        once.write(request, write)
    except Written as stands:
        messages.info(request, str(stands))
        return redirect("cases:trafficking-found", row.case.code, row.pk)
    except AtRest:
        messages.error(
            request, _("This case is closed. A supervisor or its owner reopens it before anything is written.")
        )
        return redirect("cases:trafficking", row.case.code)
    if "later" in request.POST:
        messages.success(request, _("Kept. It goes on whenever she wants."))
        return redirect("cases:trafficking", row.case.code)
    if after:
        return redirect("cases:ask-trafficking", row.case.code, row.pk, after[0])
    return redirect("cases:trafficking-found", row.case.code, row.pk)


@login_required
@require_safe
def found(request: HttpRequest, code: str, asked: UUID) -> HttpResponseBase:
    """What the answers show, why, and what follows; nobody is anything by it."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    row = clocks_there(reads.asking(case=case, pk=asked), case, "made_at")
    shown, lang = reads.asked(row=row, decision=decision), get_language() or "en"
    titles = trafficking.tool().groups
    context = {
        "case": case, "row": row, "shown": shown, "name": selectors.names_of_people(case=case, decision=decision).get(row.person_id),
        "elements": [(pick(titles[element], lang).text, shows) for element, shows in shown.found.elements.items()],
        "law": reads.law(state=case.country, on=today_at(case)),
        "may_write": case.status not in AT_REST and bool(policy.allowed(request.user, "case.write", case)),
    }  # fmt: skip
    return render(request, f"{PAGE}found.html", context)


@login_required
@require_form
def identify(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody was identified, by people."""
    case, decision = _both(request, code)
    known = people(case, decision)
    first = {"on_date": today_at(case), "person": known[0][0] if known else ""}
    form = forms.NewIdentified(request.POST or None, people=known, today=today_at(case), initial=first)

    def act() -> Any:
        told = form.cleaned_data
        facts = actions.Identified(told["by"], told["on_date"], As(told["as_"]), told["grounds"], told["words"])
        return actions.identify(actor=request.user, person=person_of(case, told["person"]), told=facts).pk

    said = {
        "title": _("Somebody was identified"), "send": _("Write it down"), "template": "cases/whereabouts/form.html",
        "kind": FOUND,
    }  # fmt: skip
    answer = ask(request, case, form, act, **said)
    return redirect("cases:identified-people", code) if answer.status_code == 302 else answer


@login_required
@require_form
def new_recovery(request: HttpRequest, code: str) -> HttpResponseBase:
    """Her time to recover begins."""
    case, decision = _both(request, code)
    known, rule = people(case, decision), reads.recovery_rule(state=case.country, on=today_at(case))
    form = forms.NewRecovery(
        request.POST or None, people=known, today=today_at(case), rule_days=reads.days_of(rule),
        may_state=bool(policy.allowed(request.user, "case.state_law", case)),
        initial={"on_date": today_at(case), "person": known[0][0] if known else ""},
    )  # fmt: skip

    def act() -> Any:
        told = form.cleaned_data
        is_rule = told["basis"] == Basis.RULE and rule is not None
        time = actions.Time(
            told["on_date"], form.length, Basis(told["basis"]), rule=rule.id if is_rule and rule else "",
            article=told.get("article") or "", words=told["words"],
        )  # fmt: skip
        return actions.begin_recovery(actor=request.user, person=person_of(case, told["person"]), time=time).pk

    said: dict[str, Any] = {
        "title": _("Her time to recover"), "send": _("Write it down"),
        "note": _("In this time she rests and decides. Nobody presses her, and nothing depends on whether she speaks with the police."),
        "law": reads.law(state=case.country, on=today_at(case)),
    }  # fmt: skip
    return _asked(request, case, form, act, **said)


def _row(case: Case, model: Any, pk: UUID) -> Any:
    row = model.objects.filter(case=case, pk=pk).select_related("person").first()
    if row is None:
        raise policy.Refused("no such row in this case")
    row.case = row.person.case = case
    return row


@login_required
@require_form
def end_recovery(request: HttpRequest, code: str, recovery: UUID) -> HttpResponseBase:
    """It is over."""
    case, _decision = _both(request, code)
    row, form = _row(case, RecoveryPeriod, recovery), forms.EndRecovery(request.POST or None)
    act = lambda: actions.end_recovery(actor=request.user, row=row, words=form.cleaned_data["words"])  # noqa: E731 - one call
    return _asked(request, case, form, act, title=_("Her time to recover ends"), send=_("Write it down"))


@login_required
@require_form
def give_help(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody helps her."""
    case, decision = _both(request, code)
    known, helpers = people(case, decision), reads.helpers(actor=request.user)
    first = {"on_date": today_at(case), "person": known[0][0] if known else ""}
    form = forms.GiveHelp(request.POST or None, people=known, today=today_at(case), initial=first)

    def act() -> Any:
        told = form.cleaned_data
        party = helpers.get(told["whom"].strip().casefold())
        facts = actions.Help(told["kind"], told["on_date"], told["whom"], told["to_date"], party, told["words"])
        return actions.give_assistance(actor=request.user, person=person_of(case, told["person"]), told=facts).pk

    lang = get_language() or "en"
    names = sorted({pick(party.names, lang).text for party in helpers.values()})
    return _asked(request, case, form, act, title=_("Help that she is given"), send=_("Write it down"), helpers=names)


@login_required
@require_form
def end_help(request: HttpRequest, code: str, help: UUID) -> HttpResponseBase:  # noqa: A002 - the name in its address
    """It ended."""
    case, _decision = _both(request, code)
    row = _row(case, Assistance, help)
    form = forms.EndHelp(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        actions.end_assistance(
            actor=request.user, row=row, on=form.cleaned_data["on_date"], words=form.cleaned_data["words"]
        )

    return _asked(request, case, form, act, title=row.get_kind_display(), send=_("It ended"))


@login_required
@require_form
def decide_police(request: HttpRequest, code: str) -> HttpResponseBase:
    """Advice on what may follow, and her decision."""
    case, _decision = _both(request, code)
    form = forms.DecidePolice(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        told = form.cleaned_data
        advised = actions.Advised(told["on_date"], told["advice"], told["wants"] == "yes", told["said"])
        actions.decide_police(actor=request.user, case=case, told=advised)

    said = {
        "title": _("What she decides about the police"), "send": _("Write it down"),
        "note": _("Only she decides this. Help does not depend on it, and she may change her mind."),
    }  # fmt: skip
    return _asked(request, case, form, act, **said)
