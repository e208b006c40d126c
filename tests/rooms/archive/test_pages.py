"""What everybody and every program gets of the archive."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import archive_world as world
from hamroh.archive import actions

pytestmark = pytest.mark.django_db


def page(made: Any, lang: str = "en") -> str:
    return f"/{lang}/archive/u/{made.item.code}/"


def sound(made: Any) -> str:
    return reverse("iiif:sound", args=[made.media.pk])


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_it_plays_and_shows_the_words(client: Client, cast: Any) -> None:
    told = client.get(page(world.history(cast), "ru")).content.decode()
    assert "Потом открыли школу." in told
    assert "<audio controls" in told


def test_it_shows_words_in_another_language_when_asked(client: Client, cast: Any) -> None:
    assert "Баъд мактаб" in client.get(f"{page(world.history(cast), 'ru')}?text=tg").content.decode()


def test_it_never_says_her_own_name(client: Client, cast: Any) -> None:
    told = client.get(page(world.history(cast))).content.decode()
    assert "Муҳаббат" not in told
    assert "Nigora" in told


def test_it_says_why_a_recording_is_not_online(client: Client, cast: Any) -> None:
    told = client.get(page(world.history(cast, ("catalogue", "on_site")))).content.decode()
    assert "in the archive itself only" in told
    assert "мактаб" not in told


@pytest.mark.parametrize("scopes", [None, (), ("online",)])
def test_it_has_no_page_without_the_catalogue(client: Client, cast: Any, scopes: Any) -> None:
    assert client.get(page(world.history(cast, scopes))).status_code == 404


def test_it_finds_words_without_a_script(client: Client, cast: Any) -> None:
    told = client.post(page(world.history(cast), "ru"), {"words": "ШКОЛУ"}).content.decode()
    assert "<mark>Потом открыли школу.</mark>" in told
    assert told.count("<mark>") == 1


def test_it_cites_a_moment(client: Client, cast: Any) -> None:
    made = world.history(cast)
    told = client.get(f"{page(made)}?t=4").content.decode()
    assert f"/en/archive/u/{made.item.code}/?t=4" in told
    assert re.search(r'id="t-4"[^>]*aria-current', told)


@pytest.mark.parametrize("moment", ["99999999", "-1", "x", "٤", "7e3"])
def test_it_overlooks_a_moment_that_is_none(client: Client, cast: Any, moment: str) -> None:
    assert client.get(f"{page(world.history(cast))}?t={moment}").status_code == 200


def test_it_gives_the_bytes_that_are_asked_for(client: Client, cast: Any) -> None:
    made = world.history(cast)
    whole = body(client.get(sound(made)))
    part = client.get(sound(made), headers={"Range": "bytes=100-199"})
    assert (part.status_code, body(part)) == (206, whole[100:200])
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert body(client.get(sound(made), headers={"Range": "bytes=-5"})) == whole[-5:]


def test_it_refuses_bytes_beyond_the_end(client: Client, cast: Any) -> None:
    assert client.get(sound(world.history(cast)), headers={"Range": "bytes=99999999-"}).status_code == 416


@pytest.mark.parametrize("scopes", [None, ("catalogue", "on_site")])
def test_it_gives_no_sound_that_may_not_be_heard(client: Client, cast: Any, scopes: Any) -> None:
    assert client.get(sound(world.history(cast, scopes))).status_code == 404


def test_it_gives_no_sound_of_a_draft(client: Client, cast: Any) -> None:
    assert client.get(sound(world.history(cast, release=False))).status_code == 404


def test_it_gives_no_sound_after_the_last_day(client: Client, cast: Any, time_machine: Any) -> None:
    import datetime as dt

    made = world.history(cast, until=dt.date(2026, 12, 31))
    assert client.get(sound(made)).status_code == 200
    time_machine.move_to(dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC))
    assert client.get(sound(made)).status_code == 404


@pytest.mark.parametrize("address", ["page", "sound", "manifest", "captions", "words"])
def test_it_lets_nobody_keep_an_answer(client: Client, cast: Any, address: str) -> None:
    made = world.history(cast)
    answer = client.get(addresses(made)[address])
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def addresses(made: Any) -> dict[str, str]:
    code = made.item.code
    return {
        "page": page(made), "sound": sound(made), "manifest": f"/iiif/{code}/manifest", "words": f"/iiif/{code}/words/tg",
        "captions": f"/en/archive/u/{code}/words.tg.vtt",
    }  # fmt: skip


def test_it_is_gone_everywhere_with_the_next_request(client: Client, cast: Any) -> None:
    made = world.history(cast)
    actions.withdraw(actor=cast.zarina, voice=made.voice)
    assert {name: client.get(address).status_code for name, address in addresses(made).items()} == dict.fromkeys(
        addresses(made), 404
    )


def test_it_leaves_shut_words_out_of_captions(client: Client, cast: Any) -> None:
    made = world.history(cast, cuts=[{"start": 2000, "end": 4000, "scopes": ["online"]}])
    told = client.get(addresses(made)["captions"]).content.decode()
    assert "ҳамсояро" not in told
    assert "мактаб" in told
    assert "ҳамсояро" not in client.get(addresses(made)["words"]).content.decode()


def test_it_lets_viewers_of_other_houses_read(client: Client, cast: Any) -> None:
    answer = client.get(addresses(world.history(cast))["manifest"], headers={"Origin": "https://viewer.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_it_asks_the_same_of_the_database_for_many_units(
    client: Client, cast: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    tree = world.tree(cast)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            world.history(cast, part_of=tree.series)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/archive/u/{tree.series.code}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["", "timeline/", "people/", "sets/"])
def test_it_answers_an_empty_archive(client: Client, path: str) -> None:
    assert client.get(f"/tg/archive/{path}").status_code == 200


def test_it_prints_only_words_that_may_be_quoted_in_lessons(client: Client, cast: Any) -> None:
    made, other = world.history(cast), world.history(cast, ("catalogue", "online", "teach"))
    lesson = actions.add_set(actor=cast.zarina, organisation=cast.centre, titles={"en": "The school"})
    for each in (made, other):
        actions.add_line(actor=cast.zarina, teaching_set=lesson, unit=each.item, start=4000, end=6000)
    actions.move_set(actor=cast.zarina, teaching_set=lesson, state="released")
    told = client.get(f"/tg/archive/sets/{lesson.code}/").content.decode()
    assert told.count("Баъд мактаб") == 1


def test_it_feeds_what_is_public(client: Client, cast: Any) -> None:
    import feedparser

    made = world.history(cast)
    world.history(cast, None)
    found = feedparser.parse(client.get("/feeds/archive.en.atom").content)
    assert [entry.link.rpartition("/u/")[2] for entry in found.entries] == [f"{made.item.code}/"]
