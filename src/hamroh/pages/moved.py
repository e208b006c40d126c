"""Old addresses lead on: where nothing was found under a language, editors may have said where it is now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from hamroh.web.texts import LANGUAGES

#: pages about help leave no trace, not even the question where they went
_NOT = ("info/", "letter/")


class Moved:
    """Asks one query, and only of a public page that was not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        lang, _slash, path = request.path.lstrip("/").partition("/")
        if response.status_code != 404 or request.method != "GET" or lang not in LANGUAGES or path.startswith(_NOT):
            return response
        from hamroh.pages.selectors import forwarded

        address = forwarded(path, lang)
        return HttpResponsePermanentRedirect(address) if address else response
