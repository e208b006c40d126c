"""Pages of work: needs, the roster, tasks, situation reports."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.emergencies import actions, papers, reporting, selectors
from hamroh.emergencies.forms import work as forms
from hamroh.emergencies.models import Event
from hamroh.emergencies.selectors.work import need_of, need_words, responses, shift_of
from hamroh.emergencies.showing import shown_changes, shown_report, shown_sources
from hamroh.emergencies.states import NeedLife
from hamroh.emergencies.views.frame import PAGE, PAGE_LINES, asked, at, at_desk, decided, done, may, require_form


@at_desk
@require_safe
def needs(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is needed, and how far it is met."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    return render(
        request,
        f"{PAGE}needs.html",
        {"event": row, "needs": selectors.needs(event=row), "may": may(request, row, "event.edit")},
    )


@at_desk
@require_form
def new_need(request: HttpRequest, code: str) -> HttpResponseBase:
    """Something is needed."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    form = forms.NewNeed(request.POST or None)

    def act() -> str:
        actions.note_need(actor=request.user, event=row, **form.cleaned_data)
        return at("needs", row)

    return asked(request, form, act, title=_("Something is needed"), back=at("needs", row), event=row)


@at_desk
@require_form
def need(request: HttpRequest, code: str, need: UUID) -> HttpResponseBase:
    """One need: who gives, what arrived."""
    row, _decision = selectors.event_of(
        actor=request.user, code=code, verb="event.edit" if request.method == "POST" else "event.see"
    )
    found = need_of(event=row, pk=need)
    form = forms.NewResponse(request.POST or None, initial={"on_date": timezone.localdate()})

    def act() -> str:
        told = form.cleaned_data
        actions.note_response(
            actor=request.user, event=row, need=found, giver=told["giver"], quantity=told["quantity"],
            is_delivered=told["is_delivered"] == "yes", on_date=told["on_date"],
        )  # fmt: skip
        return at("need", row, need=found.pk)

    opened = decided(request, row, "event.read_log")
    moves = [(after, NeedLife.states[after].label) for after in NeedLife.moves(found.state)]
    context = {
        "event": row, "row": found, "responses": responses(need=found), "words": need_words(need=found, decision=opened) if opened else None,
        "moves": moves, "may": may(request, row, "event.edit"), "title": found.item, "back": at("needs", row),
    }  # fmt: skip
    return asked(request, form, act, template="need.html", **context)


@at_desk
@require_POST
def move_need(request: HttpRequest, code: str, need: UUID) -> HttpResponseBase:
    """A need is met, open again, or not needed any more."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    found = need_of(event=row, pk=need)
    after, before = request.POST.get("after", ""), request.POST.get("before", "")
    return done(
        request,
        lambda: actions.move_need(actor=request.user, event=row, need=found, after=after, before=before),
        at("need", row, need=found.pk),
    )


# -- the roster ------------------------------------------------------------------------------------------------------


@at_desk
@require_form
def roster(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who is on duty now and later."""
    row, _decision = selectors.event_of(
        actor=request.user, code=code, verb="event.edit" if request.method == "POST" else "event.see"
    )
    rights = may(request, row, "event.edit")
    people = selectors.people_who_help(event=row) if rights["event_edit"] else []
    form = forms.NewShift(request.POST or None, people=people)

    def act() -> str:
        actions.plan_shift(actor=request.user, event=row, **form.cleaned_data)
        return at("roster", row)

    context = {
        "event": row, "shifts": selectors.shifts(event=row, decision=decided(request, row, "duty.phone")), "now": timezone.now(),
        "may": rights, "title": _("Who is on duty"), "back": at("event", row),
    }  # fmt: skip
    return asked(request, form, act, template="roster.html", **context)


@at_desk
@require_POST
def call_off(request: HttpRequest, code: str, shift: UUID) -> HttpResponseBase:
    """A shift does not take place."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    found = shift_of(event=row, pk=shift)
    return done(request, lambda: actions.call_off_shift(actor=request.user, event=row, shift=found), at("roster", row))


# -- tasks -----------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def tasks(request: HttpRequest, code: str) -> HttpResponseBase:
    """What has to be done, by whom, until when."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    mine = request.GET.get("mine") == "1"
    rows = selectors.tasks(event=row, actor=request.user if mine else None)
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    context = {"event": row, "page": page, "mine": mine, "now": timezone.now(), "may": may(request, row, "event.edit")}
    return render(request, f"{PAGE}tasks.html", context)


