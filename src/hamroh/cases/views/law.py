"""The law behind amounts and days, for staff; and the way across a border."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.cases.forms.matters import ABROAD, COUNTRIES, Way
from hamroh.cases.selectors import abroad
from hamroh.cases.selectors import law as reads

PACKS = (*COUNTRIES, ABROAD[0])


@login_required
@require_safe
def law(request: HttpRequest) -> HttpResponseBase:
    """One rule (``?r=``), or the rules of a state's pack (``?of=``)."""
    policy.require(request.user, "case.list")
    house = here(request)
    today = local_date(timezone.now(), house)
    if code := request.GET.get("r", ""):
        line, marks = reads.rule_shown(actor=request.user, code=code, on=today)
        return render(
            request,
            "cases/matters/rule.html",
            {"line": line, "marks": marks, "may_see": policy.allowed(request.user, "law.see")},
        )
    wanted = request.GET.get("of", house.country.upper())
    state = wanted if wanted in dict(PACKS) else "TJ"
    found = reads.rules_by_matter(actor=request.user, state=state, on=today)
    context = {"found": found, "state": state, "packs": PACKS, "name": dict(PACKS)[state]}
    return render(request, "cases/matters/law.html", context)


@login_required
@require_safe
def way(request: HttpRequest) -> HttpResponseBase:
    """By which treaty a judgment goes from one state to another today, and which papers go with it."""
    policy.require(request.user, "case.list")
    today = local_date(timezone.now(), here(request))
    form = Way(request.GET if "to" in request.GET else None, initial={"origin": here(request).country.upper()})
    found = None
    if form.is_valid():
        found = abroad.way(form.cleaned_data["origin"], form.cleaned_data["to"], today)
    context = {"form": form, "found": found, "asked": form.is_valid(), "today": today}
    return render(request, "cases/matters/way.html", context)
