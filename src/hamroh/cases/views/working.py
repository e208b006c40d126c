"""Forms about one case: how far it is, needs and goals, help, encounters, notes, tasks for people."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases import actions, guards, selectors
from hamroh.cases.actions.moving import MEANWHILE, asks_words, verb_of
from hamroh.cases.actions.placing import place_case
from hamroh.cases.actions.working import SETTLED, WRITES
from hamroh.cases.forms import casework as forms
from hamroh.cases.forms import seen
from hamroh.cases.models import Case, Need, Part, Person
from hamroh.cases.progress import WORD_OF
from hamroh.cases.selectors import districts
from hamroh.cases.selectors import evidence as proofs
from hamroh.cases.states import BY_OTHERS, CaseLife
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])


def today_at(case: Case) -> dt.date:
    return local_date(timezone.now(), case.organisation)


def ask(
    request: HttpRequest, case: Case, form: BaseForm, act: Callable[[], Any], **said: Any
) -> HttpResponseBase:  # fmt: skip
    """One form about a case: asked, asked again with what is wrong and all that was typed, or written once."""
    if form.is_valid() and _written(request, form, act):
        return redirect("cases:case", case.code)
    context = {"case": case, "form": form, **said}
    return render(request, said.get("template", "cases/work/form.html"), context, status=422 if form.errors else 200)


def _written(request: HttpRequest, form: BaseForm, act: Callable[[], Any]) -> bool:
    """Whether it was written; where not, the form says why and keeps what was typed."""
    try:
        once.write(request, lambda: str(seen.unless_changed(form, act) or ""))
    except actions.CannotMove as refused:
        for each in refused.args:
            form.add_error(None, str(each))
    except seen.ChangedMeanwhile:
        seen.say_changed(form)
    except actions.AtRest:
        form.add_error(None, _("This case is closed. A supervisor or its owner reopens it before anything is written."))
    except actions.Settled:
        form.add_error(None, str(SETTLED))
    return not form.errors


@login_required
@require_form
def move(request: HttpRequest, code: str, to: str) -> HttpResponseBase:
    """The case goes on to another state; what is missing is said before she asks."""
    if to not in CaseLife.states or to in BY_OTHERS:
        raise policy.Refused("no such state")
    case, decision = selectors.case_of(actor=request.user, code=code, verb=verb_of(to))
    asks = asks_words(case.status, to)
    form = forms.MoveOn(request.POST if request.method == "POST" else None, asks=asks, initial={"seen": case.status})
    is_open = to in CaseLife.moves(case.status)
    missing = guards.missing(case, to) if is_open else []

    def act() -> None:
        told = form.cleaned_data
        actions.move(actor=request.user, case=case, after=to, words=told["words"], before=told["seen"])

    said = {
        "title": WORD_OF.get((case.status, to)) or CaseLife.states[to].label, "missing": missing, "is_open": is_open,
        "meanwhile": MEANWHILE, "asks": asks or bool(request.POST.get("words")), "template": "cases/moving/move.html",
    }  # fmt: skip
    if to == "closed":
        said |= {
            "goals": selectors.needs(case=case, decision=decision),
            "asked": next(iter(selectors.moves(case=case, decision=decision, most=1)), None),
        }
    return ask(request, case, form, act, **said)


@login_required
@require_form
def place(request: HttpRequest, code: str) -> HttpResponseBase:
    """In which district she lives, as far as counts and areas of roles need it."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    known = {"district": districts.nearest(case.area)}
    form = forms.PlaceCase(request.POST or None, districts=districts.choices(country=case.country), initial=known)
    seen.watch(form, case, lambda: {"district": districts.nearest(Case.objects.get(pk=case.pk).area)})

    def act() -> None:
        place_case(actor=request.user, case=case, district=form.cleaned_data["district"])

    return ask(request, case, form, act, title=_("Her district"), send=_("Save"))


@login_required
@require_form
def new_need(request: HttpRequest, code: str) -> HttpResponseBase:
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    form = forms.NewNeed(request.POST or None)
    said = {"title": _("What does she need?"), "send": _("Write it down")}
    return ask(
        request, case, form, lambda: actions.add_need(actor=request.user, case=case, **form.cleaned_data), **said
    )


def _need(case: Case, need: UUID) -> Need:
    found: Need | None = Need.objects.filter(case=case, pk=need).first()
    if found is None:
        raise policy.Refused("no such need in this case")
    return found


