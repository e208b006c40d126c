"""Mediation: whether it may be held, her written wish, sessions, what was agreed, how it ended."""

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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.cases import selectors
from hamroh.cases.actions import mediation as actions
from hamroh.cases.forms import mediation as forms
from hamroh.cases.models import AgreedTerm, Case, Matter, Mediation, MediationWish
from hamroh.cases.reaching import clocks_there
from hamroh.cases.selectors import evidence as proofs
from hamroh.cases.selectors import mediation as reads
from hamroh.cases.states import AT_REST, MediationLife
from hamroh.cases.views.working import ask, require_form, today_at


def asked(
    request: HttpRequest, case: Case, form: BaseForm, act: Callable[[], Any], *, to: str = "", **said: Any
) -> HttpResponseBase:  # fmt: skip
    """One form, and after it the page that it belongs to."""
    answer = ask(request, case, form, act, template="cases/mediation/form.html", **said)
    to = to or reverse("cases:mediation", args=(case.code,))
    return redirect(to) if answer.status_code == 302 else answer


def row_of(case: Case, rows: Any, pk: Any) -> Any:
    """A row of this case; Refused where there is none."""
    found = rows.filter(case=case, pk=pk).first()
    if found is None:
        raise policy.Refused("no such row in this case")
    found.case = case
    return found


def _page_of(row: Mediation) -> str:
    return reverse("cases:talks", args=(row.case.code, row.pk))


@login_required
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponseBase:
    """What stands against mediation, her wishes, talks that were held, and living together again."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    gate = reads.gate_of(case=case, decision=decision)
    wishes, together = reads.wishes(case=case, decision=decision), reads.together(case=case, decision=decision)
    talks = list(reads.talks(case=case))
    for each in wishes:
        clocks_there(each["row"], case, "made_at", "answered_at")
    context = {
        "case": case, "gate": gate, "against": reads.against(gate), "wishes": wishes, "talks": talks,
        "is_talking": any(row.state == MediationLife.initial for row in talks),
        "law": reads.law_before_a_claim(case=case), "matters": reads.steps_before_a_claim(case=case),
        "together": together, "is_together": any(not each.row.apart_date for each in together),
        "may_write": case.status not in AT_REST and bool(policy.allowed(request.user, "case.write", case)),
        "may_sign": bool(policy.allowed(request.user, "case.approve", case)),
    }  # fmt: skip
    return render(request, "cases/mediation/overview.html", context)


@login_required
@require_form
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """Talks begin, where nothing stands against them."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    gate = reads.gate_of(case=case, decision=decision)
    matters = {str(row.pk): row for row in Matter.objects.filter(case=case, ended_date__isnull=True)}
    named = [(pk, row.get_kind_display()) for pk, row in matters.items()]
    form = forms.BeginMediation(request.POST or None, matters=named)

    def act() -> None:
        told = form.cleaned_data
        talks = actions.Talks(told["whom"], told["mediator"], told["wants"], matters.get(told["matter"]))
        actions.begin_mediation(actor=request.user, case=case, talks=talks)

    said: dict[str, Any] = {
        "title": _("Begin mediation"),
        "send": _("Begin"),
        "gate": gate,
        "against": reads.against(gate),
    }
    return asked(request, case, form, act, **said)


@login_required
@require_form
def write_wish(request: HttpRequest, code: str) -> HttpResponseBase:
    """Her own writing, for a supervisor to answer."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    readable = proofs.papers_of(actor=request.user, case=case, decision=decision)
    papers = {str(row.pk): row for row in proofs.evidence(case=case, papers=readable)}
    named = [(pk, f"{row.get_kind_display()}, {row.taken_at:%Y-%m-%d}") for pk, row in papers.items()]
    form = forms.WriteWish(
        request.POST or None, today=today_at(case), papers=named, initial={"on_date": today_at(case)}
    )

    def act() -> None:
        told = form.cleaned_data
        actions.write_wish(
            actor=request.user, case=case, on_date=told["on_date"], words=told["words"],
            evidence=papers.get(told["evidence"]),
        )  # fmt: skip

    return asked(request, case, form, act, title=_("She asks for mediation in writing"), send=_("Write it down"))


@login_required
@require_form
def answer_wish(request: HttpRequest, code: str, wish: UUID) -> HttpResponseBase:
    """A supervisor signs or does not, other than who took the wish."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = row_of(case, MediationWish.objects, wish)
    if row.answer or row.taken_by_id == request.user.pk or not policy.allowed(request.user, "case.approve", case):
        messages.info(request, _("A supervisor answers once, other than who wrote it down."))
        return redirect("cases:mediation", code)
    form = forms.AnswerWish(request.POST or None)
    act = lambda: actions.answer_wish(actor=request.user, case=case, wish=row, **form.cleaned_data)  # noqa: E731 - one call
    said: dict[str, Any] = {
        "title": _("She asks for mediation in writing"),
        "send": _("Answer"),
        "wish": reads.wish(row=row, decision=decision),
    }
    said["against"] = reads.against(reads.gate_of(case=case, decision=decision))
    return asked(request, case, form, act, **said)


@login_required
@require_safe
def talks(request: HttpRequest, code: str, mediation: UUID) -> HttpResponseBase:
    """One mediation: its sessions and what was agreed."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    row = row_of(case, Mediation.objects.select_related("matter", "begun_by"), mediation)
    gate = reads.gate_of(case=case, decision=decision)
    may_write = case.status not in AT_REST and bool(policy.allowed(request.user, "case.write", case))
    context = {
        "case": case, "gate": gate, "against": reads.against(gate), **reads.one(row=row, decision=decision),
        "may_write": may_write, "is_open": row.state == MediationLife.initial,
    }  # fmt: skip
    return render(request, "cases/mediation/talks.html", context)


@login_required
@require_form
def hold_session(request: HttpRequest, code: str, mediation: UUID) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = row_of(case, Mediation.objects, mediation)
    form = forms.HoldSession(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        actions.hold_session(actor=request.user, mediation=row, done=form.done(), present=form.cleaned_data["present"])

    return asked(request, case, form, act, to=_page_of(row), title=_("A session"), send=_("Write it down"))


@login_required
@require_form
def agree_term(request: HttpRequest, code: str, mediation: UUID) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = row_of(case, Mediation.objects, mediation)
    form = forms.AgreeTerm(request.POST or None, today=today_at(case))
    act = lambda: actions.agree_term(actor=request.user, mediation=row, **form.cleaned_data)  # noqa: E731 - one call
    return asked(request, case, form, act, to=_page_of(row), title=_("What was agreed"), send=_("Write it down"))


@login_required
@require_form
def settle_term(request: HttpRequest, code: str, mediation: UUID, agreed: UUID) -> HttpResponseBase:
    """Whether it was done."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    talks = row_of(case, Mediation.objects, mediation)
    row = row_of(case, AgreedTerm.objects.filter(mediation=talks), agreed)
    form = forms.SettleTerm(request.POST or None, initial={"kept": row.kept})
    act = lambda: actions.settle_term(actor=request.user, term=row, **form.cleaned_data)  # noqa: E731 - one call
    return asked(request, case, form, act, to=_page_of(talks), title=_("Was it done?"), send=_("Write it down"))


@login_required
@require_form
def end(request: HttpRequest, code: str, mediation: UUID) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = row_of(case, Mediation.objects, mediation)
    form = forms.EndMediation(request.POST or None)
    act = lambda: actions.end_mediation(actor=request.user, mediation=row, **form.cleaned_data)  # noqa: E731 - one call
    return asked(request, case, form, act, to=_page_of(row), title=_("Mediation ends"), send=_("Write it down"))
