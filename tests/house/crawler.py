"""Walks the public site from its root, a few pages of each sort, as somebody who signs in nowhere."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override
from pages import Page

LANG = re.compile(r"/(az|en|ru|tg)/")
#: leaves the site, is a file, or is for those who sign in
NOT_WALKED = ("/exit", "/static/", "/desk/", "/fill/", "/language")
MOST_HOPS = 4


@dataclass
class Visit:
    """A page that was read: where from, the address in the end, and the answer."""

    address: str
    found_on: str
    answer: Any

    @property
    def path(self) -> str:
        return str(urlsplit(self.address).path)

    @property
    def is_page(self) -> bool:
        return bool(self.answer.status_code == 200 and self.answer["Content-Type"].startswith("text/html"))

    @property
    def lang(self) -> str:
        return found[1] if (found := LANG.match(self.path)) else ""

    @property
    def is_help(self) -> bool:
        return bool(re.match(r"/\w\w/info/", self.path))

    @cached_property
    def page(self) -> Page:
        return Page(self.answer.content.decode())

    def links(self) -> Iterator[str]:
        """Addresses inside the site, without fragments."""
        for tag in self.page.tags:
            href = tag.at.get("href") if tag.name in {"a", "link"} else None
            if href and not href.startswith(("#", "data:", "tel:", "mailto:")):
                to = urldefrag(urljoin(self.address, href)).url
                if not urlsplit(to).netloc:
                    yield to


def sort_of(address: str) -> tuple[str, ...]:
    """Its language, its view and what it is asked: pages of one sort come from the same code."""
    parts = urlsplit(address)
    lang = found[1] if (found := LANG.match(parts.path)) else ""
    try:
        with override(lang or "en"):
            view = resolve(parts.path).view_name
    except Resolver404:
        return ("", address)
    return (lang, view, *sorted({name for name, _value in parse_qsl(parts.query)}))


def walk(client: Client, *, each: int, most: int, starts: tuple[str, ...] = ()) -> list[Visit]:
    """At most ``each`` pages of a sort beside the ``starts``, and ``most`` in all, in the order of their distance."""
    known, of_sort = {"/", *starts}, Counter[tuple[str, ...]]()
    waiting = deque((address, "") for address in ("/", *starts))
    visits: list[Visit] = []
    while waiting and len(visits) < most:
        address, found_on = waiting.popleft()
        of_sort[sort_of(address)] += bool(found_on)
        if of_sort[sort_of(address)] > each:
            continue
        visit = _visit(client, address, found_on)
        visits.append(visit)
        for link in visit.links() if visit.is_page else ():
            if link not in known and not link.startswith(NOT_WALKED):
                known.add(link)
                waiting.append((link, address))
    return visits


def _visit(client: Client, address: str, found_on: str) -> Visit:
    answer: Any = client.get(address)
    for _hop in range(MOST_HOPS):
        if answer.status_code not in (301, 302, 303) or urlsplit(answer["Location"]).netloc:
            break
        address = urljoin(address, answer["Location"])
        answer = client.get(address)
    return Visit(address, found_on, answer)
