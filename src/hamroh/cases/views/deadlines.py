"""Days of a matter: counted, moved, settled; hearings."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamroh.accounts import policy
from hamroh.accounts.zones import zone_of
from hamroh.cases import lawbook
from hamroh.cases.actions import deadlines as actions
from hamroh.cases.forms import matters as forms
from hamroh.cases.forms import seen
from hamroh.cases.models import Deadline, DeadlineState, Matter
from hamroh.cases.selectors import deadlines as reads
from hamroh.cases.selectors.law import law_lines
from hamroh.cases.selectors.matters import matter_of, may_write, today_of
from hamroh.cases.views.matters import ask, page_of, quietly, require_form, typed
from hamroh.kernel.matters import Term, workflows


@login_required
@require_form
def new_deadline(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    """Which day: a term of the matter's law, or a reminder of our own."""
    row, _decision = matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    terms = _terms(row)
    form = forms.WhichTerm(typed(request), terms=terms)
    if form.is_valid():
        term = form.cleaned_data["term"]
        if term == "own":
            return redirect("cases:new-reminder", code, matter)
        return redirect("cases:count-term", code, matter, term)
    context = {"case": row.case, "matter": row, "form": form, "title": _("A new day"), "does": _("Go on")}
    return render(request, "cases/matters/form.html", context, status=422 if form.errors else 200)


@login_required
@require_form
def new_reminder(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    row, _decision = matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    form = forms.Reminder(typed(request))

    def act() -> Any:
        return actions.remind(actor=request.user, matter=row, **form.cleaned_data).pk

    return ask(request, form, act, page_of(row), case=row.case, matter=row, title=_("A reminder of our own"))


@login_required
@require_form
def count_term(request: HttpRequest, code: str, matter: UUID, term: str) -> HttpResponseBase:
    """A day counted from the law: from which event, and by which rule."""
    row, _decision = matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    found = _term_of(row, term)
    form = _count_form(request, row, found)

    def act() -> Any:
        base, stated = _told(form)
        return actions.count_term(actor=request.user, matter=row, code=term, base=base, stated=stated).pk

    said = {"case": row.case, "matter": row, "term": found, "law": law_lines([found.rule], today_of(row.case))}
    return ask(request, form, act, page_of(row), **said, template="cases/matters/count.html")


def _terms(row: Matter) -> tuple[Term, ...]:
    return workflows(lawbook.book(today_of(row.case)))[row.kind].terms(row.country)


def _term_of(row: Matter, code: str) -> Term:
    found = next((term for term in _terms(row) if term.code == code), None)
    if found is None:
        raise policy.Refused("no such term of this matter")
    return found


def _count_form(request: HttpRequest, row: Matter, term: Term) -> forms.Count:
    """A lawyer may state the period where nobody has seen it; others count by what is known."""
    may_state = term.may_be_stated and policy.allowed(request.user, "case.state_law", row)
    return (forms.CountStated if may_state else forms.Count)(typed(request), event=term.event, unit=term.unit)


def _told(form: forms.Count) -> tuple[dt.date, actions.Stated | None]:
    told = form.cleaned_data
    stated = actions.Stated(told["value"], told["article"]) if told.get("value") else None
    return told["base"], stated


@login_required
@require_form
def deadline(request: HttpRequest, code: str, matter: UUID, deadline: UUID) -> HttpResponseBase:
    """A day with how it was counted; the day of its event may be changed while it is open."""
    verb = "case.write" if request.method == "POST" else "case.read"
    row, decision = reads.deadline_of(actor=request.user, code=code, matter=matter, pk=deadline, verb=verb)
    facts = reads.day_facts(row=row, decision=decision)
    line = reads.day_line(row, today_of(row.case))
    form = forms.Count(typed(request), event=line.event or {}, initial={"base": row.base_date})
    seen.watch(form, row.case, lambda: _base_stands(row))

    def act() -> None:
        actions.move_base(actor=request.user, deadline=row, base=form.cleaned_data["base"])

    writes = may_write(actor=request.user, matter=row.matter)
    said = {
        "case": row.case, "matter": row.matter, "line": line, "facts": facts, "worked": reads.worked(row=row, facts=facts),
        "may_write": writes and row.state == DeadlineState.OPEN, "may_reopen": writes and row.state != DeadlineState.OPEN,
        "template": "cases/matters/deadline.html",
    }  # fmt: skip
    here = reverse("cases:deadline", args=(code, matter, deadline))
    return ask(request, form, act, here, **said)


def _base_stands(row: Deadline) -> dict[str, Any]:
    return {"base": Deadline.objects.values_list("base_date", flat=True).get(pk=row.pk)}


@login_required
@require_POST
def settle(request: HttpRequest, code: str, matter: UUID, deadline: UUID) -> HttpResponseBase:
    """Done, or it counts no more; anything else opens it again."""
    row, _decision = reads.deadline_of(actor=request.user, code=code, matter=matter, pk=deadline, verb="case.write")
    form = forms.Settle(request.POST)
    return quietly(request, row.matter, lambda: _settle(request, row, form))


def _settle(request: HttpRequest, row: Deadline, form: forms.Settle) -> None:
    if form.is_valid():
        actions.settle(actor=request.user, deadline=row, state=form.cleaned_data["state"])
    else:
        actions.reopen_deadline(actor=request.user, deadline=row)


@login_required
@require_form
def new_hearing(request: HttpRequest, code: str, matter: UUID) -> HttpResponseBase:
    row, _decision = matter_of(actor=request.user, code=code, pk=matter, verb="case.write")
    form = forms.NewHearing(typed(request))

    def act() -> Any:
        starts_at, told = _when(form, row)
        return actions.set_hearing(actor=request.user, matter=row, starts_at=starts_at, told=told).pk

    return ask(request, form, act, page_of(row), case=row.case, matter=row, title=_("A hearing"))


@login_required
@require_form
def hearing(request: HttpRequest, code: str, matter: UUID, hearing: UUID) -> HttpResponseBase:
    """Another day for a hearing, or what became of it."""
    row, decision = reads.hearing_of(actor=request.user, code=code, matter=matter, pk=hearing, verb="case.write")
    there = row.starts_at.astimezone(zone_of(row.case.organisation))
    known = reads.day_facts(row=row, decision=decision)
    initial = known | {"on": there.date(), "at": there.time(), "state": row.state}
    form = forms.ChangeHearing(typed(request), initial=initial)

    def hearing_stands() -> dict[str, Any]:
        fresh, _decision = reads.hearing_of(actor=request.user, code=code, matter=matter, pk=hearing, verb="case.write")
        at = fresh.starts_at.astimezone(zone_of(fresh.case.organisation))
        return reads.day_facts(row=fresh, decision=decision) | {"on": at.date(), "at": at.time(), "state": fresh.state}

    seen.watch(form, row.case, hearing_stands)

    def act() -> None:
        starts_at, told = _when(form, row.matter)
        state = form.cleaned_data["state"]
        actions.change_hearing(actor=request.user, hearing=row, starts_at=starts_at, state=state, told=told)

    return ask(request, form, act, page_of(row.matter), case=row.case, matter=row.matter, title=_("A hearing"))


def _when(form: forms.NewHearing, row: Matter) -> tuple[dt.datetime, dict[str, str]]:
    """The moment of a hearing by the clock of the organisation, and the words about it."""
    told = form.cleaned_data
    there = dt.datetime.combine(told["on"], told["at"], tzinfo=zone_of(row.case.organisation))
    return there.astimezone(dt.UTC), {name: told[name] for name in ("court", "room", "words")}
