"""How long pages take and how they end, by the name of their view alone: never an address, a person or an organisation."""

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: takes the view's name, the method, the class of the status ("2xx") and seconds
Hearer = Callable[[str, str, str, float], None]
_hearers: list[Hearer] = []
_METHODS = frozenset({"GET", "HEAD", "POST"})


class Timing:
    """Tells every hearer of every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _hearers:
            return self.get_response(request)
        begun = time.perf_counter()
        response = self.get_response(request)
        told = view_name(request), _method(request), f"{response.status_code // 100}xx"
        for hearer in _hearers:
            hearer(*told, time.perf_counter() - begun)
        return response


def view_name(request: HttpRequest) -> str:
    """The name of the view in the code, as ``cases:list``; what an address holds stands in no name."""
    match = request.resolver_match
    return match.view_name if match and match.view_name else "none"


def _method(request: HttpRequest) -> str:
    return request.method if request.method in _METHODS else "other"


def hear(hearer: Hearer) -> None:
    """Tell it of every request from now on."""
    if hearer not in _hearers:
        _hearers.append(hearer)
