"""News from sign-in to the public page: written in Tajik, approved by another editor, translated beside its source, read without script."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pages_world import PagesWorld, settled
from screens import enter

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def world(demonstration: None, cast: Any) -> PagesWorld:
    return settled(cast)


def sits(browser: Browser, home: str, who: Any, lang: str = "tg") -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    enter(context, home, who, lang)
    return context.new_page()


@pytest.fixture
def look(overflow: Any, shot: Any, serious_faults: Any) -> Any:
    """Keep a picture of a page of ours that is no wider than its window; axe finds nothing serious on it."""

    def look_at(page: Page, name: str) -> None:
        assert overflow(page) == 0, name
        shot(page, f"pages-{name}")
        assert serious_faults(page) == [], name

    return look_at


def test_it_brings_news_to_the_public_in_two_languages(
    browser: Browser, home: str, world: PagesWorld, look: Any, shot: Any
) -> None:
    from hamroh.pages.models import Article

    faults: list[str] = []
    desk = sits(browser, home, world.cast.zarina)
    desk.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    desk.goto(f"{home}/desk/pages/")
    look(desk, "list")
    desk.locator("button[value=tg]").click()
    desk.locator("[name=title]").fill("Машварати ройгон")
    desk.locator("[name=summary]").fill("Ҳар рӯзи душанбе дар Кӯлоб.")
    shot(desk, "pages-editor")
    desk.locator("[data-side-panel-toggle], .footer button.w-dropdown__toggle, .action-save + *").first.wait_for()
    desk.locator("button.action-save, button[name=action-save], .action-save").first.click()
    expect(desk.locator("[name=title]")).to_have_value("Машварати ройгон")
    page = Article.objects.get(lang="tg")
    assert (page.live, faults) == (False, [])

    from hamroh.pages import actions

    actions.send_to_review(actor=world.cast.zarina, page=page)
    actions.approve(actor=world.nigora, page=page)
    desk.goto(f"{home}/desk/pages/p/{page.code}/")
    desk.locator(f"form[action$='/{page.code}/az/begin/'] button").click()
    expect(desk.locator("td[lang=tg]").first).to_have_text("Машварати ройгон")
    look(desk, "beside")

    reader = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    reader.goto(f"{home}/tg/news/")
    reader.get_by_role("link", name="Машварати ройгон").click()
    expect(reader.locator("h1")).to_have_text("Машварати ройгон")
