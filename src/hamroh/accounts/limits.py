"""How often somebody may try: counted in the database, so that all processes count together.

The scheme is OWASP's device cookies: a stranger's tries for a name and tries from a device in which this person signed
in before are counted apart. Strangers can use up their own tries for a name, never hers. Passkeys have nothing to
guess and are counted by address alone.
"""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, FloatField, Value
from django.db.models.functions import Greatest
from django.http import HttpRequest

from hamroh.accounts import devices, sealing
from hamroh.accounts.factors import LOOPBACK
from hamroh.accounts.models import Allowance, User


@dataclass(frozen=True)
class Limit:
    """So many tries at once, then one more ``every`` so many seconds; never more than ``at_once`` + 3600/every an hour."""

    name: str
    at_once: int
    every: float


#: a stranger's tries for one name: at most 8 + 24 an hour
NAME = Limit("name", 8, 150)
#: tries for a name from a device that it came in from before: at most 8 + 20 an hour
DEVICE = Limit("device", 8, 180)
#: everything from one address: an office behind one line signs in together, a machine that guesses does not
ADDRESS = Limit("address", 40, 10)
#: codes of the second step, by person, and apart by known device
CODE, CODE_ON_DEVICE = Limit("code", 6, 300), Limit("code-device", 6, 300)
#: who is there? in one session
CONFIRM = Limit("confirm", 6, 300)
#: passphrases of one's own key: in one session, and by one person wherever she is signed in; her passkey is not counted so
PASSPHRASE, PASSPHRASES = Limit("passphrase", 6, 300), Limit("passphrases", 20, 180)
#: letters with a link, by name
LETTER = Limit("letter", 3, 1200)


def take(limit: Limit, *parts: str) -> bool:
    """Use up one try of this limit, if one is left. One conditional write, so that two processes cannot both win."""
    key, now = sealing.fingerprint(f"limit|{limit.name}", *parts), time.time()
    if _moved(key, limit, now):
        return True
    if Allowance.objects.filter(pk=key).exists():
        return False
    Allowance.objects.bulk_create([Allowance(key=key, until=now)], ignore_conflicts=True)
    return _moved(key, limit, now)


def refill(limit: Limit, *parts: str) -> None:
    """She showed who she is: her tries count from the start again."""
    Allowance.objects.filter(pk=sealing.fingerprint(f"limit|{limit.name}", *parts)).delete()


def _moved(key: str, limit: Limit, now: float) -> bool:
    left = Allowance.objects.filter(pk=key, until__lte=now + (limit.at_once - 1) * limit.every)
    moment = Greatest(F("until"), Value(now, output_field=FloatField())) + limit.every
    return bool(left.update(until=moment))


@transaction.atomic
def drop_refilled() -> int:
    """Forget what says nothing any more."""
    return Allowance.objects.filter(until__lt=time.time()).delete()[0]


def address(request: HttpRequest) -> str:
    """Where a request comes from, as one household: an IPv4 address, or the /64 of an IPv6 one.

    In production the proxy on this machine says it, at the end of what it forwards: what stands before may be made up.
    """
    given = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY and given in LOOPBACK:
        given = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or given
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return given
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else given


def may_try_password(request: HttpRequest, username: str) -> bool:
    """Asked before a password is looked at; the answer for a name that nobody bears is the same."""
    name = User.normalize_username(username).casefold()
    if devices.is_known(request, username):
        return take(DEVICE, name, request.COOKIES.get(devices.cookie_name(), ""))
    return take(ADDRESS, address(request)) and take(NAME, name)


def may_try_code(request: HttpRequest, user: User) -> bool:
    """Asked before a code of the second step is looked at."""
    if devices.is_known(request, user.username):
        return take(CODE_ON_DEVICE, str(user.pk))
    return take(ADDRESS, address(request)) and take(CODE, str(user.pk))


def may_try_passphrase(session: str, user: User) -> bool:
    """Asked before a passphrase is looked at; ``session`` is the hash of the session's id."""
    return take(PASSPHRASE, session) and take(PASSPHRASES, str(user.pk))


def may_try_passkey(request: HttpRequest) -> bool:
    return take(ADDRESS, address(request), "passkey")
