"""Somebody reads a profile, a figure and who disagrees, on a telephone and at a desk, by light and by dark, and on paper."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tables import fill

PAGES = (
    "", "e/{edition}/", "figure/aze08-6.7n/", "estimates/", "estimates/idps/AZE/2006/", "compare/?concept=migrant_stock",
    "compare/profiles/", "vintages/", "sources/", "sources/unhcr-2006/", "?q=migration",
)  # fmt: skip
LIGHT = (
    "",
    "estimates/",
    "estimates/idps/AZE/2006/",
    "figure/aze08-6.7n/",
    "compare/?concept=migrant_stock",
    "sources/",
)


@pytest.fixture
def edition(transactional_db: None) -> Any:
    from django.db import connection

    from hamroh.evidence.models import Edition

    fill(connection, load)
    return Edition.objects.get(state="published")


def load() -> None:
    from evidence_reading import built, centres

    built(centres())


def address(home: str, path: str, edition: Any, lang: str) -> str:
    return f"{home}/{lang}/evidence/{path.format(edition=edition.code)}"


@pytest.fixture
def faults(
    page: Page, complaints: list[str], serious_faults: Callable[[Page], list[str]], overflow: Callable[[Page], int]
) -> Callable[[], tuple[list[str], int]]:
    """What is wrong with the page that is open."""
    return lambda: (serious_faults(page), overflow(page))


@pytest.mark.parametrize("how", [("tg", 320, "light"), ("az", 1280, "dark")])
def test_it_reads_without_a_fault(
    page: Page, home: str, edition: Any, faults: Callable[[], tuple[list[str], int]], how: tuple[str, int, Any]
) -> None:
    lang, width, scheme = how
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(address(home, path, edition, lang))
        assert (path, *faults()) == (path, [], 0)


def test_it_stays_light_on_a_slow_line(page: Page, home: str, edition: Any, first_view: Callable[..., Any]) -> None:
    for path in LIGHT:
        seen = first_view(page, address(home, path, edition, "tg"))
        assert seen["requests"] <= 5, path
        assert seen["bytes"] <= 40 * 1024, path
        assert seen["hosts"] == set(), path


def test_it_leads_from_a_profile_to_who_disagrees(page: Page, home: str, edition: Any) -> None:
    page.goto(address(home, "", edition, "en"))
    page.get_by_role("link", name="Azerbaijan 2008").first.click()
    page.locator("#b-6\\.7n").get_by_role("link", name="579,000").click()
    expect(page.get_by_role("heading", name="Who says what")).to_be_visible()
    page.get_by_role("link", name="All of them side by side").click()
    expect(page.get_by_role("table").first).to_contain_text("686,586")


def test_it_leads_from_a_note_back_to_its_table(page: Page, home: str, edition: Any) -> None:
    page.goto(address(home, "e/{edition}/", edition, "en"))
    page.locator("#c-T9 sup a").click()
    note = page.locator("li:target")
    expect(note).to_contain_text("UNHCR Statistical Yearbook 2006")
    note.get_by_role("link", name="Back to Table 9").click()
    expect(page.locator("#b-T9")).to_be_in_viewport()
