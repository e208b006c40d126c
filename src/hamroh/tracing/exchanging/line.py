"""The line to another installation: who offered carries, asks and fetches; nobody ever has to reach who offered.

Only public addresses are asked, by https, each name resolved once, nothing that leads elsewhere followed. A part that got lost is
sent again; what is there already is never sent twice.
"""

import http.client
import json
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from hamroh.library.exchange import fetching
from hamroh.tracing.exchanging.wire import Asked, signed
from hamroh.tracing.models import MOST_BYTES, PART

AGENT = "Hamroh (private exchange)"
#: bytes of an answer that is no part of a file, bytes read at once, and seconds that an answer may take
_MOST_ANSWER, _PIECE, _LONGEST = 4096, 2**16, 120


class Broken(Exception):
    """The other installation did not answer as it should. It is tried again."""


class Declined(Exception):
    """The other side did not agree, or has ended it."""


@dataclass(frozen=True)
class Line:
    """To whom (the address of the installation and the key there), by which key of ours."""

    address: str
    to: str
    secret: str

    def path(self, number: str, kind: str, part: int | None = None) -> str:
        base = urlsplit(self.address.strip()).path.rstrip("/")
        query = "" if part is None else f"?part={part}"
        return f"{base}/api/exchange/{self.to}/{number}/{kind}/{query}"

    def missing(self, number: str, kind: str) -> int:
        """The first part of our file that is not there."""
        return self._number(self._asked("GET", self.path(number, kind)), "next")

    def send(self, number: str, kind: str, part: int, whole: int, content: bytes) -> int:
        """One part of our file; the first one that lacks now."""
        answer = self._asked("PUT", f"{self.path(number, kind, part)}&whole={whole}", content)
        return self._number(answer, "next")

    def fetch(self, number: str, kind: str, part: int) -> tuple[bytes, int] | None:
        """One part of their file and how long the whole is; None where it is not made yet."""
        answer = self._asked("GET", self.path(number, kind, part))
        if answer.status == http.HTTPStatus.ACCEPTED:
            return None
        whole = self._whole(answer)
        return answer.body, whole

    def _whole(self, answer: "_Answer") -> int:
        try:
            whole = int(answer.whole)
        except ValueError:
            raise Broken from None
        if not 0 < whole <= MOST_BYTES:
            raise Broken
        return whole

    @staticmethod
    def _number(answer: "_Answer", name: str) -> int:
        try:
            found: Any = json.loads(answer.body[:_MOST_ANSWER])[name]
            return int(found)
        except (ValueError, KeyError, TypeError):
            raise Broken from None

    def _asked(self, method: str, path: str, body: bytes = b"") -> "_Answer":
        where = _where(self.address)
        connection = fetching.connection(where)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            headers = {
                "Host": where.named, "User-Agent": AGENT, "Connection": "close", "Content-Length": str(len(body)),
                "Authorization": signed(Asked(method, path, body), self.secret), "Content-Type": "application/octet-stream",
            }  # fmt: skip
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            return _read(connection.getresponse())
        except (OSError, http.client.HTTPException, ssl.SSLError):
            raise Broken from None
        finally:
            connection.close()


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes
    whole: str


def _where(address: str) -> fetching.Where:
    try:
        where = fetching.checked(address)
    except fetching.Unreachable:
        raise Broken from None
    if where.scheme != "https" and not settings.HARVEST_NEAR:
        raise Broken
    return where


def _read(response: http.client.HTTPResponse) -> _Answer:
    if response.status == http.HTTPStatus.GONE:
        raise Declined
    if response.status not in (http.HTTPStatus.OK, http.HTTPStatus.ACCEPTED):
        raise Broken
    body, until = b"", time.monotonic() + _LONGEST
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > PART or time.monotonic() > until:
            raise Broken
    return _Answer(response.status, body, response.headers.get("X-Hamroh-Whole", ""))
