"""Pages on which the law is looked after: rules, changes that two people release, days off that were announced."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy, recency
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook, tasks
from hamroh.cases.actions import law as actions
from hamroh.cases.actions.matters import NotNow
from hamroh.cases.forms import law as forms
from hamroh.cases.models import ChangeSort, LawChange
from hamroh.cases.selectors import lawdesk as reads
from hamroh.cases.views.matters import require_form, typed
from hamroh.kernel.law import Rule
from hamroh.kernel.law.changes import value_text
from hamroh.kernel.law.parameters import kinds
from hamroh.vault import once

PAGE = "cases/law/"
#: rules on one page
LINES = 25
#: days off are announced for last year at the earliest, and for the next ones
YEARS_BACK, YEARS_AHEAD = 1, 3


def _today(request: HttpRequest) -> dt.date:
    return local_date(timezone.now(), here(request))


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """The rules of a pack that fit what is looked for."""
    policy.require(request.user, "law.see")
    form, house = forms.LookFor(request.GET), here(request)
    told = form.cleaned_data if form.is_valid() else {}
    usual = house.country.upper() if house.country.upper() in dict(forms.PACKS) else "TJ"
    look = reads.Look(
        told.get("of") or usual, told.get("q", ""), told.get("certainty", ""), told.get("late", False),
        told.get("changed", False), told.get("matter", ""),
    )  # fmt: skip
    lines = reads.rule_lines(actor=request.user, look=look, on=_today(request))
    shown = forms.LookFor(initial={"of": look.pack, **{name: value for name, value in told.items() if name != "of"}})
    page = Paginator(lines, LINES).get_page(request.GET.get("page"))
    context = {
        "page": page, "form": shown, "look": look, "waiting": len(reads.waiting(actor=request.user)),
        "name": dict(forms.PACKS)[look.pack],
    }  # fmt: skip
    return render(request, f"{PAGE}rules.html", context)


@login_required
@require_safe
def rule(request: HttpRequest, rule: str) -> HttpResponseBase:
    """A rule with all its texts and its history."""
    line, texts = reads.rule_texts(actor=request.user, code=rule, on=_today(request))
    context = {
        "line": line, "texts": texts, "entries": _named(reads.history(actor=request.user, about=rule)),
        "may_propose": policy.allowed(request.user, "law.propose"), "numbers": _numbers(line.rule),
        "told": line.told,
    }  # fmt: skip
    return render(request, f"{PAGE}rule.html", context)


def _numbers(rule: Rule) -> list[tuple[str, str]]:
    named = kinds()
    return [(named[name].means, "" if value is None else value_text(value)) for name, value in rule.parameters.items()]


def _named(entries: list[reads.Entry]) -> list[dict[str, Any]]:
    return [{"entry": entry, "differences": _differences(entry)} for entry in entries]


def _differences(entry: reads.Entry) -> list[dict[str, Any]]:
    """What differs, with columns and numbers as they are called."""
    named, limits = kinds(), {str(code): words for code, words in forms.LIMITS}

    def said(name: str, value: str) -> str:
        return ", ".join(str(limits[each]) for each in value.split()) if name == "limits" else value

    return [
        {
            "name": forms.COLUMNS.get(each.name) or named[each.name].means.capitalize(),
            "is_number": each.name not in forms.COLUMNS,
            "before": said(each.name, each.before), "after": said(each.name, each.after),
        }
        for each in entry.differences
    ]  # fmt: skip


@login_required
@require_form
def change_rule(request: HttpRequest, rule: str) -> HttpResponseBase:
    """The text of a rule, to be changed: what is sent is a proposal."""
    policy.require(request.user, "law.propose")
    today = _today(request)
    sent = typed(request)
    edition = sent.get("base", "") if sent is not None else request.GET.get("text")
    try:
        text = reads.text_of(actor=request.user, code=rule, edition=edition, on=today)
        gone = False
    except policy.Refused:
        text, gone = reads.text_of(actor=request.user, code=rule, edition=None, on=today), True
    form = forms.ChangeRule(sent, rule=text, today=today)
    if gone and sent is not None:
        form.full_clean()
        form.add_error(None, actions.FAULTS["written_against_another_text"])

    def act() -> Any:
        told = form.cleaned_data
        return actions.propose(
            actor=request.user, organisation=here(request), sort=told["sort"], about=rule, values=form.values,
            why=told["why"], base=text.edition, since=told["since"],
        ).pk  # fmt: skip

    return _proposed(request, form, act, f"{PAGE}change_rule.html", rule=text, numbers=form.numbers())


def _proposed(request: HttpRequest, form: Any, act: Callable[[], Any], template: str, **said: Any) -> HttpResponseBase:
    """A form whose answer is a proposal: its page comes next."""
    if form.is_valid():
        try:
            return redirect("law:change", once.write(request, lambda: str(act())))
        except NotNow as refused:
            form.add_error(None, str(refused.args[0]))
    return render(request, template, {"form": form, **said}, status=422 if form.errors else 200)


# -- the second person ---------------------------------------------------------------------------------------------


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """What waits for a second person."""
    entries = reads.waiting(actor=request.user)
    names = _rule_names(entries, request)
    rows = [(entry, names.get(entry.row.about)) for entry in entries]
    return render(request, f"{PAGE}waiting.html", {"rows": rows})


def _rule_names(entries: list[reads.Entry], request: HttpRequest) -> dict[str, Any]:
    rules = lawbook.book(_today(request)).rules
    return {entry.row.about: rules[entry.row.about].names for entry in entries if entry.row.about in rules}


@login_required
@require_safe
def change(request: HttpRequest, change: UUID) -> HttpResponseBase:
    """One change: what differs, why, what it would move, what became of it."""
    return _change_page(request, reads.change_of(actor=request.user, pk=change))


def _change_page(request: HttpRequest, entry: reads.Entry, form: Any = None, fault: Any = "") -> HttpResponseBase:
    user, names = request.user, _rule_names([entry], request)
    preview = reads.preview(actor=user, entry=entry, on=_today(request)) if entry.is_open else None
    judges = entry.is_open and not entry.is_own and bool(policy.allowed(user, "law.release"))
    context = {
        "entry": entry, "differences": _differences(entry), "name": names.get(entry.row.about),
        "preview": preview, "unfit": actions.FAULTS[preview.fault] if preview and preview.fault else "",
        "may_judge": judges, "form": form or forms.Refuse(), "fault": fault,
        "may_take_back": policy.allowed(user, "law.propose") and reads.may_take_back(entry=entry),
    }  # fmt: skip
    return render(request, f"{PAGE}change.html", context, status=422 if fault or (form and form.errors) else 200)


def _row(request: HttpRequest, change: UUID) -> LawChange:
    return reads.change_of(actor=request.user, pk=change).row


@login_required
@never_cache
@require_POST
def release(request: HttpRequest, change: UUID) -> HttpResponseBase:
    """The second person releases; who she is is asked first."""
    policy.require(request.user, "law.release")
    row, there = _row(request, change), reverse("law:change", args=(change,))
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, there)
    try:
        once.write(request, lambda: str(actions.release(actor=request.user, change=row).pk))
    except NotNow as refused:
        return _change_page(request, reads.change_of(actor=request.user, pk=change), fault=str(refused.args[0]))
    tasks.recount_days.enqueue(str(change))
    return redirect(there)


@login_required
@require_POST
def refuse(request: HttpRequest, change: UUID) -> HttpResponseBase:
    policy.require(request.user, "law.release")
    row, form = _row(request, change), forms.Refuse(request.POST)
    if form.is_valid():
        try:
            once.write(request, lambda: str(actions.refuse(actor=request.user, change=row, **form.cleaned_data).pk))
            return redirect("law:change", change)
        except NotNow as refused:
            form.add_error(None, str(refused.args[0]))
    return _change_page(request, reads.change_of(actor=request.user, pk=change), form)


@login_required
@require_POST
def withdraw(request: HttpRequest, change: UUID) -> HttpResponseBase:
    policy.require(request.user, "law.propose")
    row = _row(request, change)
    try:
        once.write(request, lambda: str(actions.withdraw(actor=request.user, change=row).pk))
    except NotNow as refused:
        return _change_page(request, reads.change_of(actor=request.user, pk=change), fault=str(refused.args[0]))
    return redirect("law:change", change)


@login_required
@require_form
def take_back(request: HttpRequest, change: UUID) -> HttpResponseBase:
    """Propose that a released change counts no more."""
    policy.require(request.user, "law.propose")
    row, form = _row(request, change), forms.TakeBack(typed(request))

    def act() -> Any:
        told = form.cleaned_data
        return actions.take_back(actor=request.user, organisation=here(request), change=row, **told).pk

    return _proposed(request, form, act, f"{PAGE}take_back.html", row=row)


# -- days off ------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def days(request: HttpRequest) -> HttpResponseBase:
    """Days off as states announced them, and which years still lack some."""
    policy.require(request.user, "law.see")
    today, states = _today(request), dict(forms.PACKS)
    found = [
        {
            "state": state, "name": states[state], "entries": reads.announced(actor=request.user, state=state),
            "years": [
                (year, reads.missing_holidays(state=state, year=year, on=today)) for year in (today.year, today.year + 1)
            ],
        }
        for state in reads.STATES
    ]  # fmt: skip
    context = {"found": found, "may_propose": policy.allowed(request.user, "law.propose")}
    return render(request, f"{PAGE}days.html", context)


@login_required
@require_form
def new_days(request: HttpRequest, state: str, year: int) -> HttpResponseBase:
    policy.require(request.user, "law.propose")
    today = _today(request)
    if state not in reads.STATES or not today.year - YEARS_BACK <= year <= today.year + YEARS_AHEAD:
        raise policy.Refused("no such state or year")
    form = forms.Days(typed(request), state=state, year=year)

    def act() -> Any:
        told = form.cleaned_data
        return actions.propose(
            actor=request.user, organisation=here(request), sort=ChangeSort.DAYS, about=f"{state} {year}",
            values=form.values, why=told["why"],
        ).pk  # fmt: skip

    name = dict(forms.PACKS)[state]
    return _proposed(request, form, act, f"{PAGE}new_days.html", name=name, year=year)
