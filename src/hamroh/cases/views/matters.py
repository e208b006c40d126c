"""Pages of a legal matter: opened, its steps, papers, court and end."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts.policy import Decision
from hamroh.cases import selectors
from hamroh.cases.actions import deadlines as days
from hamroh.cases.actions import matters as actions
from hamroh.cases.actions.moving import AtRest
from hamroh.cases.forms import matters as forms
from hamroh.cases.forms import seen
from hamroh.cases.models import Matter
from hamroh.cases.selectors import deadlines as ahead
from hamroh.cases.selectors import matters as reads
from hamroh.cases.selectors.law import law_lines
from hamroh.kernel.law import Missing
from hamroh.kernel.matters import Counsel
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])


def typed(request: HttpRequest) -> Any:
    """What was sent, None where the form is only asked for; a form without any field is sent, too."""
    return request.POST if request.method == "POST" else None


def ask(request: HttpRequest, form: BaseForm, act: Callable[[], Any], to: Any, **said: Any) -> HttpResponseBase:
    """One form: asked, asked again with what is wrong and all that was typed, or written once and then ``to``."""
    if form.is_valid() and written(request, form, act):
        return redirect(*to) if isinstance(to, tuple) else redirect(to)
    template = said.pop("template", "cases/matters/form.html")
    return render(request, template, {"form": form, **said}, status=422 if form.errors else 200)


def written(request: HttpRequest, form: BaseForm, act: Callable[[], Any]) -> bool:
    """Whether it was written; where not, the form says why."""
    try:
        once.write(request, lambda: str(seen.unless_changed(form, act) or ""))
    except actions.NotNow as refused:
        form.add_error(None, str(refused.args[0]))
    except seen.ChangedMeanwhile:
        seen.say_changed(form)
    except AtRest:
        form.add_error(None, _("This case is closed. A supervisor or its owner reopens it before anything is written."))
    except Missing as missing:
        for reason in missing.reasons:
            form.add_error(None, reason.said(request.LANGUAGE_CODE))
    return not form.errors


def page_of(matter: Matter) -> tuple[str, str, UUID]:
    return "cases:matter", matter.case.code, matter.pk


@login_required
@require_form
def new_matter(request: HttpRequest, code: str) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    form = forms.NewMatter(typed(request), initial={"country": case.country})

    def act() -> Any:
        return actions.open_matter(actor=request.user, case=case, **form.cleaned_data).pk

    said = {"case": case, "title": _("A new matter"), "does": _("Open the matter"), "back": ("cases:case", case.code)}
    return ask(request, form, act, ("cases:case", case.code), **said)


@login_required
@require_safe
def matter(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """A matter: its steps, its days, its papers and its court."""
    row, decision = reads.matter_of(actor=request.user, code=code, pk=matter)
    facts = reads.matter_facts(matter=row, decision=decision)
    steps = reads.step_lines(matter=row, decision=decision)
    words = dict(forms.PAPERS)
    papers = [
        (name, state, words[state or forms.NOT_YET])
        for _code, name, state in reads.paper_lines(matter=row, facts=facts)
    ]
    context = {
        "case": row.case, "matter": row, "facts": facts, "steps": steps, "settled": reads.settled_count(steps),
        "ticked": [line for line in papers if line[1]], "wanted": [line for line in papers if not line[1]],
        "days": ahead.day_lines(matter=row, decision=decision),
        "hearings": reads.hearings_of(matter=row), "dispatches": reads.dispatches_of(matter=row, decision=decision),
        "may_write": reads.may_write(actor=request.user, matter=row),
    }  # fmt: skip
    return render(request, "cases/matters/matter.html", context)


@login_required
@require_form
def step(request: HttpRequest, code: str, matter: UUID, step: str) -> HttpResponseBase:
    """One step: done, not needed, or what she decided."""
    row, decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    found = actions.step_of(row, step)
    kept, facts = reads.step_facts(matter=row, code=step, decision=decision)
    today = reads.today_of(row.case)
    said = {
        "case": row.case, "matter": row, "step": found, "row": kept, "facts": facts,
        "law": law_lines(found.law(row.country), today), "counsel": found.counsel(row.country, today),
        "template": "cases/matters/step.html",
    }  # fmt: skip
    if found.ask is Counsel.DECISION and "state" not in request.POST:
        return _decide(request, row, step, decision, said)
    form = forms.StepDone(typed(request), initial={"on": facts.get("on") or today, "words": facts.get("words", "")})
    said["done"] = form if found.ask is Counsel.DECISION else None
    stands = partial(_step_stands, row, step, decision)
    seen.watch(form, row.case, stands)

    def act() -> None:
        actions.mark_step(actor=request.user, matter=row, code=step, **form.cleaned_data)

    return ask(request, form, act, page_of(row), **said)


def _step_stands(row: Matter, code: str, decision: Decision) -> dict[str, Any]:
    """What is known of a step now, whoever wrote it."""
    kept, facts = reads.step_facts(matter=row, code=code, decision=decision)
    wants = {"wanted": "yes", "unwanted": "no"}.get(kept.state, "") if kept else ""
    return {**facts, "wants": wants, "state": str(kept.state) if kept else ""}


def _decide(request: HttpRequest, row: Matter, code: str, decision: Decision, said: dict[str, Any]) -> HttpResponseBase:
    """What only she decides: the advice, her word; and, once she wants it, that it was done."""
    initial = {name: said["facts"].get(name, "") for name in ("advised_on", "advice", "said")}
    form = forms.StepDecided(typed(request), initial=initial)
    seen.watch(form, row.case, partial(_step_stands, row, code, decision))
    wanted = said["row"] is not None and said["row"].state == "wanted"
    said["done"] = forms.StepDone(initial={"on": reads.today_of(row.case)}, auto_id="done_%s") if wanted else None
    if wanted:
        seen.watch(said["done"], row.case, partial(_step_stands, row, code, decision))

    def act() -> None:
        told = dict(form.cleaned_data)
        advised = actions.Advised(**told | {"wants": told["wants"] == "yes"})
        actions.decide_step(actor=request.user, matter=row, code=code, told=advised)

    return ask(request, form, act, page_of(row), **said)


@login_required
@require_POST
def take_step_back(request: HttpRequest, code: str, matter: UUID, step: str) -> HttpResponseBase:
    row, _decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    actions.step_of(row, step)
    return quietly(request, row, lambda: actions.take_step_back(actor=request.user, matter=row, code=step))


def quietly(request: HttpRequest, row: Matter, act: Callable[[], Any]) -> HttpResponseBase:
    """A change by one press: done, or said on a page of its own why not."""
    try:
        act()
    except actions.NotNow as refused:
        said = {"case": row.case, "matter": row, "why": str(refused.args[0])}
        return render(request, "cases/matters/not_now.html", said, status=422)
    except AtRest:
        why = _("This case is closed. A supervisor or its owner reopens it before anything is written.")
        return render(request, "cases/matters/not_now.html", {"case": row.case, "matter": row, "why": why}, status=422)
    return redirect(*page_of(row))


def _fresh_facts(row: Matter, decision: Decision) -> dict[str, Any]:
    """What is told of a matter now, whoever wrote it."""
    fresh = Matter.objects.select_related("case").get(pk=row.pk)
    return reads.matter_facts(matter=fresh, decision=decision)


@login_required
@require_form
def court(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    row, decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    form = forms.Court(typed(request), initial=reads.matter_facts(matter=row, decision=decision))

    def court_stands() -> dict[str, Any]:
        facts = _fresh_facts(row, decision)
        return {name: facts.get(name, "") for name in actions.COURT}

    seen.watch(form, row.case, court_stands)

    def act() -> None:
        actions.tell_court(actor=request.user, matter=row, told=form.cleaned_data)

    return ask(request, form, act, page_of(row), case=row.case, matter=row, title=_("Court and costs"))


@login_required
@require_form
def papers(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    row, decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    facts = reads.matter_facts(matter=row, decision=decision)
    form = forms.Papers(typed(request), lines=reads.paper_lines(matter=row, facts=facts))
    seen.watch(form, row.case, lambda: _fresh_facts(row, decision).get("papers") or {})

    def act() -> None:
        actions.tick_papers(actor=request.user, matter=row, states=form.told)

    return ask(request, form, act, page_of(row), case=row.case, matter=row, title=_("Papers to bring"))


@login_required
@require_form
def end(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    row, _decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    form = forms.End(typed(request), initial={"on": reads.today_of(row.case)})

    def act() -> None:
        actions.end_matter(actor=request.user, matter=row, **form.cleaned_data)

    return ask(request, form, act, page_of(row), case=row.case, matter=row, title=_("The matter ends"))


@login_required
@require_POST
def reopen(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    row, _decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    return quietly(request, row, lambda: actions.reopen_matter(actor=request.user, matter=row))


@login_required
@require_form
def dispatch(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """A line in the log of what goes abroad and comes back."""
    row, _decision = reads.matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    form = forms.NewDispatch(typed(request), initial={"on": reads.today_of(row.case)})

    def act() -> None:
        told = dict(form.cleaned_data)
        plain = {name: told.pop(name) for name in ("way", "country", "on", "alarm")}
        days.log_dispatch(actor=request.user, matter=row, told=told, **plain)

    return ask(request, form, act, page_of(row), case=row.case, matter=row, title=_("Sent abroad or received"))
