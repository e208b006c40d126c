"""A story is heard as far as its narrator allows, and goes when she takes it back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

import archive_world as world
from hamroh.vault import journal
from screens import arrive, enter, looked_at

WIDTHS = {"phone": 360, "wide": 1280}
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def made(demonstration: None, cast: Any) -> Any:
    with journal.openings("task"):
        return world.history(cast, cuts=[{"start": 2000, "end": 4000, "scopes": ["online", "quote", "teach"]}])


@pytest.mark.parametrize(("lang", "size"), looked_at("tg", "phone"))
def test_it_takes_a_story_down(  # noqa: PLR0917 - fixtures
    page: Page, home: str, cast: Any, made: Any, serious_faults: Any, shot: Any, lang: str, size: str
) -> None:
    page.set_viewport_size({"width": WIDTHS[size], "height": 800})
    story = f"{home}/{lang}/archive/u/{made.item.code}/"
    page.goto(story)
    whole(page, serious_faults)
    shot(page, f"archive-item-{lang}-{size}")
    page.locator(".cues a.when").nth(1).click()
    expect(page.locator(".cues [aria-current]")).to_have_id("t-4")
    enter(page.context, home, cast.zarina, lang)
    page.goto(f"{home}/desk/archive/{made.item.code}/")
    whole(page, serious_faults)
    page.goto(f"{home}/desk/archive/{made.item.code}/voices/{made.voice.pk}/withdraw/")
    page.locator("input[value=erase]").check()
    page.locator("main form .btn").click()
    whole(page, serious_faults)
    page.locator("main form .btn.danger").click()
    arrive(page, f"/desk/archive/{made.item.code}/")
    answer = page.goto(story)
    assert answer is not None
    assert answer.status == 404


def whole(page: Page, serious_faults: Any) -> None:
    """Nothing stands outside the screen, and nobody is shut out."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious_faults(page) == []
