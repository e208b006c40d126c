"""While the vault is sealed, pages that need it answer 503 and say so; everything else works."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static

from hamroh.vault.errors import VaultSealed


class SealedAreas:
    """Answers 503 where a view met a sealed vault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, VaultSealed):
            return None
        response = HttpResponse(render_to_string("vault/sealed.html", {"stylesheet": _stylesheet()}), status=503)
        response.headers["Retry-After"] = "300"
        response.headers["Cache-Control"] = "no-store"
        return response


def _stylesheet() -> str:
    """The address of the stylesheet; empty where it was not collected: the page must answer all the same."""
    try:
        return static("web/hamroh.css")
    except ValueError:
        return ""
