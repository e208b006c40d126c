"""On which screens staff pages are looked at: one of them in the short tier, every pair of language and size in the long one; and who sits there."""

import time
from typing import Any
from urllib.parse import urlsplit

import pytest

SCREENS = (("tg", "phone"), ("az", "wide"), ("tg", "wide"), ("az", "phone"))


def looked_at(lang: str, size: str) -> list[Any]:
    """Every screen for the long tier; at every change the one that is named, which differs from journey to journey."""
    return [pytest.param(*each, marks=() if each == (lang, size) else pytest.mark.long) for each in SCREENS]


def enter(context: Any, home: str, user: Any, lang: str = "en") -> None:
    """She sits at this browser, and showed a moment ago who she is."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.session
    session["confirmed_at"] = time.time()
    session.save()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": home} for name in client.cookies])
    context.add_cookies([{"name": "lang", "value": lang, "url": home}])


def arrive(page: Any, path: str) -> None:
    """Wait until the browser stands at this path; an address that only names it as the next one is not it."""
    page.wait_for_url(lambda address: urlsplit(address).path == path)
