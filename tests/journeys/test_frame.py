"""The frame of every page: weight, reach, sizes, dark, print."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

LANGUAGES = ("en", "az", "ru", "tg")
KINDS = {
    "front": "/",
    "home": "/{}/",
    "safety": "/{}/about/safety/",
    "before-you-go-on": "/{}/info/",
    "missing": "/{}/nothing-here/",
    "sign-in": "/accounts/sign-in/",
}
#: colours and pictures of one template: at every change in two languages, whose letters are not alike
TWO = pytest.mark.parametrize(
    "lang", ["tg", "az", *(pytest.param(lang, marks=pytest.mark.long) for lang in ("en", "ru"))]
)
BUDGET_BYTES, BUDGET_REQUESTS = 40 * 1024, 5


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """One window for all, as new as ever for each: to open another costs more than to look at a page."""
    yield window
    window.goto("about:blank")
    window.context.clear_cookies()
    window.emulate_media(color_scheme="null", media="null")
    window.set_viewport_size({"width": 1280, "height": 720})


@pytest.fixture
def context(page: Page) -> BrowserContext:
    return page.context


@pytest.fixture(params=LANGUAGES)
def lang(request):
    return request.param


def _pages() -> Iterator[Any]:
    """One page of each kind in each language; at every change what women open first in all, the others in one language each."""
    for number, kind in enumerate(sorted(KINDS)):
        for at, lang in enumerate(LANGUAGES):
            often = kind == "before-you-go-on" or at == number % len(LANGUAGES)
            yield pytest.param((kind, lang), marks=() if often else pytest.mark.long, id=f"{kind}-{lang}")


EVERY_PAGE = pytest.mark.parametrize("address", list(_pages()), indirect=True)


@pytest.fixture
def address(request, home, context):
    """The page of `_pages` that a test is given."""
    kind, lang = request.param
    if "{" not in KINDS[kind]:
        context.add_cookies([{"name": "lang", "value": lang, "url": home}])
    return home + KINDS[kind].format(lang)


@EVERY_PAGE
def test_it_weighs_little_and_asks_nobody_else(page, address, first_view):
    seen = first_view(page, address)
    assert seen["hosts"] == set()
    assert seen["requests"] <= BUDGET_REQUESTS
    assert seen["bytes"] <= BUDGET_BYTES


@EVERY_PAGE
def test_it_hinders_nobody(page, address, serious_faults):
    page.goto(address)
    assert serious_faults(page) == []


@TWO
def test_it_hinders_nobody_in_the_dark(page, lang, home, serious_faults):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{home}/{lang}/")
    assert serious_faults(page) == []


@EVERY_PAGE
def test_it_fits_a_narrow_phone(page, address, overflow):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert overflow(page) <= 0


@EVERY_PAGE
def test_it_fits_with_letters_twice_as_large(page, address, overflow):
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_it_keeps_the_way_out_in_sight(page, lang, home, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{home}/{lang}/about/safety/")
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(100)
    box = page.locator(".exit a").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 740
    assert box["height"] >= 44


def test_it_comes_first_in_reading_order(page, home):
    page.goto(f"{home}/en/")
    first = page.evaluate("[...document.querySelectorAll('a[href], button')].slice(0, 2).map((link) => link.className)")
    assert first == ["skip", "btn danger"]


def test_it_prints_without_its_controls(page, home):
    page.goto(f"{home}/tg/about/safety/")
    page.emulate_media(media="print")
    assert [page.locator(f".{name}").first.is_visible() for name in ("exit", "langs", "foot")] == [False] * 3
    assert page.locator("h1").is_visible()


def test_it_warns_of_the_demonstration_on_paper_too(page, home):
    page.goto(f"{home}/tg/about/safety/")
    page.emulate_media(media="print")
    assert page.locator(".demo").is_visible()


def test_it_keeps_page_and_question_when_the_language_changes(page, home):
    page.goto(f"{home}/tg/directory/?page=1")
    page.locator(".langs a[lang=az]").click()
    assert page.url == f"{home}/az/directory/?page=1"


def test_it_breaks_none_of_its_own_rules(page, home):
    broken = []
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    for address in ("/", "/tg/", "/az/about/safety/", "/ru/about/contact/"):
        page.goto(home + address, wait_until="networkidle")
    assert broken == []


def test_it_opens_its_menu_without_scripts(browser: Browser, home):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{home}/tg/")
    page.locator(".menu summary").click()
    assert page.locator(".menu .nav a").first.is_visible()
    context.close()


@TWO
@pytest.mark.parametrize("width", [360, 1280])
def test_it_keeps_pictures_of_itself(page, lang, home, width, shot):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{home}/{lang}/")
    assert shot(page, f"home-{lang}-{width}").stat().st_size > 10_000
