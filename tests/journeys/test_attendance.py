"""Forty people on a telephone of 360 pixels: all present, three exceptions, saved, with a stopwatch; the same by keyboard, without a script."""

import datetime as dt
import time
from typing import Any

import pytest
from django.conf import settings as conf
from playwright.sync_api import Browser, BrowserContext, Page, expect

PHONE = {"width": 360, "height": 740}
#: a machine that does many things at once is slow, not wrong
PATIENCE = 120_000


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def school() -> Any:
    """A round with forty people that began today by the clock of this machine, as browsers have no other."""
    import training_world
    from hamroh.vault import journal
    from vault_keys import settled

    school = training_world.open_school()
    settled(school.office.centre, school.office.other)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    with journal.openings("task"):
        row = training_world.planned(school, starts=today, ends=today)
        training_world.crowd(school, row, 40)
    return school, row


def signed_in(context: BrowserContext, user: Any) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.cookies[conf.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": conf.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"},
            {"name": "lang", "value": "en", "domain": "localhost", "path": "/"},
        ]
    )


def test_it_writes_down_forty_people_within_minutes(
    context: BrowserContext, page: Page, home: str, *, school: Any, shot: Any, overflow: Any, serious_faults: Any
) -> None:
    """Taps alone, in the time that the log tells; nothing is asserted of it, as machines differ."""
    _school, row = school
    signed_in(context, _school.dilbar)
    page.set_viewport_size(PHONE)
    page.set_default_timeout(PATIENCE)
    page.goto(f"{home}/desk/training/{row.code}/")
    began = time.perf_counter()
    page.get_by_role("link", name="Who is here?").first.click()
    page.get_by_role("link", name="All are here").click()
    for number in (4, 17, 33):
        page.get_by_role("group", name=f"Person {number:03}").get_by_role("radio", name="Away").check()
    assert overflow(page) == 0
    shot(page, "attendance-360")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("37 here")).to_be_visible()
    print(f"attendance of 40 people at 360 px, by taps: {time.perf_counter() - began:.1f} s")
    page.goto(f"{home}/desk/training/{row.code}/here/take/")
    assert serious_faults(page) == []
    assert page.get_by_role("radio", name="Away", checked=True).count() == 3


def test_it_is_written_by_keyboard_without_a_script(browser: Browser, home: str, school: Any) -> None:
    """A group a person, named for who listens; arrows choose, the tabulator goes on; no script runs."""
    _school, row = school
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    signed_in(context, _school.dilbar)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    began = time.perf_counter()
    page.goto(f"{home}/desk/training/{row.code}/here/take/?all=1")
    page.get_by_role("group", name="Person 000").get_by_role("radio", name="Here").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="Person 001").get_by_role("radio", name="Here")).to_be_focused()
    for _person in range(39):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("39 here")).to_be_visible()
    print(f"attendance of 40 people by keyboard, without a script: {time.perf_counter() - began:.1f} s")
    context.close()
