"""Pages of the register: the list, a project, one part of it at a time."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.projects import actions, selectors, showing
from hamroh.projects.exchange.iati_findings import findings
from hamroh.projects.forms import parts, projects
from hamroh.projects.models import Project
from hamroh.projects.views.frame import (
    LINES,
    PAGE,
    asked,
    at,
    at_desk,
    done,
    here,
    known,
    lang,
    may,
    moment,
    require_form,
)
from hamroh.thesaurus.selectors import names


def _asked_for(request: HttpRequest) -> projects.WishForm:
    return projects.WishForm(request.GET or None)


@at_desk
@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """Projects of the organisation that answer to what is looked for, the newest first."""
    policy.require(request.user, "project.see")
    form, house = _asked_for(request), here(request)
    wish = form.wish if form.is_bound else selectors.Wish()
    rows = selectors.projects(actor=request.user, organisation_id=house.pk, wish=wish, lang=lang())
    context = {
        "form": form, "page": Paginator(rows, LINES).get_page(request.GET.get("page")), "is_asked": not wish.is_empty,
        "may_edit": bool(policy.allowed(request.user, "project.edit")),
        "due": [each for each in selectors.days_ahead(actor=request.user, organisation=house) if each.is_late],
    }  # fmt: skip
    return render(request, f"{PAGE}list.html", context)


@at_desk
@require_safe
def network(request: HttpRequest) -> HttpResponseBase:
    """What other organisations let the network read."""
    policy.require(request.user, "project.see")
    form = _asked_for(request)
    wish = form.wish if form.is_bound else selectors.Wish()
    rows = selectors.shared_with_network(actor=request.user, organisation_id=here(request).pk, wish=wish, lang=lang())
    page = Paginator(rows, LINES).get_page(request.GET.get("page"))
    return render(request, f"{PAGE}network.html", {"form": form, "page": page, "is_asked": not wish.is_empty})


@at_desk
@require_safe
def network_project(request: HttpRequest, code: str) -> HttpResponseBase:
    """A project of another organisation as the network may read it."""
    row = selectors.network_project(actor=request.user, code=code)
    told = selectors.public_project(code=row.code, lang=lang(), steps=("public", "network"))
    return render(request, f"{PAGE}network_project.html", {"told": told, "back": reverse("projects:network")})


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A project of the register."""
    policy.require(request.user, "project.edit")
    house = here(request)
    form = _form(request, house)

    def act() -> str:
        return at("project", actions.make_project(actor=request.user, organisation=house, told=form.told()))

    return asked(request, form, act, title=_("A new project"), back=reverse("projects:list"))


def _form(request: HttpRequest, house: Any, row: Project | None = None) -> projects.ProjectForm:
    mine = selectors.seen(request.user, Project.objects.filter(organisation=house))
    initial = projects.ProjectForm.of(row) if row else {"owners": [request.user.pk]}
    return projects.ProjectForm(
        request.POST or None, initial=initial, people=selectors.colleagues(organisation=house), mine=mine
    )


@at_desk
@require_safe
def project(request: HttpRequest, code: str) -> HttpResponseBase:
    """One project: what it is, where it stands and why, who bears it, its results and money."""
    row = selectors.project_of(actor=request.user, code=code)
    beside = selectors.beside(project=row)
    concepts = dict(row.subjects.values_list("pk", "key"))
    work: dict[str, Any] = {"actor": request.user, "organisation": row.organisation, "project": row}
    context = {
        "project": row, "beside": beside, "framework": selectors.framework(project=row), "sums": showing.sums(beside.budgets),
        "flows": showing.flows(beside.money), "subjects": list(names(concepts, lang()).values()),
        "activities": selectors.activities(**work)[:10], "campaigns": selectors.campaigns(**work)[:10], "lessons": selectors.lessons(**work)[:10],
        "parts": list(selectors.seen(request.user, Project.objects.filter(part_of=row)).order_by("-first_year", "pk")),
        "waiting": selectors.to_approve(actor=request.user, project=row), **may(request, row, "project.edit", "project.approve"),
    }  # fmt: skip
    context["iati_findings"] = findings(row) if context["project_edit"] else []
    return render(request, f"{PAGE}project.html", context)


@at_desk
@require_form
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is known of it now."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    seen = request.POST.get("seen", row.changed_at.isoformat())
    form = _form(request, row.organisation, row)

    def act() -> str:
        actions.change_project(actor=request.user, project=row, told=form.told(row), seen=moment(seen))
        return at("project", row)

    return asked(request, form, act, title=_("Change what is known"), back=at("project", row), seen=seen, project=row)


@at_desk
@require_form
def note(request: HttpRequest, code: str, what: str) -> HttpResponseBase:
    """One more partner, place, budget, document, result, indicator, risk."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    made, title, _change = known(parts.FORMS, what)
    form = made(request.POST or None, project=row, people=lambda: selectors.colleagues(organisation=row.organisation))

    def act() -> str:
        actions.note_part(actor=request.user, project=row, what=what, told=form.told)
        return _behind(row, what)

    return asked(request, form, act, title=title, back=_behind(row, what), project=row)


@at_desk
@require_form
def correct(request: HttpRequest, code: str, what: str, pk: UUID) -> HttpResponseBase:
    """A row as it is known now."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    made, _new, title = known(parts.FORMS, what)
    part = selectors.part_of(project=row, model=actions.parts.PARTS[what], pk=pk)
    seen = request.POST.get("seen", actions.frame.mark(part))
    people = lambda: selectors.colleagues(organisation=row.organisation)  # noqa: E731 - asked for only where it is shown
    form = made(request.POST or None, initial=made.of(part), project=row, people=people)

    def act() -> str:
        actions.change_part(actor=request.user, project=row, what=what, pk=part.pk, told=form.told, seen=seen)
        return _behind(row, what)

    drop = at("take-back", row, what=what, pk=part.pk)
    return asked(request, form, act, title=title, back=_behind(row, what), seen=seen, project=row, drop=drop)


@at_desk
@require_POST
def take_back(request: HttpRequest, code: str, what: str, pk: UUID) -> HttpResponseBase:
    """A row that was noted by mistake."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    known(parts.FORMS, what)
    return done(
        request,
        lambda: actions.take_back(actor=request.user, project=row, what=what, pk=pk),
        _behind(row, what),
        _("Taken back."),
    )


def _behind(row: Project, what: str) -> str:
    return at("results" if what in ("result", "indicator") else "project", row)
