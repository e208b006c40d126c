"""Pages of events: the list, one event, its incidents, its log."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.emergencies import actions, selectors
from hamroh.emergencies.forms import events as forms
from hamroh.emergencies.selectors.events import log_lines
from hamroh.emergencies.showing import shown_sources
from hamroh.emergencies.views.frame import (
    PAGE,
    PAGE_LINES,
    asked,
    at,
    at_desk,
    decided,
    done,
    here,
    may,
    require_form,
)
from hamroh.vault import opening

#: how many lines of each kind the page of an event shows
FEW = 6


@at_desk
@require_safe
def events(request: HttpRequest) -> HttpResponseBase:
    """Every event of the organisation, open ones first."""
    policy.require(request.user, "event.see")
    rows = selectors.events(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    names = selectors.area_names(shown)
    lines = [{"row": row, "areas": [names[key] for key in row.areas if key in names]} for row in shown]
    context = {
        "page": page, "lines": lines, "may_edit": bool(policy.allowed(request.user, "event.edit")),
        "sees_alerts": bool(policy.allowed(request.user, "alert.see")),
    }  # fmt: skip
    return render(request, f"{PAGE}list.html", context)


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A hazard has struck, or an exercise begins."""
    policy.require(request.user, "event.edit")
    form = forms.NewEvent(request.POST or None, initial={"started_at": timezone.now()})

    def act() -> str:
        told = form.cleaned_data
        row = actions.declare_event(
            actor=request.user, organisation=here(request), hazard=told["hazard"], titles=told["titles"], started_at=told["started_at"],
            areas=told["areas"], is_exercise=told["reality"] == "exercise", glide=told["glide"], note=told["note"],
        )  # fmt: skip
        return at("event", row)

    return asked(request, form, act, title=_("A new emergency"), back=None)


@at_desk
@require_safe
def event(request: HttpRequest, code: str) -> HttpResponseBase:
    """One event on a page: where it stands."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    names = selectors.area_names([row])
    tasks = list(selectors.tasks(event=row)[:FEW])
    rights = may(
        request, row, "event.edit", "event.read_log", "household.read", "household.write", "damage.enter", "alert.see"
    )
    context = {
        "event": row, "areas": [names[key] for key in row.areas if key in names], "incidents": selectors.incidents(event=row),
        "sources": shown_sources(selectors.sources(event=row)), "needs": [each for each in selectors.needs(event=row) if each.state in ("open", "partly")][:FEW],
        "duty": selectors.on_duty(event=row), "tasks": tasks, "reports": list(selectors.reports(event=row)[:3]),
        "alerts": list(selectors.current_alerts(event=row)) if rights["alert_see"] else [], "now": timezone.now(), "may": rights,
    }  # fmt: skip
    return render(request, f"{PAGE}event.html", context)


@at_desk
@require_form
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is known of an event now."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    log = decided(request, row, "event.read_log")
    note = opening.open_each(row, ("note",), decision=log, purpose="page")["note"] if log else ""
    seen = request.POST.get("seen", row.changed_at.isoformat())
    form = forms.ChangedEvent(
        request.POST or None,
        initial={"titles": row.titles, "areas": row.areas, "ended_date": row.ended_date, "glide": row.glide, "note": note or ""},
    )  # fmt: skip
    del decision

    def act() -> str:
        told = form.cleaned_data
        actions.change_event(
            actor=request.user, event=row, titles=told["titles"], areas=told["areas"], ended_date=told["ended_date"], glide=told["glide"],
            note=told["note"], seen=_moment(seen),
        )  # fmt: skip
        return at("event", row)

    return asked(request, form, act, title=_("Change what is known"), back=at("event", row), event=row, seen=seen)


def _moment(text: str) -> Any:
    from django.utils.dateparse import parse_datetime

    try:
        return parse_datetime(text)
    except ValueError:
        return None


@at_desk
@require_form
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """The centre is closed, with a reason."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    form = forms.Reason(request.POST or None)

    def act() -> str:
        actions.close_event(actor=request.user, event=row, words=form.cleaned_data["words"])
        return at("event", row)

    return asked(request, form, act, title=_("Close this emergency"), back=at("event", row), event=row)


@at_desk
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponseBase:
    """A closed emergency goes on."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    return done(request, lambda: actions.reopen_event(actor=request.user, event=row), at("event", row))


# -- incidents -------------------------------------------------------------------------------------------------------


@at_desk
@require_form
def new_incident(request: HttpRequest, code: str) -> HttpResponseBase:
    """What happened in one place."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    people = selectors.people_who_help(event=row)
    form = forms.NewIncident(request.POST or None, people=people, initial={"started_at": timezone.now()})

    def act() -> str:
        told = form.cleaned_data
        made = actions.declare_incident(
            actor=request.user, event=row, place=told["place"], lead=told["lead"], severity=told["severity"], level=told["level"],
            started_at=told["started_at"], spot=told["spot"], commander=told["commander"], words=told["words"],
        )  # fmt: skip
        return at("incident", row, incident=made.pk)

    return asked(request, form, act, title=_("A new incident"), back=at("event", row), event=row)


@at_desk
@require_form
def incident(request: HttpRequest, code: str, incident: UUID) -> HttpResponseBase:
    """One incident: who leads, how it was seen when; who leads assesses it anew."""
    row, _decision = selectors.event_of(
        actor=request.user, code=code, verb="event.edit" if request.method == "POST" else "event.see"
    )
    found = selectors.incident_of(event=row, pk=incident)
    rights = may(request, row, "event.edit")
    people = selectors.people_who_help(event=row) if rights["event_edit"] else []
    form = forms.Assessed(
        request.POST or None, people=people, initial={"severity": found.severity, "level": found.level}
    )

    def act() -> str:
        told = form.cleaned_data
        actions.assess(
            actor=request.user, event=row, incident=found, severity=told["severity"], level=told["level"], words=told["words"],
            commander=told["commander"],
        )  # fmt: skip
        return at("incident", row, incident=found.pk)

    history = selectors.severities(incident=found, decision=decided(request, row, "event.read_log"))
    context = {
        "event": row,
        "row": found,
        "history": history,
        "may": rights,
        "title": _("Incident"),
        "back": at("event", row),
    }
    return asked(request, form, act, template="incident.html", **context)


@at_desk
@require_form
def close_incident(request: HttpRequest, code: str, incident: UUID) -> HttpResponseBase:
    """An incident is over."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    found = selectors.incident_of(event=row, pk=incident)
    form = forms.Reason(request.POST or None)

    def act() -> str:
        actions.close_incident(actor=request.user, event=row, incident=found, words=form.cleaned_data["words"])
        return at("event", row)

    return asked(
        request, form, act, title=_("Close this incident"), back=at("incident", row, incident=found.pk), event=row
    )


@at_desk
@require_form
def log(request: HttpRequest, code: str) -> HttpResponseBase:
    """The log of the centre; lines are added and stand."""
    row, decision = selectors.event_of(actor=request.user, code=code, verb="event.read_log")
    if request.method == "POST":
        policy.require(request.user, "event.write_log", row)
    form = forms.NewLine(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        actions.write_log(
            actor=request.user, event=row, kind=told["kind"], words=told["words"], happened_at=told["happened_at"]
        )
        return at("log", row)

    page = Paginator(log_lines(event=row), PAGE_LINES).get_page(request.GET.get("page"))
    lines = selectors.log(rows=list(page.object_list), decision=decision)
    return asked(
        request,
        form,
        act,
        template="log.html",
        title=_("Log of the centre"),
        back=at("event", row),
        event=row,
        lines=lines,
        page=page,
    )
