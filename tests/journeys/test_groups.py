"""A facilitator on a telephone of 360 pixels: somebody joins by alias, a talk is written down; the same pages on a wide screen."""

from typing import Any

import pytest
from django.conf import settings as conf
from playwright.sync_api import BrowserContext, Page, expect

PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def circle() -> Any:
    import groups_world as world
    from hamroh.vault import journal
    from vault_keys import settled

    circle = world.open_circle()
    settled(circle.office.centre, circle.office.other)
    with journal.openings("task"):
        group, members = world.with_members(circle, 4)
        world.owed(circle, group, world.agreed(circle, group))
        world.asked(circle, group)
        world.given(circle, group, members[0])
        world.applied(circle, group)
        world.talked(circle, group)
    return circle, group


def signed_in(context: BrowserContext, user: Any, lang: str) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.cookies[conf.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": conf.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"},
            {"name": "lang", "value": lang, "domain": "localhost", "path": "/"},
        ]
    )


def test_it_takes_somebody_in_by_alias_on_a_telephone(
    context: BrowserContext, page: Page, home: str, *, circle: Any, shot: Any, overflow: Any, serious_faults: Any
) -> None:
    there, group = circle
    signed_in(context, there.sitora, "tg")
    page.set_viewport_size(PHONE)
    page.goto(f"{home}/desk/groups/{group.code}/")
    assert (overflow(page), serious_faults(page)) == (0, [])
    shot(page, "group-tg-360")
    page.goto(f"{home}/desk/groups/{group.code}/members/new/")
    page.get_by_label("Лақаб").fill("Райҳон")
    assert overflow(page) == 0
    shot(page, "group-member-tg-360")
    page.get_by_role("button", name="Нигоҳ доштан").click()
    expect(page.get_by_text("Райҳон")).to_be_visible()
    shot(page, "group-members-tg-360")


def test_it_shows_what_is_owed_on_a_wide_screen(
    context: BrowserContext, page: Page, home: str, *, circle: Any, shot: Any, overflow: Any, serious_faults: Any
) -> None:
    there, group = circle
    signed_in(context, there.sitora, "az")
    page.set_viewport_size(WIDE)
    page.goto(f"{home}/desk/groups/{group.code}/memoranda/")
    page.get_by_role("link", name="Council of Vakhsh").click()
    assert (overflow(page), serious_faults(page)) == (0, [])
    shot(page, "memorandum-az-1280")
    for name in ("", "earning/", "help/", "funding/", "talks/new/"):
        page.goto(f"{home}/desk/groups/{group.code}/{name}")
        assert overflow(page) == 0
        shot(page, f"group-{name.replace('/', '-') or 'page-'}az-1280")
