"""One's own calendar at the desk, and the feed that a telephone fetches."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import limits
from hamroh.cases.actions import calendar as actions
from hamroh.cases.selectors import calendars as reads

#: fetches from one address: an office behind one line has many telephones, a machine that guesses tries more
FEED = limits.Limit("calendar", 60, 5)
#: the secret stands behind the question mark: what logs tell of a request is its path
KEY = "k"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """Make an address for one's calendar; it is shown once."""
    token = reads.own_calendar(actor=request.user)
    address = ""
    if request.method == "POST":
        secret = actions.make_calendar(actor=request.user)
        address = request.build_absolute_uri(f"{reverse('calendar:feed')}?{KEY}={secret}")
        token = reads.own_calendar(actor=request.user)
    return render(request, "cases/matters/calendar.html", {"token": token, "address": address})


@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponseBase:
    actions.revoke_calendar(actor=request.user)
    return redirect("cases:calendar")


@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The calendar of an address; what was revoked and what never was are answered alike."""
    if not limits.take(FEED, limits.address(request)):
        return HttpResponse(status=429)
    token = reads.calendar_of(request.GET.get(KEY, ""))
    if token is None:
        return HttpResponse(status=404)
    content = reads.entries(token=token)
    actions.note_fetched(token=token)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
