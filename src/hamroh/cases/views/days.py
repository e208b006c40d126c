"""Days in villages, counted by a tap, and talks with somebody who needs no case."""

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.cases import actions, selectors
from hamroh.cases.forms import casework as forms
from hamroh.cases.models import AgeBand, MobileDay
from hamroh.cases.views.files import PAGE_LINES
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])


def _today(house: Organisation) -> dt.date:
    return local_date(timezone.now(), house)


@login_required
@require_safe
def days(request: HttpRequest) -> HttpResponseBase:
    policy.require(request.user, "advice.count")
    rows = selectors.days(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    lines = selectors.day_lines(actor=request.user, rows=list(page.object_list))
    return render(request, "cases/days/list.html", {"page": page, "lines": lines})


@login_required
@require_form
def new_day(request: HttpRequest) -> HttpResponseBase:
    policy.require(request.user, "advice.count")
    house = here(request)
    form = forms.NewDay(request.POST or None, today=_today(house), initial={"on_date": _today(house)})
    if form.is_valid():
        pk = once.write(
            request,
            lambda: str(actions.begin_day(actor=request.user, organisation=house, **form.cleaned_data).pk),
        )
        return redirect("cases:day", pk)
    return render(request, "cases/days/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_form
def day(request: HttpRequest, day: UUID) -> HttpResponseBase:
    """The tally: one tap is one more. Every tap counts, so that two women in one minute are two."""
    row, decision = selectors.day_of(actor=request.user, day=day)
    if request.method == "POST":
        return _tapped(request, row)
    age = request.GET.get("age", "")
    age = age if age in AgeBand.values else AgeBand.UNKNOWN.value
    context = {
        "day": row, "place": selectors.place_of(row, decision), "age": age, "ages": AgeBand.choices,
        "topics": selectors.tally(row, age), "by_age": selectors.by_age(row), "begin": _intake(),
    }  # fmt: skip
    return render(request, "cases/days/day.html", context)


def _tapped(request: HttpRequest, row: MobileDay) -> HttpResponseBase:
    form = forms.Tap(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        actions.count(actor=request.user, day=row, topic=told["topic"], age_band=told["age"], by=told["by"] or 1)
    age = request.POST.get("age", "")
    query = f"?age={age}" if age in AgeBand.values else ""
    return redirect(f"{reverse('cases:day', args=[row.pk])}{query}#tally")


def _intake() -> str:
    """Where an intake begins; empty where this installation has none."""
    try:
        return reverse("cases:new")
    except NoReverseMatch:
        return ""


@login_required
@require_safe
def advice(request: HttpRequest) -> HttpResponseBase:
    policy.require(request.user, "advice.read")
    rows = selectors.talks(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    lines = selectors.advice_lines(actor=request.user, rows=list(page.object_list))
    return render(request, "cases/days/advice.html", {"page": page, "lines": lines})


@login_required
@require_form
def new_advice(request: HttpRequest) -> HttpResponseBase:
    """A talk without a case; on the day in the village that the address names, or on none."""
    policy.require(request.user, "advice.count")
    house = here(request)
    day = _day_asked(request)
    first = {"on_date": day.on_date if day else _today(house), "place": "village" if day else "office"}
    form = forms.GiveAdvice(request.POST or None, today=_today(house), initial=first)
    if form.is_valid():
        told = form.cleaned_data
        facts = {name: told[name] for name in ("topic", "age_band", "place")}
        once.write(
            request,
            lambda: str(
                actions.give_advice(actor=request.user, organisation=house, done=form.done(), day=day, **facts).pk
            ),
        )
        return redirect("cases:day", day.pk) if day else redirect("cases:advice")
    context = {"form": form, "day": day}
    return render(request, "cases/days/new_advice.html", context, status=422 if form.errors else 200)


def _day_asked(request: HttpRequest) -> MobileDay | None:
    asked = request.GET.get("day")
    if not asked:
        return None
    try:
        return selectors.day_of(actor=request.user, day=UUID(asked))[0]
    except ValueError:
        raise policy.Refused("no such day") from None
