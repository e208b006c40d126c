"""A search that is followed: what came last of what it finds, in a feed; and periods on the page."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from hamroh.search import actions
from hamroh.search.documents import Document, Part, Passage
from hamroh.search.models import Record

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DAYS = [dt.datetime(2026, 3, day, tzinfo=dt.UTC) for day in (1, 2, 3)]


def document(key: str, text: str, **facets: list[str]) -> Document:
    passages = [Passage(Part.BODY, "tg", text)]
    return Document("party", key, f"/{{lang}}/directory/{key}/", {"tg": f"Созмон {key}"}, passages, facets=facets)


@pytest.fixture
def records() -> None:
    """Three records that came on three days; the last of them is of 2008."""
    actions.index_documents(
        [
            document("a", "алимент барои кӯдакон", year=["2003"], room=["directory"]),
            document("b", "алимент", year=["2005"], room=["directory"]),
            document("c", "суд", year=["2008"], room=["library"]),
        ]
    )
    for key, day in zip("abc", DAYS, strict=True):
        Record.objects.filter(record_id=key).update(came_at=day)


def titles(answer: Any) -> list[str]:
    return [each.findtext(f"{ATOM}title") or "" for each in ET.fromstring(answer.content).iter(f"{ATOM}entry")]


def test_it_gives_what_came_last_first(client: Client, records: None) -> None:
    assert titles(client.get("/feeds/search.tg.atom")) == ["Созмон c", "Созмон b", "Созмон a"]


def test_it_gives_only_what_fits_every_word(client: Client, records: None) -> None:
    assert titles(client.get("/feeds/search.tg.atom", {"q": "алимент кӯдак"})) == ["Созмон a"]


def test_it_gives_only_what_was_chosen(client: Client, records: None) -> None:
    assert titles(client.get("/feeds/search.tg.atom", {"room": "library"})) == ["Созмон c"]


def test_it_loses_what_is_not_public_any_more(client: Client, records: None) -> None:
    actions.remove_documents("party", ["c"])
    assert titles(client.get("/feeds/search.tg.atom")) == ["Созмон b", "Созмон a"]


def test_it_keeps_the_day_on_which_a_record_came_when_it_is_written_anew(records: None) -> None:
    actions.index_documents([document("a", "алимент")])
    assert Record.objects.get(record_id="a").came_at == DAYS[0]


def test_it_keeps_the_days_when_the_whole_index_is_written_anew(records: None) -> None:
    actions.rebuild([lambda: [document("a", "алимент"), document("n", "нав")]])
    assert Record.objects.get(record_id="a").came_at == DAYS[0]
    assert Record.objects.get(record_id="n").came_at > DAYS[2]


def test_it_knows_no_other_language(client: Client, records: None) -> None:
    assert client.get("/feeds/search.fr.atom").status_code == 404


@pytest.mark.parametrize("query", ["\0", "<b>", "a" * 5000, '"-'])
def test_it_stays_a_feed_whatever_is_asked(client: Client, records: None, query: str) -> None:
    assert ET.fromstring(client.get("/feeds/search.tg.atom", {"q": query}).content).tag == f"{ATOM}feed"


def test_it_is_led_to_from_the_page_with_the_same_question(client: Client, records: None) -> None:
    page = client.get("/tg/search/", {"q": "алимент", "room": "directory"}).content.decode()
    address = page.split('<a href="/feeds/', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert titles(client.get(f"/feeds/{address}")) == ["Созмон b", "Созмон a"]


def found(page: str) -> set[str]:
    return {key for key in "abc" if f"/tg/directory/{key}/" in page}


@pytest.mark.parametrize(
    ("since", "until", "keys"),
    [("2004", "2006", "b"), ("2004", "", "bc"), ("", "2004", "a"), ("2008", "2003", "abc"), ("1990", "1991", "")],
)
def test_it_finds_what_is_of_a_period(client: Client, records: None, since: str, until: str, keys: str) -> None:
    page = client.get("/tg/search/", {"since": since, "until": until}).content.decode()
    assert found(page) == set(keys)


def test_it_says_how_a_year_is_written_and_keeps_what_was_typed(client: Client, records: None) -> None:
    page = client.get("/en/search/", {"q": "алимент", "since": "08"}).content.decode()
    assert "Write a year with four digits" in page
    assert 'value="08"' in page


def test_it_names_the_rooms(client: Client, records: None) -> None:
    page = client.get("/en/search/", {"q": "алимент суд"}).content.decode()
    assert 'name="room" value="library"' in page
