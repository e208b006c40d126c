"""What anybody may read of pages, and what nobody may."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from pages_world import PagesWorld, published, settled, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Any) -> PagesWorld:
    return settled(cast)


def test_it_shows_a_published_page(world: PagesWorld, client: Client) -> None:
    page = published(world)
    shown = client.get(f"/tg/news/{page.code}/").content.decode()
    assert "Ҳар рӯзи душанбе." in shown


def test_it_hides_a_draft(world: PagesWorld, client: Client) -> None:
    page = written(world)
    assert client.get(f"/tg/news/{page.code}/").status_code == 404


def test_it_says_in_which_language_a_page_is(world: PagesWorld, client: Client) -> None:
    page = published(world)
    assert f'href="/tg/news/{page.code}/"' in client.get(f"/az/news/{page.code}/").content.decode()


def test_it_lists_news_of_the_readers_language_alone(world: PagesWorld, client: Client) -> None:
    page = published(world)
    assert [page.code in client.get(f"/{lang}/news/").content.decode() for lang in ("tg", "az")] == [True, False]


def test_it_gives_the_picture_of_a_page_for_who_shares_it(world: PagesWorld, client: Client) -> None:
    page = published(world)
    answer = client.get(f"/tg/news/{page.code}/share.png")
    assert answer.content.startswith(b"\x89PNG")


def test_it_tells_programs_what_a_page_is(world: PagesWorld, client: Client) -> None:
    page = published(world, title="A <b>&</b> </script> B")
    shown = client.get(f"/tg/news/{page.code}/").content.decode()
    assert '"@type": "NewsArticle"' in shown
    assert "</script> B" not in shown


def test_it_has_a_feed_that_a_reader_reads(world: PagesWorld, client: Client) -> None:
    import feedparser

    page = published(world)
    read = feedparser.parse(client.get("/feeds/news/tg.atom").content)
    assert [each.title for each in read.entries] == [page.title]


def test_it_leads_from_an_old_address(world: PagesWorld, client: Client) -> None:
    from hamroh.pages import actions

    page = published(world)
    actions.forward(actor=world.cast.zarina, page=page, path="index.php/kulob")
    assert client.get("/tg/index.php/kulob/")["Location"] == f"/tg/news/{page.code}/"


def test_it_finds_a_published_page_and_no_withdrawn_one(world: PagesWorld, client: Client) -> None:
    from hamroh.pages import actions

    page = published(world)
    there = f"/tg/news/{page.code}/" in client.get("/tg/search/?q=Кӯлоб").content.decode()
    actions.take_down(actor=world.cast.zarina, page=page)
    gone = f"/tg/news/{page.code}/" in client.get("/tg/search/?q=Кӯлоб").content.decode()
    assert (there, gone) == (True, False)


def test_it_maps_a_page_in_the_languages_that_it_is_in(world: PagesWorld, client: Client) -> None:
    page = published(world)
    told = b"".join(client.get("/sitemap.xml").streaming_content).decode()
    assert [f"/{lang}/news/{page.code}/" in told for lang in ("tg", "az")] == [True, False]


def test_it_lists_pages_with_as_many_queries_as_there_are_for_one(
    world: PagesWorld, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _each in range(5):
        published(world)
    with django_assert_max_num_queries(6):
        client.get("/tg/news/")


@pytest.mark.parametrize(
    ("known", "said"), [("day", "5 May 2011"), ("month", "May 2011"), ("year", "2011")], ids=["day", "month", "year"]
)
def test_it_shows_no_more_of_a_day_than_is_known(client: Client, world: PagesWorld, known: str, said: str) -> None:
    page = published(world, "en", day=dt.date(2011, 5, 5), known=known)
    shown = client.get(f"/en/news/{page.code}/").content.decode()
    assert re.search(r"<time[^>]*>([^<]*)</time>", shown)[1].replace("\xa0", " ") == said  # type: ignore[index]


def test_it_shows_no_day_where_none_is_known(client: Client, world: PagesWorld) -> None:
    page = published(world, "en", day=dt.date(2018, 1, 1), known="not")
    assert "<time" not in client.get(f"/en/news/{page.code}/").content.decode().split("<main", 1)[1]
