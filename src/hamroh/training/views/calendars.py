"""One's own calendar of rounds at the desk, and the feeds that a telephone fetches."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import limits, policy
from hamroh.training import actions, selectors
from hamroh.training.views.frame import PAGE

#: fetches from one address: an office behind one line has many telephones, a machine that guesses tries more
FEED = limits.Limit("training-calendar", 60, 5)
#: the secret stands behind the question mark: what logs tell of a request is its path
KEY = "k"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """Make an address for one's own rounds; it is shown once."""
    policy.require(request.user, "round.see")
    address = ""
    if request.method == "POST":
        secret = actions.make_calendar(actor=request.user)
        address = request.build_absolute_uri(f"{reverse('training-public:own-feed')}?{KEY}={secret}")
    return render(request, f"{PAGE}calendar.html", {"key": selectors.own_key(actor=request.user), "address": address})


@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Nobody fetches it any more."""
    policy.require(request.user, "round.see")
    actions.revoke_calendar(actor=request.user)
    return redirect("training:calendar")


@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The calendar of a secret address: codes and days alone. What was revoked and what never was are answered alike."""
    if not limits.take(FEED, limits.address(request)):
        return HttpResponse(status=429)
    key = selectors.calendar_of(request.GET.get(KEY, ""))
    if key is None:
        return HttpResponse(status=404)
    return _answer(selectors.calendar(selectors.own_rounds(key=key), get_language() or "en", plain=True))


@require_safe
def course_feed(request: HttpRequest, course: str) -> HttpResponseBase:  # noqa: ARG001 - the face of a view
    """Announced rounds of a course, for anybody."""
    rows = selectors.announced(course=course)
    if not rows:
        raise Http404
    return _answer(selectors.calendar(rows, get_language() or "en", plain=False))


def _answer(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
