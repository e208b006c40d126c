"""Letters from the contact page are sealed, are read by few, and no machine gets one in."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from time_machine import travel

from hamroh.pages.forms.contact import stamp
from hamroh.pages.models import Letter
from pages_world import PagesWorld, settled

pytestmark = pytest.mark.django_db
WORDS = "Шавҳарам ду сол боз нест, канарейка Себарга"


@pytest.fixture
def world(cast: Any) -> PagesWorld:
    return settled(cast)


def sent(client: Client, **changed: str) -> Any:
    now = timezone.now()
    made = stamp()
    told = {"to": "centre", "words": WORDS, "way_back": "", "made": made} | changed
    with travel(now + dt.timedelta(minutes=1)):
        return client.post("/tg/about/contact/write/", told)


def test_it_seals_a_letter(world: PagesWorld, client: Client) -> None:
    sent(client)
    held = b"".join(bytes(row.words.ciphertext) for row in Letter.objects.all())
    assert (len(held) > 20, "Себарга".encode() in held) == (True, False)


def test_it_sets_no_cookie(world: PagesWorld, client: Client) -> None:
    assert dict(sent(client).cookies) == {}


@pytest.mark.parametrize(
    "changed",
    [{"website": "x"}, {"words": "http://a http://b www.c d"}, {"made": "1"}, {"made": ""}],
)
def test_it_takes_nothing_from_a_machine(world: PagesWorld, client: Client, changed: dict[str, str]) -> None:
    sent(client, **changed)
    assert Letter.objects.count() == 0


def test_it_takes_three_from_one_household(world: PagesWorld, client: Client) -> None:
    for _each in range(5):
        sent(client)
    assert Letter.objects.count() == 3


def test_it_keeps_what_was_typed_when_something_is_missing(world: PagesWorld, client: Client) -> None:
    assert WORDS in sent(client, made="").content.decode()


def test_it_opens_for_a_supervisor_and_writes_that_down(world: PagesWorld, client: Client) -> None:
    from hamroh.vault.models import JournalLine

    sent(client)
    reader = world.client(world.manizha)
    session = reader.session
    shown = reader.get(f"/desk/pages/letters/{Letter.objects.get().pk}/")
    del session
    assert (WORDS in shown.content.decode(), JournalLine.objects.filter(verb="pages.letter").count()) == (True, 1)


@pytest.mark.parametrize("person", ["zarina", "aygun", "rustam", "temur"])
def test_it_opens_for_nobody_else(world: PagesWorld, client: Client, person: str) -> None:
    sent(client)
    reader = world.client(getattr(world.cast, person))
    assert reader.get(f"/desk/pages/letters/{Letter.objects.get().pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_it_leaves_no_word_in_the_database(world: PagesWorld, client: Client) -> None:
    sent(client)
    held = Path(connection.settings_dict["NAME"]).read_bytes().decode(errors="ignore")
    assert ("letter" in held, "Себарга" in held) == (True, False)
