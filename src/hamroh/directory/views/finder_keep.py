"""A copy of the results on the phone: only for who asks, as one page without a network, gone by one tap and by exit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hamroh.directory.selectors import finder, finder_cards
from hamroh.directory.views.finder import choice_of, neutral
from hamroh.web.middleware import CONTENT
from hamroh.web.views import See

NAME = "addresses.html"


@require_safe
@neutral
def explain(request: HttpRequest) -> HttpResponse:
    """What keeping means, before anything is kept; printing and a file for browsers without script."""
    question = finder.asked(choice_of(request.GET), actor=request.user, now=timezone.now())
    response = render(request, "directory/finder/keep.html", {"question": question, "choice": question.choice})
    policy = CONTENT.format(nonce=request.csp_nonce)  # type: ignore[attr-defined]
    response["Content-Security-Policy"] = f"{policy}; worker-src 'self'"
    return response


@require_safe
@neutral
def copy(request: HttpRequest) -> HttpResponse:
    """The page that is kept; the browser asks for it once, without cookies, when she has said yes."""
    return _copy(request, "kept")


@csrf_exempt  # it writes nothing on our side
@require_http_methods(["GET", "HEAD", "POST"])
@neutral
def file(request: HttpRequest) -> HttpResponse:
    """The same as one file that needs nothing else; its name and its title say nothing."""
    if request.method != "POST":
        return See(reverse("finder:keep") + choice_of(request.GET).query())
    response = _copy(request, "file")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@require_safe
@neutral
def kept(request: HttpRequest) -> HttpResponse:
    """What the address of the copy answers when there is none: nothing is kept here."""
    return render(request, "directory/finder/nothing_kept.html", {"choice": choice_of(request.GET)})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for the copy's address alone; no page loads it before she has said yes."""
    response = render(request, "directory/finder/worker.js", content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _copy(request: HttpRequest, template: str) -> HttpResponse:
    values = request.POST if request.method == "POST" else request.GET
    now = timezone.now()
    question = finder.asked(choice_of(values), actor=request.user, now=now)
    groups = finder_cards.sheet(question, actor=request.user, now=now)
    routes = finder.danger_routes(question.place, actor=request.user, lang=get_language() or "en")
    context = {"question": question, "groups": groups, "routes": routes, "today": now.date()}
    return render(request, f"directory/finder/{template}.html", context)
