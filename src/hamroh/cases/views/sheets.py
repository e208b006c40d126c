"""The sheet of an alimony matter: looked at, answered for, handed out as a file."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import printing, sheets
from hamroh.cases.actions import alimony as actions
from hamroh.cases.forms import sheets as forms
from hamroh.cases.forms.alimony import STATED
from hamroh.cases.models import Matter
from hamroh.cases.selectors import alimony as reads
from hamroh.cases.views.matters import ask, require_form, typed
from hamroh.kernel.law import Ground, switches

PAGE = "cases/alimony/"


@login_required
@require_safe
def sheet(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """The calculation line by line with what each rests on, or what is missing."""
    row, decision = reads.alimony_of(actor=request.user, code=code, pk=matter)
    opened = reads.opened(matter=row, decision=decision)
    lang = reads.reading()
    outcome = sheets.worked_out(opened.told, lang)
    context = {
        "case": row.case, "matter": row, "outcome": outcome, "refused": outcome.refused(lang),
        "may_answer": bool(answerable(outcome)) and bool(policy.allowed(request.user, "case.state_law", row)),
    }  # fmt: skip
    if outcome.reckoning is not None:
        paper = sheets.paper(outcome.reckoning, opened.told, lang, code=row.case.code)
        no_penalty = [reason.said(lang) for reason in outcome.reckoning.no_penalty]
        context |= {"paper": paper, "tables": _for_the_page(paper), "no_penalty": no_penalty}
    return render(request, f"{PAGE}sheet.html", context)


def _for_the_page(paper: sheets.Paper) -> list[dict[str, Any]]:
    return [
        {
            "title": table.title, "columns": table.columns, "code": table.code,
            "rows": [[printing.said(cell, paper.lang) for cell in line] for line in table.rows],
        }
        for table in paper.tables
    ]  # fmt: skip


def answerable(outcome: sheets.Outcome) -> list[Ground]:
    """What a lawyer may answer for as it stands: a figure that differs from time to time is stated for its days instead."""
    values: dict[str, set[str]] = {}
    for ground in outcome.open:
        values.setdefault(ground.about, set()).add(ground.value)
    known = {*switches(), *STATED}
    return [each for each in outcome.open if each.about in known and len(values[each.about]) == 1]


@login_required
@require_form
def answer(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """A lawyer answers under her name for what nobody has seen: then it may stand in a document as hers."""
    row, decision = reads.alimony_of(actor=request.user, code=code, pk=matter, verb="case.write")
    policy.require(request.user, "case.state_law", row)
    opened = reads.opened(matter=row, decision=decision, purpose="change")
    grounds = answerable(sheets.worked_out(opened.told, reads.reading()))
    form = forms.Answer(typed(request), grounds=grounds)

    def act() -> None:
        actions.answer_for(actor=request.user, matter=row, told=form.told)

    said = {"title": _("What I answer for"), "does": _("I answer for it"), "template": f"{PAGE}answer.html"}
    to = reverse("cases:alimony-sheet", args=(code, matter))
    return ask(request, form, act, to, case=row.case, matter=row, **said)


@never_cache
@login_required
@require_form
def sheet_file(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """The sheet as a file, once it is said what for; made in memory, and nothing of it is kept."""
    row, decision = reads.alimony_of(actor=request.user, code=code, pk=matter)
    form = forms.Print(typed(request), initial={"language": reads.reading(), "format": "pdf"})
    if form.is_valid():
        return _handed_out(request, row, decision, form)
    context = {"case": row.case, "matter": row, "form": form}
    return render(request, f"{PAGE}file.html", context, status=422 if form.errors else 200)


def _handed_out(request: HttpRequest, row: Matter, decision: Decision, form: forms.Print) -> HttpResponseBase:
    told = form.cleaned_data
    lang, kind = told["language"], told["format"]
    opened = reads.opened(matter=row, decision=decision, purpose="sheet as a file")
    outcome = sheets.worked_out(opened.told, lang)
    refused = outcome.refused(reads.reading())
    if outcome.reckoning is None or refused:
        context = {"case": row.case, "matter": row, "form": form, "refused": refused}
        return render(request, f"{PAGE}file.html", context, status=422)
    names = reads.parties_of(case=row.case, decision=decision, purpose="sheet as a file")
    paper = sheets.paper(outcome.reckoning, opened.told, lang, code=row.case.code, names=names)
    content = printing.printed(paper, kind)
    edition = opened.told.book.edition
    actions.hand_out(actor=request.user, matter=row, purpose=told["purpose"], language=lang, form=kind, edition=edition)
    response = HttpResponse(content, content_type=printing.TYPES[kind])
    name = f"{row.case.code}-{outcome.reckoning.sheet.on:%Y%m%d}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
