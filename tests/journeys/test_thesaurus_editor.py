"""An editor of a layer: a term with its names, offered concepts while she types, a suggestion decided, a release; phone and wide."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from screens import enter, looked_at

WIDTHS = {"phone": 360, "wide": 1280}
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def words(demonstration: None, cast: Any) -> Any:
    """A layer of the centre with two terms, and a suggestion of the other organisation."""
    from hamroh.thesaurus import actions
    from hamroh.thesaurus.models import Scheme

    base = Scheme.objects.create(code="base", uri="urn:example:base", titles={"en": "Base", "tg": "Асос", "az": "Əsas"})
    titles = {"tg": "Вожаҳои марказ", "az": "Mərkəzin sözləri"}
    actions.start_layer(
        actor=cast.zarina, organisation=cast.centre, code="ours", titles=titles, layer="organisation", extends=base
    )
    ours = Scheme.objects.get(code="ours")
    made = {"tg": "қарзи роҳ", "az": "yol borcu", "en": "debt for the road"}
    debt = actions.add_concept(actor=cast.zarina, scheme=ours, key="road-debt", labels=made)
    actions.add_concept(actor=cast.zarina, scheme=ours, key="money", labels={"tg": "пул", "az": "pul", "en": "money"})
    return actions.suggest(
        actor=cast.aygun, organisation=cast.gender_centre, scheme=ours, concept=debt, kind="label", lang="az",
        text="yol xərci borcu", why="said_so",
    )  # fmt: skip


@pytest.mark.parametrize(("lang", "size"), looked_at("tg", "phone"))
def test_it_lets_an_editor_write_decide_and_release(
    *, browser: Browser, home: str, cast: Any, words: Any, overflow: Callable[[Page], int],
    serious_faults: Callable[[Page], list[str]], shot: Callable[[Page, str], Path], lang: str, size: str,
) -> None:  # fmt: skip
    context: BrowserContext = browser.new_context(viewport={"width": WIDTHS[size], "height": 800})
    enter(context, home, cast.zarina, lang)
    page = context.new_page()
    page.goto(f"{home}/desk/thesaurus/in/ours/c/ours/road-debt/")
    page.locator("#relation summary").click()
    field = page.locator("[name=relation-other]")
    field.press_sequentially("пу" if lang == "tg" else "pu")
    expect(page.locator("#relation datalist option")).to_have_count(1)
    field.fill(page.locator("#relation datalist option").first.get_attribute("value") or "")
    page.locator("#relation form button.btn:not(.quiet)").click()
    expect(page.locator("#relation")).to_contain_text("пул" if lang == "tg" else "pul")
    assert (overflow(page), serious_faults(page)) == (0, [])
    shot(page, f"thesaurus-concept-{lang}-{size}")

    page.goto(f"{home}/desk/thesaurus/suggestions/{words.pk}/")
    page.locator("#decision [value=accepted]").check(force=True)
    page.locator("#decision textarea").fill("Дар ду деҳа шунидем.")
    page.locator("#decision button.btn").click()
    expect(page.locator("main")).to_contain_text("Дар ду деҳа шунидем.")
    assert (overflow(page), serious_faults(page)) == (0, [])

    page.goto(f"{home}/desk/thesaurus/in/ours/release/")
    page.locator("[name=number]").fill("2026.1")
    page.locator("main form button.btn").last.click()
    expect(page).to_have_url(f"{home}/{lang}/thesaurus/ours/releases/2026.1/")
    assert (overflow(page), serious_faults(page)) == (0, [])
    context.close()
