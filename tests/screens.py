"""On which screens staff pages are looked at: each language once in the short tier, every pair in the long one; and who sits there."""

import time
from typing import Any
from urllib.parse import urlsplit

import pytest

LANGS_AND_SIZES = [
    pytest.param("tg", "phone"),
    pytest.param("az", "wide"),
    pytest.param("tg", "wide", marks=pytest.mark.long),
    pytest.param("az", "phone", marks=pytest.mark.long),
]


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
