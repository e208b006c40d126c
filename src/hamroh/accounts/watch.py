"""What the security log may say of somebody at the door: keyed hashes that tell the same from another, and no more."""

import ipaddress
from typing import Any

from django.http import HttpRequest

from hamroh.accounts import limits, sealing
from hamroh.accounts.models import User
from hamroh.web import logs

#: networks so large that one house, and mostly one town's line, is one
COARSE = {4: 24, 6: 48}
_SHOWN = 16


def note(event: str, **facts: Any) -> None:
    """A line on something at the door that no journal holds: it changed nothing, and strangers can bring about any number."""
    logs.security(f"accounts.{event}", **facts)


def hashed(typed: str) -> str:
    """A hash of a name as it was typed, alike for all its spellings; whether anybody bears it is not asked."""
    return sealing.fingerprint("log|name", User.normalize_username(typed).strip().casefold())[:_SHOWN]


def whence(request: HttpRequest) -> str:
    """A hash of the network that a request comes from: an IPv4 /24, an IPv6 /48."""
    given = limits.address(request)
    try:
        found = ipaddress.ip_network(given, strict=False)
    except ValueError:
        return sealing.fingerprint("log|network", given)[:_SHOWN]
    return sealing.fingerprint("log|network", str(found.supernet(new_prefix=COARSE[found.version])))[:_SHOWN]
