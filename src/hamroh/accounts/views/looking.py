"""Who looked at my records; and for those who watch over an organisation, how much is opened by whom."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hamroh.accounts import desk_forms, policy, selectors
from hamroh.accounts.models import User
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date

WEEK = dt.timedelta(days=6)


@login_required
@require_GET
def looked(request: HttpRequest) -> HttpResponseBase:
    """Openings of one's own records, newest first."""
    own = request.GET.get("own") == "1"
    pages, read = selectors.looks(actor=request.user, own=own)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "looks": read(page.object_list),
        "own": own,
        "may_see_all": policy.allowed(request.user, "access.see"),
    }
    return render(request, "accounts/looked.html", context)


@login_required
@require_GET
def counted(request: HttpRequest) -> HttpResponseBase:
    """By person and by day, without a word of content."""
    policy.require(request.user, "access.see")
    house = here(request)
    policy.require(request.user, "access.see", house)
    today = local_date(timezone.now(), house)
    people = User.objects.filter(memberships__organisation=house).distinct().order_by("display_name")
    asked = request.GET if "first" in request.GET else {"first": today - WEEK, "last": today}
    form = desk_forms.Counted(asked, people=people)
    context = {"form": form, "house": house}
    if form.is_valid():
        person = form.cleaned_data["person"]
        rows = selectors.counts(
            actor=request.user, organisation=house, period=form.period, person=person.pk if person else None
        )
        page = Paginator(rows, selectors.EACH_PAGE).get_page(request.GET.get("page"))
        context |= {"asked": True, "page": page, "rows": selectors.with_names(page.object_list)}
    return render(request, "accounts/counted.html", context, status=422 if form.errors else 200)
