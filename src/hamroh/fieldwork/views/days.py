"""Pages of a day of advice: the plan, the tally on a telephone, the evening, the report."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.fieldwork import reporting
from hamroh.fieldwork.actions import days as actions
from hamroh.fieldwork.forms import days as forms
from hamroh.fieldwork.models import FieldDay, Form, Purpose, Who
from hamroh.fieldwork.selectors import campaigns, results
from hamroh.fieldwork.selectors import days as reads
from hamroh.fieldwork.views.results import doors, title_of
from hamroh.fieldwork.views.working import PAGE, PAGE_LINES, lang_of, place_of, places_of, require_form, written

KINDS = {"planned": "due", "running": "now", "closed": "done"}


def _at(name: str, row: FieldDay) -> str:
    return reverse(f"field-results:{name}", kwargs={"code": row.code})


@login_required
@require_safe
@never_cache
def days(request: HttpRequest) -> HttpResponseBase:
    """Every day of the house, by district and date; where exactly stands on its page."""
    policy.require(request.user, "day.see")
    page = Paginator(reads.days(actor=request.user, organisation=here(request)), PAGE_LINES).get_page(
        request.GET.get("page")
    )
    lines = [
        {"row": each, "place": results.name_of(each.place, lang_of()), "kind": KINDS[each.state], "word": each.get_state_display()}
        for each in page.object_list
    ]  # fmt: skip
    return render(request, f"{PAGE}days/list.html", {"page": page, "lines": lines, **doors(request)})


@login_required
@require_form
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Plan a day."""
    policy.require(request.user, "day.count")
    house = here(request)
    able = {
        str(each.pk): each for each in campaigns.colleagues(organisation=house) if policy.allowed(each, "day.count")
    }
    own = {each.code: each for each in Form.objects.filter(organisation=house, purpose=Purpose.INTAKE)}
    form = forms.ADay(
        request.POST or None, places=places_of(house), people=[(pk, str(each)) for pk, each in able.items()],
        choices=[(code, title_of(each)) for code, each in own.items()],
        initial={"on_date": local_date(timezone.now(), house), "people": [str(request.user.pk)]},
    )  # fmt: skip

    def act() -> str:
        told = form.cleaned_data
        place = place_of(told["place"])
        assert place is not None
        row = actions.plan_day(
            actor=request.user, organisation=house, place=place, spot=told["spot"], on_date=told["on_date"],
            team=[able[pk] for pk in told["people"]], form=own.get(told["form"]),
        )  # fmt: skip
        return _at("day", row)

    if form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    return render(request, f"{PAGE}days/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
@never_cache
def day(request: HttpRequest, code: str) -> HttpResponseBase:
    """The plan, the way to the tally, the leaflet of the place, the evening."""
    row, decision = reads.day_of(actor=request.user, code=code)
    context = {
        "row": row, "place": results.name_of(row.place, lang_of()), "kind": KINDS[row.state], "told": reads.told(day=row, decision=decision),
        "team": reads.team(day=row), "form_title": title_of(row.form) if row.form else "", "leaflet": _leaflet(row), "fill": _fill(),
        "evening": reads.evening(day=row), "talks": [each for each in reads.talks(day=row) if each[1]],
        "lines": [each for each in reads.tally(day=row) if each.all], "kinds": Who.choices,
        "may": bool(policy.allowed(request.user, "day.count", row)),
    }  # fmt: skip
    return render(request, f"{PAGE}days/day.html", context)


def _leaflet(row: FieldDay) -> str:
    """The sheet of the directory for that place."""
    return reverse("finder:leaflet", args=[row.place.code])


def _fill() -> str:
    """Where forms are filled in the browser; empty where this installation has no such page."""
    for name in ("filler:page",):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


@login_required
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """The first one comes."""
    row, _decision = reads.day_of(actor=request.user, code=code, verb="day.count")
    written(request, None, lambda: f"{actions.begin_day(actor=request.user, day=row)}")
    return redirect(_at("count", row))


@login_required
@require_form
@never_cache
def count(request: HttpRequest, code: str) -> HttpResponseBase:
    """The tally: large buttons, a tap is one more, the last one can be taken back. Works without script."""
    row, _decision = reads.day_of(actor=request.user, code=code, verb="day.count")
    if request.method == "POST":
        written(request, None, lambda: _tapped(request, row))
        who = request.POST.get("who", "")
        return redirect(f"{_at('count', row)}?who={who}" if who in Who.values else _at("count", row))
    who = request.GET.get("who", "")
    who = who if who in Who.values else Who.WOMAN.value
    lines: list[dict[str, Any]] = [
        {"topic": each.topic, "label": each.label, "here": next(n for code, _label, n in each.counts if code == who), "all": each.all}
        for each in reads.tally(day=row)
    ]  # fmt: skip
    context = {
        "row": row, "place": results.name_of(row.place, lang_of()), "who": who, "kinds": Who.choices, "lines": lines,
        "came": sum(each["all"] for each in lines), "last": reads.last_tap(day=row, person=request.user), "leaflet": _leaflet(row),
        "fill": _fill() if row.form_id else "",
    }  # fmt: skip
    return render(request, f"{PAGE}days/count.html", context)


def _tapped(request: HttpRequest, row: FieldDay) -> str:
    told = request.POST
    if "undo" in told:
        if not actions.untap(actor=request.user, day=row):
            messages.info(request, _("There is no tap of yours to take back."))
    elif "less" in told:
        actions.lessen(actor=request.user, day=row, topic=told.get("less", ""), who=told.get("who", ""))
    else:
        actions.tap(actor=request.user, day=row, topic=told.get("topic", ""), who=told.get("who", ""))
    return row.code


@login_required
@require_form
@never_cache
def talk(request: HttpRequest, code: str) -> HttpResponseBase:
    """One piece of advice in codes: a topic and what was said; no name and no words."""
    row, _decision = reads.day_of(actor=request.user, code=code, verb="day.count")
    form = forms.ATalk(request.POST or None)

    def act() -> str:
        actions.talk(actor=request.user, day=row, topic=form.cleaned_data["topic"], said=form.cleaned_data["said"])
        return _at("count", row)

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("Counted."))
        return redirect(address)
    context = {
        "row": row,
        "form": form,
        "title": _("What was said to one of them"),
        "back": _at("count", row),
        "hint": _("No name, no words."),
    }
    return render(request, f"{PAGE}days/form.html", context, status=422 if form.errors else 200)


