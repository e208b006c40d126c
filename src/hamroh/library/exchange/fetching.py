"""Asking another centre over the network, so that nobody can make this machine ask itself or its neighbours.

A name is resolved once, every address is checked, and the connection goes to what was checked. Nothing leads on from there: an answer
that sends elsewhere is refused. Size and time are limited, packed answers too.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

#: seconds of one wait on the line, and of a whole answer; bytes as they come and unpacked
WAIT, LONGEST, MOST_BYTES, MOST_UNPACKED = 30, 120, 20 * 2**20, 60 * 2**20
AGENT = "Hamroh (OAI-PMH harvester)"
_CHUNK = 2**16
_PORTS = frozenset({80, 443, 8080, 8443})
#: ways to write an IPv4 address as one of IPv6
_DISGUISES = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))


class Unreachable(Exception):
    """The centre did not answer as it should; the message says so in the reader's language and repeats nothing of the answer."""


@dataclass(frozen=True)
class Later(Exception):
    """The centre asks to come again after so many seconds."""

    seconds: int


@dataclass(frozen=True)
class Where:
    """An address that was checked: ``ip`` is what is connected to."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def named(self) -> str:
        usual = {"http": 80, "https": 443}[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == usual else f"{host}:{self.port}"


def checked(address: str) -> Where:
    """The place that an address means; raises Unreachable for one that nobody may be asked at."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        raise Unreachable(_("Write a web address with https:// before it.")) from None
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise Unreachable(_("Write the address without a name or a password in it."))
    if port not in _PORTS and not settings.HARVEST_NEAR:
        raise Unreachable(_("Nobody is asked at this port."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if any(ord(sign) < 33 or ord(sign) > 126 for sign in parts.hostname + path):
        raise Unreachable(_("Write the address as a browser shows it when it is copied."))
    return Where(parts.scheme, parts.hostname, port, path, _resolved(parts.hostname, port))


def _resolved(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(_("There is no machine of this name.")) from None
    every = [str(each[4][0]) for each in found]
    if not settings.HARVEST_NEAR and not all(is_open(each) for each in every):
        raise Unreachable(_("This address is inside a network of its own. Only public addresses are asked."))
    return every[0]


def is_open(ip: str) -> bool:
    """Whether everybody may reach it: not this machine, not its network, nothing that only pretends."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_open(str(address.ipv4_mapped))
        if any(address in net for net in _DISGUISES):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def fetch(address: str, asked: Mapping[str, str]) -> bytes:
    """The answer to one question; raises Unreachable, or Later where the centre is busy."""
    where = checked(address)
    connection = _connection(where)
    query = urlencode(asked)
    try:
        connection.putrequest(
            "GET", where.path + ("&" if "?" in where.path else "?") + query, skip_host=True, skip_accept_encoding=True
        )
        for name, value in (
            ("Host", where.named),
            ("User-Agent", AGENT),
            ("Accept", "text/xml, application/xml"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        _refuse(response)
        return _body(response)
    except (OSError, http.client.HTTPException, ssl.SSLError):
        raise Unreachable(_("The centre did not answer, or broke off.")) from None
    finally:
        connection.close()


class _Straight(http.client.HTTPConnection):
    """A connection to an address that was checked, whatever its name means by now."""

    def __init__(self, where: Where) -> None:
        super().__init__(where.host, where.port, timeout=WAIT)
        self.where = where

    def connect(self) -> None:
        self.sock = socket.create_connection((self.where.ip, self.where.port), timeout=WAIT)
        if self.where.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.where.host)


def connection(where: Where) -> http.client.HTTPConnection:
    """A connection to the machine that was checked, which nothing leads on from."""
    return _connection(where)


def _connection(where: Where) -> http.client.HTTPConnection:
    return _Straight(where)


def _refuse(response: http.client.HTTPResponse) -> None:
    if response.status in (429, 503):
        said = response.headers.get("Retry-After", "")
        raise Later(min(int(said), 86_400) if said.isdecimal() else 300)
    if 300 <= response.status < 400:
        raise Unreachable(_("The centre leads on to another address. Ask it which one to use, and write that one."))
    if response.status != 200:
        raise Unreachable(_("The centre answered with an error (%(status)s).") % {"status": response.status})


def _body(response: http.client.HTTPResponse) -> bytes:
    """The whole body, unpacked, within the limits of size and time."""
    unpack = zlib.decompressobj(wbits=31) if response.headers.get("Content-Encoding", "").lower() == "gzip" else None
    until, came, parts, size = time.monotonic() + LONGEST, 0, [], 0
    while chunk := response.read(_CHUNK):
        came += len(chunk)
        part = _unpacked(unpack, chunk, MOST_UNPACKED - size) if unpack else chunk
        size += len(part)
        parts.append(part)
        if came > MOST_BYTES or size > MOST_UNPACKED:
            raise Unreachable(_("The answer is far too long."))
        if time.monotonic() > until:
            raise Unreachable(_("The answer took far too long."))
    return b"".join(parts)


def _unpacked(unpack: "zlib._Decompress", chunk: bytes, room: int) -> bytes:
    try:
        part = unpack.decompress(chunk, room + 1)
    except zlib.error:
        raise Unreachable(_("The centre did not answer, or broke off.")) from None
    return part
