"""Letters from the contact page are sealed, are read by few, and no machine gets one in."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
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


def aged(world: PagesWorld, client: Client, months: int) -> Any:
    """A letter to the centre that came so many months ago, and who may let it go: a supervisor and an auditor."""
    from hamroh.accounts.models import Membership, Role, User

    sent(client)
    Letter.objects.update(came_date=timezone.localdate() - dt.timedelta(days=31 * months))
    sitora = User.objects.create_user("sitora", world.cast.password, display_name="Sitora", language="en")
    Membership.objects.create(user=sitora, organisation=world.cast.centre, role=Role.AUDITOR)
    return sitora


def test_it_says_on_the_desk_until_when_a_letter_is_kept(world: PagesWorld, client: Client) -> None:
    sent(client)
    Letter.objects.update(came_date=dt.date(2026, 3, 5))
    reader = world.client(world.manizha)
    reader.cookies["lang"] = "en"
    shown = reader.get("/desk/pages/letters/").content.decode()
    assert 'kept until <time datetime="2027-03-05">' in shown


def test_it_asks_no_more_of_many_letters_than_of_one(world: PagesWorld, client: Client) -> None:
    for _each in range(3):
        sent(client)
    reader = world.client(world.manizha)
    with CaptureQueriesContext(connection) as three:
        reader.get("/desk/pages/letters/")
    Letter.objects.all()[0].delete()
    with CaptureQueriesContext(connection) as two:
        reader.get("/desk/pages/letters/")
    assert len(three) == len(two)


def test_it_lets_an_old_letter_go_by_two_people(world: PagesWorld, client: Client) -> None:
    from hamroh.accounts.actions import retention as letting
    from hamroh.pages.keeping import LETTERS
    from hamroh.vault.actions import retention as vault
    from hamroh.vault.models import Release

    sitora = aged(world, client, 13)
    row = letting.propose(
        actor=world.manizha, organisation=world.cast.centre, of=LETTERS, ids=[Letter.objects.get().pk]
    )
    Release.objects.filter(pk=row.pk).update(opens_at=timezone.now())
    row.refresh_from_db()
    letting.release(actor=sitora, organisation=world.cast.centre, row=row)
    vault.erase_released()
    assert Letter.objects.count() == 0


def test_it_keeps_a_letter_whose_time_is_not_over(world: PagesWorld, client: Client) -> None:
    from hamroh.pages.keeping import LETTERS
    from hamroh.vault import retention

    aged(world, client, 11)
    assert retention.due(LETTERS, world.cast.centre.pk).count() == 0