@login_required
@require_form
@never_cache
def evening(request: HttpRequest, code: str) -> HttpResponseBase:
    """Counts beside each other, what is missing, and the day is closed."""
    row, _decision = reads.day_of(actor=request.user, code=code, verb="day.close")
    found = reads.evening(day=row)
    form = forms.Evening(request.POST or None)

    def act() -> str:
        actions.close_day(actor=request.user, day=row, words=form.cleaned_data["words"])
        return _at("day", row)

    if form.is_valid() and (address := written(request, form, act)):
        messages.success(request, _("The day is closed."))
        return redirect(address)
    context: dict[str, Any] = {
        "row": row,
        "place": results.name_of(row.place, lang_of()),
        "evening": found,
        "form": form,
    }
    return render(request, f"{PAGE}days/evening.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def open_again(request: HttpRequest, code: str) -> HttpResponseBase:
    """Something was forgotten."""
    row, _decision = reads.day_of(actor=request.user, code=code, verb="day.close")
    written(request, None, lambda: f"{actions.open_again(actor=request.user, day=row)}")
    return redirect(_at("day", row))


@login_required
@require_safe
@never_cache
def report(request: HttpRequest, code: str) -> HttpResponseBase:
    """The report of the day."""
    row, _decision = reads.day_of(actor=request.user, code=code)
    return render(request, f"{PAGE}days/report.html", {"row": row, "paper": reporting.day_paper(row, lang_of())})


@login_required
@require_safe
@never_cache
def pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same to be printed."""
    row, _decision = reads.day_of(actor=request.user, code=code)
    response = HttpResponse(reporting.pdf(reporting.day_paper(row, lang_of())), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="day-{row.code}.pdf"'
    return response
