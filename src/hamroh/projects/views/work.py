"""Pages of activities, campaigns and lessons, and the days that must not be missed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.projects import actions, selectors
from hamroh.projects.forms import work as forms
from hamroh.projects.models import Project, Reach
from hamroh.projects.selectors.activities import materials_of
from hamroh.projects.states import WorkLife
from hamroh.projects.views.frame import LINES, PAGE, asked, at_desk, done, here, known, lang, moment, require_form

KINDS = actions.activities.KINDS


def _at(name: str, what: str, row: Any = None, **more: Any) -> str:
    named = {"what": what, **({"code": row.code} if row is not None else {}), **more}
    return reverse(f"projects:{name}", kwargs=named)


def _mine(request: HttpRequest, house: Any) -> Any:
    return selectors.seen(request.user, Project.objects.filter(organisation=house))


@at_desk
@require_safe
def listed(request: HttpRequest, what: str) -> HttpResponseBase:
    """All of a kind, of the organisation or of one project."""
    policy.require(request.user, "project.see")
    known(KINDS, what)
    house, code, text = here(request), request.GET.get("of", ""), request.GET.get("q", "")[:200]
    of = selectors.project_of(actor=request.user, code=code) if code else None
    given: dict[str, Any] = {"actor": request.user, "organisation": house, "project": of}
    reads: dict[str, Callable[[], Any]] = {
        "activity": lambda: selectors.activities(**given), "campaign": lambda: selectors.campaigns(**given),
        "lesson": lambda: selectors.lessons(**given, text=text, lang=lang()),
    }  # fmt: skip
    context = {
        "what": what, "of": of, "text": text, "page": Paginator(reads[what](), LINES).get_page(request.GET.get("page")), "titles": TITLES(what),
        "may_edit": bool(policy.allowed(request.user, "project.edit")),
    }  # fmt: skip
    return render(request, f"{PAGE}work.html", context)


def TITLES(what: str) -> dict[str, str]:  # noqa: N802 - a table that is read when the language is known
    return {
        "activity": {"title": _("Activities"), "new": _("A new activity"), "none": _("No activity is written down yet.")},
        "campaign": {"title": _("Awareness campaigns"), "new": _("A new campaign"), "none": _("No campaign is written down yet.")},
        "lesson": {"title": _("Lessons"), "new": _("A lesson"), "none": _("No lesson is written down that says this.")},
    }[what]  # fmt: skip


@at_desk
@require_form
def new(request: HttpRequest, what: str) -> HttpResponseBase:
    """An activity, a campaign, a lesson."""
    policy.require(request.user, "project.edit")
    made, title, _change = known(forms.FORMS, what)
    house = here(request)
    form = made(request.POST or None, initial={"project": request.GET.get("of", "")}, mine=_mine(request, house))

    def act() -> str:
        row = actions.activities.make(actor=request.user, organisation=house, what=what, told=form.told)
        return _at("work-row", what, row)

    return asked(request, form, act, title=title, back=_at("work", what))


@at_desk
@require_safe
def one(request: HttpRequest, what: str, code: str) -> HttpResponseBase:
    """One of them with what stands beside it."""
    row = selectors.record_of(actor=request.user, model=known(KINDS, what), code=code)
    may_edit = bool(policy.allowed(request.user, "project.edit", row))
    context: dict[str, Any] = {"row": row, "what": what, "back": _at("work", what), "may_edit": may_edit}
    if what == "activity":
        context["people"] = list(Reach.objects.filter(activity=row).order_by("made_at", "pk"))
    if what == "campaign":
        context |= {"materials": materials_of(campaign=row), "known": selectors.reach_said(campaign=row)}
    if what != "lesson":
        context["moves"] = [(name, WorkLife.states[name].label) for name in WorkLife.moves(row.state)]
    return render(request, f"{PAGE}{what}.html", context)


@at_desk
@require_form
def change(request: HttpRequest, what: str, code: str) -> HttpResponseBase:
    """What is known of it now."""
    made, _new, title = known(forms.FORMS, what)
    row = selectors.record_of(actor=request.user, model=KINDS[what], code=code, verb="project.edit")
    seen = request.POST.get("seen", row.changed_at.isoformat())
    form = made(request.POST or None, initial=made.of(row), mine=_mine(request, row.organisation))

    def act() -> str:
        actions.activities.change(actor=request.user, row=row, what=what, told=form.told, seen=moment(seen))
        return _at("work-row", what, row)

    return asked(request, form, act, title=title, back=_at("work-row", what, row), seen=seen)


@at_desk
@require_POST
def move(request: HttpRequest, what: str, code: str) -> HttpResponseBase:
    """It has begun, is done or stopped."""
    if what == "lesson":
        raise Http404
    row = selectors.record_of(actor=request.user, model=known(KINDS, what), code=code, verb="project.edit")
    after, before = request.POST.get("after", ""), request.POST.get("before", "")
    if after not in WorkLife.states:
        raise Http404
    return done(
        request,
        lambda: actions.activities.move(actor=request.user, row=row, what=what, after=after, before=before),
        _at("work-row", what, row),
    )


@at_desk
@require_form
def note(request: HttpRequest, what: str, code: str, beside: str) -> HttpResponseBase:
    """For whom it was; what was made; whom it reached."""
    of, made, title = known(forms.BESIDE, beside)
    if of != what:
        raise Http404
    row = selectors.record_of(actor=request.user, model=known(KINDS, what), code=code, verb="project.edit")
    form = made(request.POST or None)

    def act() -> str:
        actions.activities.note_beside(actor=request.user, row=row, what=beside, told=form.cleaned_data)
        return _at("work-row", what, row)

    return asked(request, form, act, title=title, back=_at("work-row", what, row))


@at_desk
@require_POST
def take_back(request: HttpRequest, what: str, code: str, beside: str, pk: UUID) -> HttpResponseBase:
    """Something that was noted by mistake."""
    of, _made, _title = known(forms.BESIDE, beside)
    if of != what:
        raise Http404
    row = selectors.record_of(actor=request.user, model=known(KINDS, what), code=code, verb="project.edit")
    return done(
        request,
        lambda: actions.activities.take_back_beside(actor=request.user, row=row, what=beside, pk=pk),
        _at("work-row", what, row),
        _("Taken back."),
    )


@at_desk
@require_safe
def days(request: HttpRequest) -> HttpResponseBase:
    """What is due and not done, over all projects that she may see."""
    policy.require(request.user, "project.see")
    rows = selectors.days_ahead(actor=request.user, organisation=here(request))
    return render(request, f"{PAGE}days.html", {"rows": rows})


@never_cache
@at_desk
@require_safe
def days_file(request: HttpRequest) -> HttpResponseBase:
    """The same days as a file for a calendar: codes and days alone."""
    policy.require(request.user, "project.see")
    rows = selectors.days_ahead(actor=request.user, organisation=here(request))
    answer = HttpResponse(selectors.calendar(rows), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="days.ics"'
    return answer