@login_required
@require_form
def plan_need(request: HttpRequest, code: str, need: UUID) -> HttpResponseBase:
    """Her goal, in her words."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = _need(case, need)
    goal = selectors.goal_of(need=row, decision=decision)
    form = forms.Goal(request.POST or None, initial={"goal": goal, "due_date": row.due_date})

    def goal_stands() -> dict[str, Any]:
        fresh = _need(case, need)
        return {"goal": selectors.goal_of(need=fresh, decision=decision), "due_date": fresh.due_date}

    seen.watch(form, case, goal_stands)
    said = {"title": _("Her goal"), "over": row.get_domain_display(), "send": _("Write it down")}
    act = lambda: actions.plan_need(actor=request.user, case=case, need=row, **form.cleaned_data)  # noqa: E731 - one call
    return ask(request, case, form, act, **said)


@login_required
@require_form
def settle_need(request: HttpRequest, code: str, need: UUID) -> HttpResponseBase:
    """What became of a goal."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    row = _need(case, need)
    form = forms.WhatBecame(request.POST or None)
    goal = selectors.goal_of(need=row, decision=decision)
    said = {"title": _("What became of it?"), "over": goal or row.get_domain_display(), "send": _("Write it down")}
    act = lambda: actions.settle_need(actor=request.user, case=case, need=row, **form.cleaned_data)  # noqa: E731
    return ask(request, case, form, act, **said)


@login_required
@require_form
def give_service(request: HttpRequest, code: str) -> HttpResponseBase:
    """Help that was given."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    needs = {str(each["row"].pk): each for each in selectors.needs(case=case, decision=decision)}
    named = [(pk, each["goal"] or each["row"].get_domain_display()) for pk, each in needs.items()]
    form = forms.GiveService(
        request.POST or None, today=today_at(case), needs=named, initial={"on_date": today_at(case)}
    )

    def act() -> None:
        told = form.cleaned_data
        need = needs[told["need"]]["row"] if told["need"] else None
        actions.give_service(actor=request.user, case=case, kind=told["kind"], done=form.done(), need=need)

    return ask(request, case, form, act, title=_("Help given"), send=_("Write it down"))


@login_required
@require_form
def new_encounter(request: HttpRequest, code: str) -> HttpResponseBase:
    """One met or spoke."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    form = forms.Met(request.POST or None, today=today_at(case), initial={"on_date": today_at(case)})

    def act() -> None:
        told = form.cleaned_data
        actions.add_encounter(
            actor=request.user, case=case, place=told["place"], done=form.done(), present=told["present"]
        )

    return ask(request, case, form, act, title=_("You met or spoke"), send=_("Write it down"))


@login_required
@require_form
def new_note(request: HttpRequest, code: str) -> HttpResponseBase:
    """A note of a discipline for which she may write."""
    case, decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    may = [str(each) for each, verb in WRITES.items() if policy.allowed(request.user, verb, case)]
    people = [(str(pk), name) for pk, name in selectors.names_of_people(case=case, decision=decision).items()]
    first = {"on_date": today_at(case), "discipline": may[0]}
    form = forms.WriteNote(request.POST or None, today=today_at(case), disciplines=may, people=people, initial=first)

    def act() -> None:
        told = form.cleaned_data
        about = (
            Person.objects.filter(case=case, pk=told["about"]).exclude(part=Part.CLIENT).first()
            if told["about"]
            else None
        )
        actions.add_note(
            actor=request.user, case=case, discipline=told["discipline"], words=told["words"], about=about,
            on_date=told["on_date"],
        )  # fmt: skip

    return ask(request, case, form, act, title=_("A note"), send=_("Write it down"))


@login_required
@require_safe
def children(request: HttpRequest, code: str) -> HttpResponseBase:
    """Notes of one's discipline about the children: on no page of the mother's case."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    found = selectors.notes_on_children(actor=request.user, case=case, decision=decision)
    papers = list(proofs.opened(actor=request.user, case=case, decision=decision, of_children=True))
    names = selectors.names_of_people(case=case, decision=decision) if found or papers else {}
    for each in (*found, *papers):
        each["name"] = names.get(each["row"].about_id)
    return render(request, "cases/notes/children.html", {"case": case, "notes": found, "papers": papers})


@login_required
@require_safe
def note(request: HttpRequest, code: str, note: UUID) -> HttpResponseBase:
    """One note; a child's of a discipline opens here to that discipline."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    found = selectors.note(actor=request.user, case=case, decision=decision, pk=note)
    return render(request, "cases/notes/note.html", {"case": case, **found})


@login_required
@require_form
def hand_task(request: HttpRequest, code: str) -> HttpResponseBase:
    """Something to do about the case, for herself or for a colleague who may read it."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    people = {str(each.pk): each for each in selectors.colleagues(case=case)}
    named = [(pk, str(each)) for pk, each in people.items()]
    first = {"due_date": today_at(case), "assignee": str(request.user.pk)}
    form = forms.HandTask(request.POST or None, today=today_at(case), people=named, initial=first)

    def act() -> None:
        told = form.cleaned_data
        actions.hand_task(
            actor=request.user, case=case, assignee=people[told["assignee"]], words=told["words"],
            due_date=told["due_date"],
        )  # fmt: skip

    return ask(request, case, form, act, title=_("Something to do"), send=_("Add the task"))