@at_desk
@require_form
def new_task(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody is given something to do."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    form = forms.NewTask(request.POST or None, people=selectors.people_who_help(event=row))

    def act() -> str:
        actions.give_task(actor=request.user, event=row, **form.cleaned_data)
        return at("tasks", row)

    return asked(request, form, act, title=_("A new task"), back=at("tasks", row), event=row)


@at_desk
@require_safe
def task(request: HttpRequest, code: str, task: UUID) -> HttpResponseBase:
    """One task, to whoever has it and to those who lead; its words open to those who lead and are on duty."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    shown = selectors.task_of(event=row, pk=task, decision=_words_of_task(request, row, task))
    rights = may(request, row, "event.edit", "event.help")
    context = {
        "event": row,
        "task": shown,
        "may": rights,
        "is_mine": shown["row"].assignee_id == request.user.pk,
        "now": timezone.now(),
    }
    return render(request, f"{PAGE}task.html", context)


def _words_of_task(request: HttpRequest, event: Event, pk: UUID) -> Any:
    return decided(request, event, "event.read_log") or _own(request, event, pk)


def _own(request: HttpRequest, event: Event, pk: UUID) -> Any:
    """Whoever has a task reads its words, where her roles read sealed words at all."""
    own = selectors.tasks(event=event, actor=request.user).filter(pk=pk).exists()
    return decided(request, event, "task.read") if own else None


@at_desk
@require_form
def give_anew(request: HttpRequest, code: str, task: UUID) -> HttpResponseBase:
    """A task goes to somebody else, or until another time."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    found = selectors.task_of(event=row, pk=task)["row"]
    people = selectors.people_who_help(event=row)
    form = forms.GivenAnew(
        request.POST or None, people=people, initial={"assignee": found.assignee_id, "due_at": found.due_at}
    )
    before = request.POST.get("before", found.state)

    def act() -> str:
        told = form.cleaned_data
        actions.move_task(
            actor=request.user, event=row, task=found, after="given", before=before, words=told["words"], to=told["assignee"],
            due_at=told["due_at"],
        )  # fmt: skip
        return at("task", row, task=found.pk)

    return asked(
        request,
        form,
        act,
        title=_("Give it to somebody"),
        back=at("task", row, task=found.pk),
        event=row,
        before=before,
    )


@at_desk
@require_POST
def move_task(request: HttpRequest, code: str, task: UUID) -> HttpResponseBase:
    """A task is taken, done or called off."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.help")
    found = selectors.task_of(event=row, pk=task)["row"]
    form = forms.Said(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    after = request.POST.get("after", "")
    if after not in ("taken", "done", "dropped"):
        raise policy.Refused("no such move of a task")

    def act() -> None:
        actions.move_task(
            actor=request.user, event=row, task=found, after=after, before=request.POST.get("before", ""), words=words
        )

    return done(request, act, at("task", row, task=found.pk))


# -- situation reports -----------------------------------------------------------------------------------------------


@at_desk
@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every report, the newest first."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    return render(
        request,
        f"{PAGE}reports.html",
        {"event": row, "reports": list(selectors.reports(event=row)), "may": may(request, row, "event.edit")},
    )


@at_desk
@require_form
def new_report(request: HttpRequest, code: str) -> HttpResponseBase:
    """The next report: the figures as they would be frozen now, and a few sentences."""
    row, _decision = selectors.event_of(actor=request.user, code=code, verb="event.edit")
    last = selectors.reports(event=row).first()
    seen = request.POST.get("seen", str(last.number if last else 0))
    form = forms.NewReport(request.POST or None)

    def act() -> str:
        made = actions.freeze_report(
            actor=request.user, event=row, words=form.cleaned_data["words"], seen=int(seen) if seen.isdecimal() else -1
        )
        return at("report", row, number=made.number)

    preview = shown_report(reporting.composed(row, (last.number if last else 0) + 1, {}))
    return asked(
        request,
        form,
        act,
        template="report_form.html",
        title=_("A situation report"),
        back=at("reports", row),
        event=row,
        report=preview,
        seen=seen,
    )


@at_desk
@require_safe
def report(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One report as it was frozen."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    found = selectors.report_of(event=row, number=number)
    is_whole = reporting.digest_of(found.content) == found.digest
    return render(
        request,
        f"{PAGE}report.html",
        {"event": row, "row": found, "report": shown_report(found.content), "is_whole": is_whole},
    )


@at_desk
@require_safe
def report_file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A report as PDF, in the language of the page."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    found = selectors.report_of(event=row, number=number)
    body = papers.pdf(found, shown_report(found.content), get_language() or "en")
    answer = HttpResponse(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="sitrep-{row.code}-{number}.pdf"'
    return answer


@at_desk
@require_safe
def report_changes(request: HttpRequest, code: str, number: int, other: int) -> HttpResponseBase:
    """What a report says otherwise than an earlier one."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    before, after = (selectors.report_of(event=row, number=each) for each in sorted((number, other)))
    lines = shown_changes(reporting.changes(before.content, after.content))
    return render(request, f"{PAGE}changes.html", {"event": row, "before": before, "after": after, "lines": lines})


@at_desk
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponseBase:
    """The wall: nothing sealed stands there."""
    row, _decision = selectors.event_of(actor=request.user, code=code)
    names = selectors.area_names([row])
    now = timezone.now()
    open_tasks = [each for each in selectors.tasks(event=row) if each.state in ("given", "taken")]
    open_needs = [each for each in selectors.needs(event=row) if each.state in ("open", "partly")]
    context = {
        "event": row, "areas": [names[key] for key in row.areas if key in names], "now": now,
        "incidents": [each for each in selectors.incidents(event=row) if each.closed_at is None], "duty": selectors.on_duty(event=row, now=now),
        "sources": shown_sources(selectors.sources(event=row)), "late": [each for each in open_tasks if each.due_at < now], "open_tasks": len(open_tasks),
        "needs": open_needs[:8], "more_needs": max(0, len(open_needs) - 8), "report": selectors.reports(event=row).first(),
        "alerts": list(selectors.current_alerts(event=row, now=now)),
    }  # fmt: skip
    return render(request, f"{PAGE}board.html", context)
