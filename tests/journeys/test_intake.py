"""An intake on a phone of 360 pixels: few taps, a line that breaks, no script, nothing left behind."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 360, "height": 740}
MOST_TAPS = 14


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def farzona() -> Any:
    from cases_world import open_office
    from hamroh.accounts.models import Organisation
    from hamroh.vault import keyring

    office = open_office()
    served(office)
    for organisation in Organisation.objects.all():
        keyring.active(organisation.pk)
    return office.farzona


def served(office: Any) -> None:
    """A district, and a case in it: it then stands as a button beside the name."""
    from cases_world import gulnoras
    from hamroh.directory.models import AdminUnit, UnitAncestor
    from hamroh.vault import journal

    above: list[AdminUnit] = []
    for code, (key, level, name) in enumerate((("tj", "country", "Tajikistan"), ("tj-vose", "district", "Vose")), 1):
        iso, parent = key.upper() if level == "country" else "", above[-1] if above else None
        above.append(
            AdminUnit.objects.create(key=key, code=code, level=level, parent=parent, names={"en": name}, iso=iso)
        )
        for distance, each in enumerate(reversed(above)):
            UnitAncestor.objects.create(unit=above[-1], ancestor=each, distance=distance)
    with journal.openings("task"):
        gulnoras(office, area="/tj/tj-vose/")


@pytest.fixture
def signed_in(page: Page, home: str, farzona: Any) -> Page:
    return sign_in(page, home, farzona)


def sign_in(page: Page, home: str, user: Any, lang: str = "en") -> Page:
    from django.test import Client

    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [
            {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": home},
            {"name": "lang", "value": lang, "url": home},
        ]
    )
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


class Hand:
    """Types without counting, taps and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: str) -> None:
        self.taps += 1
        self.page.get_by_role("button", name=what, exact=True).click()

    def tick(self, what: str) -> None:
        self.taps += 1
        self.page.get_by_label(what).check()

    def type(self, name: str, words: str) -> None:
        self.page.locator(f"[name={name}]").fill(words)


def intake(hand: Hand) -> None:
    """From the list of cases to the case."""
    hand.taps += 1
    hand.page.get_by_role("link", name="Begin an intake").click()
    hand.tap("A day in the village")
    hand.tap("She agrees, by her word")
    hand.type("name", "Савринисо")
    hand.type("born", "1994")
    hand.tap("Vose")
    hand.tap("A call")
    hand.type("value", "+992 93 555-00-12")
    hand.type("pretext", "аз курси дӯзандагӣ")
    hand.tick("His relatives")
    hand.tap("Go on")
    hand.type("words", "Шавҳарам се сол боз хабар надорад.")
    hand.tap("Go on")
    hand.type("lines", "Ёсин 2015\nМадина 2018")
    hand.tap("Go on")
    hand.type("name", "Бахтиёр")
    hand.type("since", "2023-04")
    hand.tap("Go on")
    hand.tick("Do his relatives insult you")
    hand.tap("Go on")
    hand.type("words", "Алимент барои кӯдакон")
    hand.tap("Go on")
    hand.tap("Open the case")


def test_it_opens_a_case_within_fourteen_taps(signed_in: Page, home: str, overflow: Any, complaints: list[str]) -> None:
    signed_in.goto(f"{home}/desk/cases/")
    hand = Hand(signed_in)
    intake(hand)
    expect(signed_in.get_by_role("heading", name="Contact her only like this")).to_be_visible()
    assert hand.taps <= MOST_TAPS
    expect(signed_in.get_by_text("District: Vose")).to_be_visible()
    assert overflow(signed_in) == 0


def test_it_opens_a_case_without_script(browser: Browser, home: str, farzona: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = sign_in(context.new_page(), home, farzona)
    page.goto(f"{home}/desk/cases/")
    intake(Hand(page))
    expect(page.get_by_role("heading", name="Contact her only like this")).to_be_visible()
    context.close()


def begun(page: Page, home: str) -> Hand:
    """At the question of the name."""
    page.goto(f"{home}/desk/cases/new/")
    hand = Hand(page)
    hand.tap("She came to us")
    hand.tap("She agrees, by her word")
    hand.type("name", "Савринисо")
    return hand


def kept_in_browser(page: Page) -> Any:
    return page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.includes('Савр')]")


def test_it_keeps_an_answer_in_the_page_until_the_line_is_back(signed_in: Page, home: str) -> None:
    hand = begun(signed_in, home)
    signed_in.context.set_offline(True)
    hand.tap("Go on")
    expect(signed_in.get_by_text("There is no line to the server")).to_be_visible()
    assert kept_in_browser(signed_in) == [0, 0, False]
    signed_in.context.set_offline(False)
    expect(signed_in.get_by_role("heading", name="How may we reach her safely?")).to_be_visible()


def test_it_wipes_an_unsent_answer_when_the_session_has_ended(signed_in: Page, home: str) -> None:
    hand = begun(signed_in, home)
    signed_in.context.clear_cookies(name="sessionid")
    hand.tap("Go on")
    expect(signed_in.get_by_text("Your session has ended")).to_be_visible()
    assert signed_in.locator("[name=name]").input_value() == ""


def test_it_holds_nothing_typed_in_the_page_under_the_lock(signed_in: Page, home: str) -> None:
    begun(signed_in, home)
    signed_in.evaluate("document.querySelector('form[data-quick-lock]').requestSubmit()")
    expect(signed_in.get_by_role("dialog")).to_be_visible()
    assert signed_in.locator("[name=name]").input_value() == ""


def test_it_goes_back_without_losing_an_answer(signed_in: Page, home: str) -> None:
    hand = begun(signed_in, home)
    hand.tap("Go on")
    expect(signed_in.get_by_role("heading", name="How may we reach her safely?")).to_be_visible()
    signed_in.go_back()
    assert signed_in.locator("[name=name]").input_value() == "Савринисо"


@pytest.mark.parametrize("step", ["consent", "reach", "risk", "check"])
def test_it_can_be_used_by_everybody(signed_in: Page, home: str, serious_faults: Any, shot: Any, step: str) -> None:
    begun(signed_in, home).tap("Go on")
    expect(signed_in.get_by_role("heading", name="How may we reach her safely?")).to_be_visible()
    where = signed_in.url.rsplit("way/", 1)[0]
    signed_in.goto(f"{where}{step}/")
    shot(signed_in, f"intake-{step}-360")
    assert serious_faults(signed_in) == []
