"""Pages that every room shares."""

import logging
import sys

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamroh.web import logs
from hamroh.web.decorators import seen
from hamroh.web.room import is_full
from hamroh.web.timing import view_name

log = logging.getLogger(__name__)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose protection token is missing or too old; the log has Django's reason, without the address in it."""
    logs.security("form.refused", reason=reason.partition(" - ")[0])
    return render(request, "web/form_expired.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, said in four languages, with nothing that could fail again; 507 where the disk is full.

    The page bears the number by which the log is searched: whoever tells us of it need not say what she did.
    """
    error = sys.exc_info()[1]
    if error:
        logs.fault("page", error, view=view_name(request))
    return plain_page(507 if is_full(error) else 500)


def plain_page(status: int) -> HttpResponse:
    """The page of a status (413, 500, 503, 507) in four languages, without our base page and without asking who asks: that may be
    what is broken."""
    try:
        stylesheet = static("web/hamroh.css")
    except ValueError:
        log.exception("the stylesheet was not collected")
        stylesheet = ""
    context = {"stylesheet": stylesheet, "number": logs.request_number()}
    return render(None, f"{status}.html", context, status=status)


class See(HttpResponseRedirect):
    """303: ask for the other page by GET, whatever brought you here."""

    status_code = 303


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Exit this page: end the session, forget every cookie and copy, go to a neutral page; a beacon gets no page."""
    logout(request)
    beacon = request.method == "POST" and request.headers.get("Sec-Fetch-Mode") == "no-cors"
    response = HttpResponse(status=204) if beacon else See(_target(request))
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, seen()):
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _target(request: HttpRequest) -> str:
    asked = request.GET.get("l", "")
    return settings.EXIT_TARGETS.get(asked) or settings.EXIT_TARGETS[get_language() or settings.LANGUAGE_CODE]
