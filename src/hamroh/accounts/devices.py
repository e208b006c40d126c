"""Devices: the cookie by which a browser that let somebody in before is known again, and how a browser is called."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from hamroh.accounts import sealing
from hamroh.accounts.models import KnownDevice, User

LASTS = timedelta(days=180)
#: people who share one browser: the newest few stay known
MOST = 4
TOKEN = re.compile(r"^[\w-]{43}$")
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("YaBrowser", "Yandex"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def cookie_name() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def _tokens(request: HttpRequest) -> list[str]:
    given = request.COOKIES.get(cookie_name(), "").split(".")
    return [token for token in given if TOKEN.match(token)][:MOST]


def is_known(request: HttpRequest, username: str) -> bool:
    """Did this person sign in on this device within the last half year?"""
    digests = [sealing.digest(token) for token in _tokens(request)]
    if not digests:
        return False
    since = timezone.now() - LASTS
    rows = KnownDevice.objects.filter(user__username=User.normalize_username(username), seen_at__gt=since)
    return rows.filter(digest__in=digests).exists()


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Know this device again; called once a sign-in is complete."""
    tokens = _tokens(request)
    digests = [sealing.digest(token) for token in tokens]
    if not KnownDevice.objects.filter(user=user, digest__in=digests).update(seen_at=timezone.now()):
        tokens = [secrets.token_urlsafe(32), *tokens][:MOST]
        KnownDevice.objects.create(user=user, digest=sealing.digest(tokens[0]))
    response.set_cookie(
        cookie_name(), ".".join(tokens), max_age=LASTS, httponly=True, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def forget_all(user: User) -> None:
    KnownDevice.objects.filter(user=user).delete()


def drop_lapsed() -> int:
    return KnownDevice.objects.filter(seen_at__lt=timezone.now() - LASTS).delete()[0]


def rough_name(user_agent: str) -> str:
    """How a person may recognise her browser: "Firefox, Android"; nothing finer is kept."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
