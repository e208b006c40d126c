"""Pages on which an alimony matter is told: what is known, one form for each thing, many payments at once."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import entries, sheets
from hamroh.cases.actions import alimony as actions
from hamroh.cases.forms import alimony as forms
from hamroh.cases.forms import seen
from hamroh.cases.forms.decisions import Decided
from hamroh.cases.forms.facts import Fact
from hamroh.cases.models import ONCE, Matter
from hamroh.cases.models import AlimonyPart as Part
from hamroh.cases.selectors import alimony as reads
from hamroh.cases.views.matters import ask, quietly, require_form, typed
from hamroh.cases.views.steps import page_of, stepped

PAGE = "cases/alimony/"
PAYMENTS_SHOWN = 25
TAKEN_OUT = gettext_lazy("A colleague took this out already.")


@login_required
@require_safe
def alimony(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """Everything that is told, part by part, and whether it is enough for a sheet."""
    row, decision = reads.alimony_of(actor=request.user, code=code, pk=matter)
    opened = reads.opened(matter=row, decision=decision)
    payments = Paginator(opened.entries[Part.PAYMENT], PAYMENTS_SHOWN).get_page(request.GET.get("page"))
    lang = reads.reading()
    context = {
        "case": row.case, "matter": row, "payments": payments,
        "parts": [_part(part, list(payments.object_list) if part is Part.PAYMENT else opened.entries[part], lang) for part in Part],
        "outcome": sheets.worked_out(opened.told, lang), "may_write": _may(request, "case.write", row),
        "may_state": _may(request, "case.state_law", row),
    }  # fmt: skip
    return render(request, f"{PAGE}overview.html", context)


def _part(part: Part, found: Sequence[reads.Entry], lang: str) -> dict[str, Any]:
    lines = [(entry.row, *entries.said(entry, lang)) for entry in found]
    return {
        "part": part, "lines": lines, "of_lawyer": part in actions.OF_A_LAWYER, "full": part in ONCE and bool(lines),
    }  # fmt: skip


def _may(request: HttpRequest, verb: str, row: Matter) -> bool:
    return bool(policy.allowed(request.user, verb, row)) and row.ended_date is None


@login_required
@require_form
def new(request: HttpRequest, code: str, matter: UUID, thing: str) -> HttpResponseBase:
    """One thing more; what is told once is changed by telling it again."""
    row, decision = _to_write(request, code, matter)
    if thing not in forms.FORMS:
        raise policy.Refused("nothing of that name is told")
    part = Part(thing)
    _require_lawyer(request, row, part)
    opened = reads.opened(matter=row, decision=decision, purpose="change")
    before = opened.told.one(part) if part in ONCE else {}
    children = _still_to_enter(row, decision, part, opened)
    form = _form(request, row, part, initial=before, currency=opened.told.currency, children=children)
    if part in ONCE:
        seen.watch(form, row.case, partial(_told_once, row, decision, part))

    def act() -> Any:
        if isinstance(form, Decided):
            actor = request.user
            return actions.tell_decision(actor=actor, matter=row, facts=form.facts, children=form.for_whom).pk
        return actions.tell(actor=request.user, matter=row, part=part, facts=form.facts).pk

    again = part is Part.PAYMENT and "more" in request.POST
    to = reverse("cases:new-alimony", args=(code, matter, thing)) if again else _back(row)
    return stepped(request, form, act, to, **_said(row, part, more=part is Part.PAYMENT))


def _still_to_enter(row: Matter, decision: Decision, part: Part, opened: reads.Opened) -> list[tuple[UUID, Any]]:
    """The children of the case to be chosen from; beside a decision those alone who are not entered yet."""
    if part not in (Part.CHILD, Part.DECISION):
        return []
    entered = {entry.row.person_id for entry in opened.entries[Part.CHILD]} if part is Part.DECISION else ()
    return [each for each in reads.children_of(case=row.case, decision=decision) if each[0] not in entered]


@login_required
@require_form
def change(request: HttpRequest, code: str, matter: UUID, fact: UUID) -> HttpResponseBase:
    """One thing told anew, or taken back."""
    row, decision = _to_write(request, code, matter)
    found = reads.find(matter=row, pk=fact)
    if found is None:
        return _taken_back(request, row, decision, fact)
    part = Part(found.part)
    _require_lawyer(request, row, part)
    opened = reads.opened(matter=row, decision=decision, purpose="change")
    facts = next(entry.facts for entry in opened.entries[part] if entry.row.pk == found.pk)
    children = reads.children_of(case=row.case, decision=decision) if part is Part.CHILD else []
    form = _form(request, row, part, initial=facts, currency=opened.told.currency, children=children)
    seen.watch(form, row.case, partial(_told_now, row, decision, found.pk))

    def act() -> Any:
        return actions.tell(actor=request.user, matter=row, part=part, facts=form.facts, row=found).pk

    return stepped(request, form, act, _back(row), **_said(row, part, found=found))


def _taken_back(request: HttpRequest, row: Matter, decision: Decision, fact: UUID) -> HttpResponseBase:
    """A colleague took it out meanwhile: it is said, and what was typed stands to be entered as a new line."""
    part = reads.part_taken_back(matter=row, pk=fact)
    _require_lawyer(request, row, part)
    if request.method != "POST":
        messages.info(request, TAKEN_OUT)
        return redirect(_back(row))
    opened = reads.opened(matter=row, decision=decision, purpose="change")
    children = _still_to_enter(row, decision, part, opened)
    form = _form(request, row, part, initial={}, currency=opened.told.currency, children=children)
    form.add_error(
        None,
        _("A colleague took this out while you were writing. What you typed stands below: save it to enter it anew."),
    )
    said = _said(row, part, to=reverse("cases:new-alimony", args=(row.case.code, row.pk, part)))
    whole = page_of(form, len(form.pages) - 1, request.LANGUAGE_CODE) if form.pages else {}
    return render(request, said["template"], {"form": form, **said, **whole}, status=422)


def _told_once(row: Matter, decision: Decision, part: Part) -> Mapping[str, Any]:
    """What is told of a part that is told once, as it stands now."""
    return reads.opened(matter=row, decision=decision, purpose="change").told.one(part)


def _told_now(row: Matter, decision: Decision, pk: UUID) -> Mapping[str, Any]:
    """What one thing says now; nothing where it was taken back meanwhile."""
    entries_ = reads.opened(matter=row, decision=decision, purpose="change").entries.values()
    return next((entry.facts for found in entries_ for entry in found if entry.row.pk == pk), {})


@login_required
@require_POST
def take_back(request: HttpRequest, code: str, matter: UUID, fact: UUID) -> HttpResponseBase:
    row, _decision = _to_write(request, code, matter)
    found = reads.find(matter=row, pk=fact)
    if found is None:
        reads.part_taken_back(matter=row, pk=fact)
        messages.info(request, TAKEN_OUT)
        return redirect(_back(row))
    answer = quietly(request, row, lambda: actions.take_back(actor=request.user, row=found))
    return redirect(_back(row)) if answer.status_code == 302 else answer


@login_required
@require_form
def many(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """Payments one a line, all or none."""
    row, decision = _to_write(request, code, matter)
    opened = reads.opened(matter=row, decision=decision, purpose="change")
    form = forms.ManyPaid(typed(request), currency=opened.told.currency)

    def act() -> Any:
        return actions.tell_many(actor=request.user, matter=row, part=Part.PAYMENT, told=form.told)

    return ask(request, form, act, _back(row), **_said(row, Part.PAYMENT))


def _to_write(request: HttpRequest, code: str, pk: UUID) -> tuple[Matter, Decision]:
    return reads.alimony_of(actor=request.user, code=code, pk=pk, verb="case.write")


def _require_lawyer(request: HttpRequest, row: Matter, part: Part) -> None:
    if part in actions.OF_A_LAWYER:
        policy.require(request.user, "case.state_law", row)


def _form(request: HttpRequest, row: Matter, part: Part, *, initial: Mapping[str, Any], **known: Any) -> Fact:
    """The form of a part; ``initial`` is what was told before, ``known`` the obligation's currency and the children."""
    return forms.FORMS[part](typed(request), initial=dict(initial), state=row.country, **known)


def _said(row: Matter, part: Part, **more: Any) -> dict[str, Any]:
    return {
        "case": row.case, "matter": row, "title": part.label, "part": part, "does": _("Save"), "template": f"{PAGE}form.html",
        **more,
    }  # fmt: skip


def _back(row: Matter) -> str:
    return reverse("cases:alimony", args=(row.case.code, row.pk))
