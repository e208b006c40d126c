"""A special issue in Tajik and Azerbaijani, from sign-in to the published page, without script; then as everybody reads it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from screens import arrive, looked_at

WIDTHS = {"phone": 320, "wide": 1280}
TITLES = {"tg": "Номаҳо аз деҳа", "az": "Kənddən məktublar"}
ARTICLE = {"tg": "Вақте ки пул намеояд", "az": "Pul gəlməyəndə"}
PASSWORD = "a long walk to the river"


@pytest.fixture(autouse=True)
def installation(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    settings.IS_DEMO = False


@pytest.fixture
def page(browser: Browser) -> Any:
    """A browser with its script off, as on many phones."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def _sign_in(page: Page, home: str, editor: Any, to: str) -> None:
    """By the one door; who edits and opens nothing sealed needs no second factor."""
    editor.set_password(PASSWORD)
    editor.save()
    page.goto(f"{home}{to}")
    page.fill("[name=username]", editor.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()
    arrive(page, to)


def _write(page: Page, titles: dict[str, str], **others: str) -> None:
    for lang, title in titles.items():
        page.locator(f"[name=titles_{lang}]").fill(title)
    for name, value in others.items():
        page.locator(f"[name={name}]").fill(value)
    with page.expect_navigation():
        page.locator("main form button.btn:not(.quiet)").last.click()


def _publish(page: Page) -> None:
    page.locator("button[name=to][value=published]").click()
    expect(page.locator("main")).to_contain_text("Dərc olunub")


@pytest.mark.parametrize(("lang", "size"), looked_at("az", "phone"))
def test_it_makes_a_special_issue_from_the_desk_to_the_published_page(
    *, page: Page, browser: Browser, home: str, cast: Any, shot: Callable[[Page, str], Path],
    serious_faults: Callable[[Page], list[str]], lang: str, size: str,
) -> None:  # fmt: skip
    from hamroh.directory.actions import load_places

    load_places(actor=None)
    _sign_in(page, home, cast.aygun, "/desk/library/new/issue/")
    _write(page, TITLES, date="2026-05", details_number="1")
    issue = page.url.rstrip("/").rpartition("/")[2]
    page.locator(f"a[href='/desk/library/new/article/?in={issue}']").click()
    _write(page, ARTICLE)
    _publish(page)
    page.goto(f"{home}/desk/library/{issue}/copies/")
    page.locator("[name=unit]").fill("[az]")
    page.locator("[name=copies]").fill("300")
    page.locator("select[name=language]").select_option("az")
    page.locator("main form button.btn").last.click()
    expect(page.locator("main")).to_contain_text("300")
    page.goto(f"{home}/desk/library/{issue}/")
    _publish(page)

    page.goto(f"{home}/{lang}/library/{issue}/")
    expect(page.locator("h1")).to_contain_text(TITLES[lang])
    expect(page.locator("main")).to_contain_text(ARTICLE[lang])
    expect(page.locator("#citation")).to_contain_text("2026")
    _reads_it(page, home, lang)
    _looked_over(
        browser=browser, home=home, issue=issue, lang=lang, size=size, shot=shot, serious_faults=serious_faults
    )


def _reads_it(page: Page, home: str, lang: str) -> None:
    """Shelves, an article, the search: by links and forms alone."""
    page.locator("nav.trail a").nth(1).click()
    page.locator(".finds a").first.click()
    page.locator("ol.finds a").first.click()
    expect(page.locator("h1")).to_contain_text(ARTICLE[lang])
    page.goto(f"{home}/{lang}/library/")
    page.locator("[name=q]").fill(ARTICLE[lang].split()[0])
    page.locator("main form button").last.click()
    expect(page.locator(".finds")).to_contain_text(ARTICLE[lang].split()[-1])


def _looked_over(
    *, browser: Browser, home: str, issue: str, lang: str, size: str, shot: Callable[[Page, str], Path],
    serious_faults: Callable[[Page], list[str]],
) -> None:  # fmt: skip
    """No faults of access, nothing that runs over the edge, and a picture of the page."""
    context = browser.new_context(viewport={"width": WIDTHS[size], "height": 800})
    seen = context.new_page()
    for name, path in {"issue": f"{issue}/", "home": ""}.items():
        seen.goto(f"{home}/{lang}/library/{path}")
        assert serious_faults(seen) == []
        assert int(seen.evaluate("document.documentElement.scrollWidth")) <= WIDTHS[size]
        shot(seen, f"library-{name}-{lang}-{size}")
    context.close()
