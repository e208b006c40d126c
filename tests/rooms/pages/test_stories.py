"""A story is public while its narrator allows it, and gone whole when she takes it back."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hamroh.pages import actions
from hamroh.pages.models import Article, Story
from pages_world import PagesWorld, published, settled

pytestmark = pytest.mark.django_db
CANARY = "канарейкабулбул"


@pytest.fixture
def world(cast: Any) -> PagesWorld:
    return settled(cast)


def told(world: PagesWorld, **facts: Any) -> tuple[Story, Article]:
    story = actions.record_story(
        actor=world.cast.zarina, organisation=world.cast.centre, texts={"tg": f"Ман {CANARY} будам."}, allows=["page"],
        given_date=timezone.localdate(), narrator=f"{CANARY}, +992 93 555 00 12", **facts,
    )  # fmt: skip
    page = published(world, kind="story", story=story.pk, title=f"Ҳикоя {CANARY}", summary=f"Сухани {CANARY}")
    return story, page


def test_it_stands_on_its_page(world: PagesWorld, client: Client) -> None:
    _story, page = told(world)
    assert f"Ман {CANARY} будам." in client.get(f"/tg/stories/{page.code}/").content.decode()


def test_it_is_not_public_after_its_last_day(world: PagesWorld, client: Client) -> None:
    story, page = told(world)
    Story.objects.filter(pk=story.pk).update(until_date=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(f"/tg/stories/{page.code}/").status_code == 404


def test_it_leaves_the_pages_when_she_allows_it_no_more(world: PagesWorld, client: Client) -> None:
    story, page = told(world)
    actions.change_story(actor=world.cast.zarina, story=story, texts=story.texts, allows=["teach"], until_date=None)
    found = client.get(f"/tg/search/?q={CANARY}").content.decode()
    assert (client.get(f"/tg/stories/{page.code}/").status_code, page.code in found) == (404, False)


@pytest.mark.django_db(transaction=True)
def test_it_is_gone_from_everything_when_she_takes_it_back(world: PagesWorld, client: Client) -> None:
    story, page = told(world)
    page.title = f"Дигар {CANARY}"
    page.save_revision(user=world.cast.zarina)
    before = dumped()
    actions.withdraw_story(actor=world.cast.zarina, story=story)
    read = [
        client.get(path).content.decode()
        for path in ("/feeds/news/tg.atom", "/tg/stories/", f"/tg/search/?q={CANARY[:9]}")
    ]
    assert (CANARY in before, CANARY in dumped(), [CANARY in each for each in read]) == (True, False, [False] * 3)


def dumped() -> str:
    """The whole file of the database."""
    return Path(connection.settings_dict["NAME"]).read_bytes().decode(errors="ignore")


def test_it_takes_no_story_of_another_house_back(world: PagesWorld) -> None:
    story, _page = told(world)
    client = world.client(world.cast.aygun)
    assert client.post(f"/desk/pages/stories/{story.pk}/withdraw/").status_code == 404
