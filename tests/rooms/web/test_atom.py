"""Feeds: one form for all rooms, read by any reader, sent once."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import RequestFactory

from hamroh.web.atom import Entry, Feed, answer

AT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def entry(number: int, **facts: object) -> Entry:
    said = {"ident": f"urn:x:{number}", "title": f"Кӯмак {number}", "path": f"/tg/{number}/", "changed_at": AT, **facts}
    return Entry(**said)  # type: ignore[arg-type]


def asked(entries: list[Entry], **headers: str) -> object:
    request = RequestFactory().get("/feeds/x.tg.atom", headers=headers)
    return answer(request, Feed("Хабарҳо", "tg", "/tg/news/", entries))


def test_it_says_what_is_new_with_lasting_names() -> None:
    root = ET.fromstring(asked([entry(1, summary="Ба занон")]).content)  # type: ignore[attr-defined]
    found = root.find(f"{ATOM}entry")
    assert (root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.findtext(f"{ATOM}title")) == ("tg", "Хабарҳо")
    assert [found.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary")] == [
        "urn:x:1", "Кӯмак 1", "2026-03-01T09:30:00+00:00", "Ба занон",
    ]  # fmt: skip


def test_it_is_sent_once_while_nothing_changes() -> None:
    first = asked([entry(1)])
    again = asked([entry(1)], if_none_match=first.headers["ETag"])  # type: ignore[attr-defined]
    assert (again.status_code, again.content) == (304, b"")  # type: ignore[attr-defined]


def test_it_is_the_same_however_often_an_empty_one_is_asked_for() -> None:
    assert asked([]).headers["ETag"] == asked([]).headers["ETag"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\uffffb"])
def test_it_leaves_out_what_no_feed_can_say(text: str) -> None:
    root = ET.fromstring(asked([entry(1, title=text)]).content)  # type: ignore[attr-defined]
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "ab"
