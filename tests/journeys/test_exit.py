"""Leaving at once: by a click, by the keyboard, without scripts."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

WEATHER = "<!doctype html><title>Weather</title><p>Sunny"
TARGET = settings.EXIT_TARGETS


def _fair_weather(context: BrowserContext) -> None:
    """Other hosts answer with a plain page, so that no test leaves this machine."""
    context.route(
        lambda address: urlsplit(address).hostname not in {"localhost", "127.0.0.1"},
        lambda route: route.fulfill(body=WEATHER, content_type="text/html"),
    )


@pytest.fixture
def reader(context: BrowserContext, page: Page, home: str) -> Page:
    """Somebody who reads the safety page in Tajik and came there from the first page."""
    _fair_weather(context)
    page.goto(f"{home}/tg/")
    page.goto(f"{home}/tg/about/safety/")
    return page


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="tg")
    _fair_weather(context)
    yield context.new_page()
    context.close()


def test_it_leads_to_the_weather_by_a_click(reader):
    reader.locator(".exit a").click()
    reader.wait_for_url(TARGET["tg"])


def test_it_leads_to_the_weather_by_shift_three_times(reader):
    for _ in range(3):
        reader.keyboard.press("Shift")
    reader.wait_for_url(TARGET["tg"])


def test_it_leads_to_the_weather_by_tab_and_enter(reader):
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    reader.wait_for_url(TARGET["tg"])


def test_it_does_not_take_capital_letters_for_the_way_out(reader):
    for letter in "ABCD":
        reader.keyboard.press(f"Shift+{letter}")
    assert reader.locator(".veil").count() == 0


def test_it_leads_to_the_weather_without_scripts(without_script, home):
    without_script.goto(f"{home}/az/about/safety/")
    without_script.locator(".exit a").click()
    without_script.wait_for_url(TARGET["az"])


def test_it_covers_the_whole_page_before_anything_else_happens(reader):
    covered = reader.evaluate(
        """() => {
          document.querySelector('.exit a').click();
          const box = document.querySelector('.veil').getBoundingClientRect();
          const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
          return [box.width >= innerWidth, box.height >= innerHeight, top.className, document.title];
        }"""
    )
    assert covered == [True, True, "veil", "Бор мешавад"]


def test_it_does_not_come_back_by_the_back_button(reader, home):
    reader.locator(".exit a").click()
    reader.wait_for_url(TARGET["tg"])
    reader.go_back()
    assert "safety" not in reader.url


def test_it_leaves_no_cookie(reader, context, home):
    context.add_cookies([{"name": "seen", "value": "1", "url": home}, {"name": "lang", "value": "tg", "url": home}])
    with reader.expect_request("**/exit"):
        reader.locator(".exit a").click()
    reader.wait_for_url(TARGET["tg"])
    for _ in range(50):
        if not context.cookies(home):
            break
        reader.wait_for_timeout(100)
    assert context.cookies(home) == []


def test_it_ends_the_session_on_the_server(reader, context, client, cast, home):
    from hamroh.accounts.models import Session

    client.force_login(cast.zarina)
    context.add_cookies([{"name": "sessionid", "value": client.session.session_key, "url": home}])
    reader.locator(".exit a").click()
    reader.wait_for_url(TARGET["tg"])
    for _ in range(50):
        if not Session.objects.exists():
            break
        reader.wait_for_timeout(100)
    assert Session.objects.count() == 0


def test_it_uncovers_a_page_that_the_browser_kept_whole(reader):
    uncovered = reader.evaluate(
        """() => {
          document.querySelector('.exit a').click();
          dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
          return document.querySelector('.veil');
        }"""
    )
    assert uncovered is None


def test_it_explains_the_way_out_once_and_goes_on(page, home, shot):
    page.goto(f"{home}/tg/info/")
    shot(page, "before-you-go-on-tg")
    assert page.locator("h1").inner_text() == "Пеш аз он ки идома диҳед"
    page.locator("main a.btn").click()
    page.goto(f"{home}/tg/info/")
    assert page.locator("h1").inner_text() != "Пеш аз он ки идома диҳед"


def test_it_lets_go_on_where_cookies_are_off(browser, home):
    context = browser.new_context()
    context.route("**/*", lambda route: route.continue_(headers={**route.request.headers, "cookie": ""}))
    page = context.new_page()
    page.goto(f"{home}/en/info/")
    page.locator("main a.btn").click()
    assert page.locator("h1").inner_text() != "Before you go on"
    context.close()
