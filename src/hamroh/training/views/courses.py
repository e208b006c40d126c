"""Pages of courses: what is taught, and a new round of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.training import actions, selectors
from hamroh.training.forms import courses as forms
from hamroh.training.views.frame import PAGE, PAGE_LINES, asked, at, at_desk, here, moment, require_form


def _at(row: Any) -> str:
    return reverse("training:course", kwargs={"course": row.code})


@at_desk
@require_safe
def courses(request: HttpRequest) -> HttpResponseBase:
    """Every course of the organisation."""
    policy.require(request.user, "course.see")
    rows = selectors.courses(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    context = {"page": page, "may_edit": bool(policy.allowed(request.user, "course.edit"))}
    return render(request, f"{PAGE}courses.html", context)


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A course that is held here."""
    policy.require(request.user, "course.edit")
    form = forms.CourseForm(request.POST or None)

    def act() -> str:
        return _at(actions.make_course(actor=request.user, organisation=here(request), told=form.told))

    return asked(request, form, act, title=_("A new course"), back=reverse("training:courses"))


@at_desk
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponseBase:
    """One course with the rounds of it that she may see."""
    row, _decision = selectors.course_of(actor=request.user, code=course)
    rows = selectors.rounds(actor=request.user, organisation=row.organisation, course=row)
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    heads = selectors.heads(rows=shown)
    context = {
        "course": row, "page": page, "lines": [{"row": each, "heads": heads.get(each.pk)} for each in shown],
        "may_edit": bool(policy.allowed(request.user, "course.edit", row)), "feed": reverse("training-public:course-feed", kwargs={"course": row.code}),
    }  # fmt: skip
    return render(request, f"{PAGE}course.html", context)


@at_desk
@require_form
def change(request: HttpRequest, course: str) -> HttpResponseBase:
    """What is taught now."""
    row, _decision = selectors.course_of(actor=request.user, code=course, verb="course.edit")
    seen = request.POST.get("seen", row.changed_at.isoformat())
    form = forms.CourseForm(request.POST or None, initial=forms.CourseForm.of(row))

    def act() -> str:
        actions.change_course(actor=request.user, course=row, told=form.told, seen=moment(seen))
        return _at(row)

    return asked(request, form, act, title=_("Change this course"), back=_at(row), seen=seen)


@at_desk
@require_form
def new_round(request: HttpRequest, course: str) -> HttpResponseBase:
    """One more time that the course is held."""
    row, _decision = selectors.course_of(actor=request.user, code=course, verb="course.edit")
    form = forms.RoundForm(request.POST or None)

    def act() -> str:
        return at("round", actions.plan_round(actor=request.user, course=row, told=form.told))

    return asked(request, form, act, title=_("A new round"), back=_at(row))
