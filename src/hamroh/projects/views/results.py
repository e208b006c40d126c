"""Pages of results: the framework, periods, figures with their sources, and the table to fill in."""

import datetime as dt
import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.projects import actions, selectors
from hamroh.projects.forms import results as forms
from hamroh.projects.models import Indicator, Project, SourceKind
from hamroh.projects.selectors.results import history_of
from hamroh.projects.views.frame import PAGE, asked, at, at_desk, done, may, require_form, written


@at_desk
@require_safe
def results(request: HttpRequest, code: str) -> HttpResponseBase:
    """All results with what each indicator says today, and why."""
    row = selectors.project_of(actor=request.user, code=code)
    context = {
        "project": row, "framework": selectors.framework(project=row), "waiting": selectors.to_approve(actor=request.user, project=row),
        "spans": _spans(row), **may(request, row, "project.edit", "project.approve"),
    }  # fmt: skip
    return render(request, f"{PAGE}results.html", context)


@at_desk
@require_form
def periods(request: HttpRequest, code: str, indicator: UUID) -> HttpResponseBase:
    """Periods of an indicator, several at once."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    of = selectors.part_of(project=row, model=Indicator, pk=indicator)
    form = forms.PeriodsForm(request.POST or None)

    def act() -> str:
        actions.plan_periods(actor=request.user, project=row, indicator=of.pk, periods=form.periods)
        return at("results", row)

    return asked(request, form, act, title=_("Periods and targets"), back=at("results", row), project=row, about=of)


@at_desk
@require_safe
def period(request: HttpRequest, code: str, period: UUID) -> HttpResponseBase:
    """A period of an indicator: its target, what was reached, and every figure that was ever written."""
    row = selectors.project_of(actor=request.user, code=code)
    line = selectors.period_of(project=row, pk=period)
    context = {
        "project": row, "line": line, "history": history_of(period=line.row), "back": at("results", row), "kinds": SourceKind.choices,
        **may(request, row, "project.edit", "project.approve"),
    }  # fmt: skip
    return render(request, f"{PAGE}period.html", context)


@at_desk
@require_form
def change_period(request: HttpRequest, code: str, period: UUID) -> HttpResponseBase:
    """The target, and why no figure will come."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    line = selectors.period_of(project=row, pk=period)
    seen = request.POST.get("seen", actions.frame.mark(line.target or line.row))
    initial = {
        "value": line.target.value if line.target else None, "words": line.target.words if line.target else "",
        "missing": line.row.missing_notes,
    }  # fmt: skip
    form = forms.PeriodForm(request.POST or None, initial=initial)

    def act() -> str:
        actions.change_period(actor=request.user, project=row, period=line.row.pk, seen=seen, **form.cleaned_data)
        return at("period", row, period=line.row.pk)

    back = at("period", row, period=line.row.pk)
    drop = at("drop-period", row, period=line.row.pk)
    return asked(request, form, act, title=_("What is to be reached"), back=back, project=row, seen=seen, drop=drop)


@at_desk
@require_POST
def drop_period(request: HttpRequest, code: str, period: UUID) -> HttpResponseBase:
    """A period that was planned by mistake."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    selectors.period_of(project=row, pk=period)
    return done(
        request,
        lambda: actions.drop_period(actor=request.user, project=row, period=period),
        at("results", row),
        _("Taken back."),
    )


@at_desk
@require_form
def figure(request: HttpRequest, code: str, period: UUID, kind: str) -> HttpResponseBase:
    """What was reached, from one kind of source."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    line = selectors.period_of(project=row, pk=period)
    if kind not in SourceKind.values:
        return redirect(at("period", row, period=line.row.pk))
    form = forms.FigureForm(
        request.POST or None, actor=request.user, project=row, indicator=line.row.indicator, kind=kind
    )

    shown = _standing(line)
    seen = request.POST.get("seen", shown)

    def act() -> str:
        if seen != shown:
            raise actions.NotNow(actions.frame.MEANWHILE)
        reached = form.reached
        actions.write_actual(
            actor=request.user, project=row, period=line.row.pk, reached=reached, before=_before(line, reached)
        )
        return at("period", row, period=line.row.pk)

    context = {"project": row, "about": line.row.indicator, "seen": seen, "template": "figure.html"}
    return asked(request, form, act, title=_("What was reached"), back=at("period", row, period=line.row.pk), **context)


def _standing(line: Any) -> str:
    """A sign of the figures that stand in a period: who writes has seen these and no others."""
    return hashlib.sha256("".join(sorted(str(each.pk) for each in line.actuals)).encode()).hexdigest()[:16]


def _before(line: Any, reached: actions.Reached) -> UUID | None:
    """The figure that stands for the same place and people, as she saw it on the page."""
    place = reached.place.pk if reached.place else None
    found = (each for each in line.actuals if each.place_id == place and each.dimensions == dict(reached.dimensions))
    return next((each.pk for each in found), None)


@at_desk
@require_POST
def approve(request: HttpRequest, code: str, actual: UUID) -> HttpResponseBase:
    """A second person looked at a figure and at its source."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.approve")
    to = request.POST.get("to", "")
    behind = at("period", row, period=to) if _is_id(to) else at("results", row)
    return done(
        request,
        lambda: actions.approve_actual(actor=request.user, project=row, actual=actual),
        behind,
        _("Approved."),
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@at_desk
@require_form
def withdraw(request: HttpRequest, code: str, actual: UUID) -> HttpResponseBase:
    """A figure that should not have been written counts no more."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    form = forms.WithdrawForm(request.POST or None)

    def act() -> str:
        actions.withdraw_actual(actor=request.user, project=row, actual=actual, why=form.cleaned_data["why"])
        return at("results", row)

    return asked(request, form, act, title=_("A figure that does not count"), back=at("results", row), project=row)


def _spans(row: Project) -> list[tuple[dt.date, dt.date]]:
    """Every span of time that some indicator has, the last first."""
    found = selectors.framework(project=row).indicators
    return sorted({(line.row.starts_date, line.row.ends_date) for one in found for line in one.periods}, reverse=True)


@at_desk
@require_form
def fill(request: HttpRequest, code: str) -> HttpResponseBase:
    """All indicators of one span of time in one table."""
    row = selectors.project_of(actor=request.user, code=code, verb="project.edit")
    framework, spans = selectors.framework(project=row), _spans(row)
    span = _chosen(request.GET.get("of", ""), spans)
    lines = [
        (one, line) for one in framework.indicators for line in one.periods
        if (line.row.starts_date, line.row.ends_date) == span
    ]  # fmt: skip
    form = forms.FillForm(request.POST or None, lines=lines)

    def act() -> str:
        for of, reached, before in form.typed:
            actions.write_actual(actor=request.user, project=row, period=of.pk, reached=reached, before=before)
        return at("results", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"form": form, "project": row, "spans": spans, "span": span, "back": at("results", row)}
    return render(request, f"{PAGE}fill.html", context, status=422 if form.errors else 200)


def _chosen(text: str, spans: list[tuple[dt.date, dt.date]]) -> tuple[dt.date, dt.date] | None:
    """The span that an address names, otherwise the last one that has begun."""
    named = {f"{first}_{last}": (first, last) for first, last in spans}
    begun = [span for span in spans if span[0] <= timezone.localdate()]
    return named.get(text) or next(iter(begun or spans), None)
