"""No byte of an answer leaves before the journal holds what was opened for it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from hamroh.vault import journal
from hamroh.web.views import plain_page

log = logging.getLogger(__name__)


class Openings:
    """Collects a request's openings and writes them when the view and its transactions are over.

    Where they cannot be written the answer is 503 without the content. Stands inside everything that packs or sends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            with journal.openings("request"):
                response = self.get_response(request)
        except journal.Unwritable:
            log.exception("an answer was withheld")
            return plain_page(503)
        if response.streaming:
            stream = cast(StreamingHttpResponse, response)
            stream.streaming_content = chunks(cast(Iterable[bytes], stream.streaming_content))
        return response


def chunks(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same chunks, each after what was opened for it is written."""
    iterator = iter(content)
    while True:
        with journal.openings("request"):
            try:
                chunk = next(iterator)
            except StopIteration:
                return
        yield chunk
