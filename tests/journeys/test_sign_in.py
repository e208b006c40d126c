"""The login door in a real browser: passkeys by a virtual authenticator, codes, the screen lock, phone and wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from door import Phone, give_phone
from screens import arrive, looked_at

PASSWORD = "a long walk to the river"
SIZES = {"phone": {"width": 360, "height": 740}, "wide": {"width": 1280, "height": 800}}


@pytest.fixture
def door(live_server: Any) -> str:
    """Passkeys need a name for an address, or this machine's own."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture(autouse=True)
def installation(settings: Any) -> None:
    settings.IS_DEMO = False


@pytest.fixture
def lawyer(transactional_db: None) -> Any:
    from hamroh.accounts.models import Membership, Organisation, Role, User

    centre = Organisation.objects.create(code="centre", names={"en": "Migrant support centre"}, country="tj")
    user = User.objects.create_user("rustam", PASSWORD, display_name="Rustam Saidov", language="tg")
    Membership.objects.create(user=user, organisation=centre, role=Role.LAWYER)
    return user


@pytest.fixture
def authenticator(page: Page) -> Any:
    """A phone that makes passkeys and opens them by a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def type_password(page: Page, door: str, to: str = "/accounts/security/") -> None:
    page.goto(f"{door}/accounts/sign-in/?next={to}")
    page.fill("[name=username]", "rustam")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()


def by_link(page: Page, door: str, user: Any) -> None:
    """As after a reset by two people: a link, then the password."""
    from hamroh.accounts import actions
    from hamroh.accounts.models import LinkKind

    secret = actions.link_from_shell(user=user, kind=LinkKind.SECOND_FACTOR)
    page.goto(f"{door}/accounts/link/{secret}/")
    page.fill("[name=username]", "rustam")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()
    page.locator("main form button").first.click()


def test_it_makes_a_passkey_and_signs_in_by_it_alone(
    page: Page, door: str, lawyer: Any, authenticator: Any, complaints: list[str]
) -> None:
    by_link(page, door, lawyer)
    page.goto(f"{door}/accounts/security/passkey/")
    page.fill("[name=name]", "blue key")
    page.click("form[data-passkey] button")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{door}/accounts/security/")
    expect(page.locator("main")).to_contain_text("blue key")
    page.locator("form[action='/accounts/sign-out/'] button").last.click()
    page.goto(f"{door}/accounts/sign-in/?next=/accounts/security/")
    page.click("form[data-passkey] button")
    arrive(page, "/accounts/security/")
    expect(page.locator("main")).to_contain_text("blue key")


def test_it_takes_a_passkey_as_the_second_step_and_to_unlock(
    page: Page, door: str, lawyer: Any, authenticator: Any, complaints: list[str]
) -> None:
    by_link(page, door, lawyer)
    page.goto(f"{door}/accounts/security/passkey/")
    with page.expect_navigation():
        page.click("form[data-passkey] button")
    page.goto(f"{door}/accounts/security/")
    page.locator("form[action='/accounts/sign-out/'] button").last.click()
    type_password(page, door)
    page.wait_for_url("**/second-step/**")
    page.click("form[data-passkey] button")
    arrive(page, "/accounts/security/")
    page.goto(f"{door}/accounts/confirm/?next=/accounts/security/")
    page.click("form[data-passkey] button")
    arrive(page, "/accounts/security/")


def test_it_says_in_words_that_no_passkey_came(page: Page, door: str, lawyer: Any, authenticator: Any) -> None:
    session, made = authenticator
    session.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": False})
    by_link(page, door, lawyer)
    page.goto(f"{door}/accounts/security/passkey/")
    page.click("form[data-passkey] button")
    expect(page.locator(".fault[role=alert]")).to_be_visible(timeout=70_000)


def inside(page: Page, door: str, phone: Phone) -> None:
    type_password(page, door)
    page.fill("[name=code]", phone.code())
    page.locator("form:has([name=code]) button").click()
    arrive(page, "/accounts/security/")


def test_it_covers_the_page_and_keeps_what_was_typed(page: Page, door: str, lawyer: Any, complaints: list[str]) -> None:
    inside(page, door, give_phone(lawyer))
    page.goto(f"{door}/accounts/security/password/")
    page.fill("#id_password", "half typed")
    page.keyboard.press("Escape")
    for _each in range(3):
        page.keyboard.press("Shift")
    veil = page.locator(".veil")
    expect(veil).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert page.request.post(f"{door}/accounts/here/").status in (401, 403)
    veil.locator("[name=password]").fill("wrong")
    veil.locator("button").click()
    expect(veil.locator(".fault")).to_be_visible()
    veil.locator("[name=password]").fill(PASSWORD)
    veil.locator("button").click()
    expect(veil).to_have_count(0)
    expect(page.locator("#id_password")).to_have_value("half typed")


def test_it_covers_the_page_after_ten_minutes(page: Page, door: str, lawyer: Any) -> None:
    page.clock.install()
    inside(page, door, give_phone(lawyer))
    page.clock.fast_forward(9 * 60 * 1000)
    expect(page.locator(".veil")).to_have_count(0)
    page.clock.fast_forward(70 * 1000)
    expect(page.locator(".veil")).to_be_visible()


@pytest.fixture
def bare(browser: Any) -> Iterator[Page]:
    """A browser that runs no scripts."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_it_works_without_scripts_by_codes(bare: Page, door: str, lawyer: Any) -> None:
    by_link(bare, door, lawyer)
    bare.goto(f"{door}/accounts/security/app/")
    letters = bare.locator("code.code").inner_text().replace(" ", "")
    bare.fill("[name=code]", Phone(letters).code())
    bare.locator("form:has([name=code]) button").click()
    expect(bare.locator(".codes li")).to_have_count(10)
    printed = bare.locator(".codes li code").first.inner_text()
    bare.goto(f"{door}/accounts/security/")
    bare.locator("form[action='/accounts/sign-out/'] button").last.click()
    type_password(bare, door)
    bare.fill("[name=code]", printed)
    bare.locator("form:has([name=code]) button").click()
    expect(bare.locator("form[action$='sign-out-everywhere/']")).to_be_visible()


@pytest.mark.parametrize(("lang", "size"), looked_at("tg", "phone"))
def test_it_hinders_nobody_on_its_way(  # noqa: PLR0917 - fixtures
    page: Page, door: str, lawyer: Any, lang: str, size: str, serious_faults: Any, overflow: Any, shot: Any
) -> None:
    page.set_viewport_size(SIZES[size])
    page.context.add_cookies([{"name": "lang", "value": lang, "url": door}])
    phone = give_phone(lawyer)
    seen: dict[str, list[Any]] = {}

    def look(name: str) -> None:
        shot(page, f"door-{name}-{lang}-{size}")
        seen[name] = [serious_faults(page), overflow(page) > 0]

    page.goto(f"{door}/accounts/sign-in/")
    look("sign-in")
    page.goto(f"{door}/accounts/forgot/")
    look("forgot")
    type_password(page, door)
    look("second-step")
    page.fill("[name=code]", phone.wrong())
    page.locator("form:has([name=code]) button").click()
    look("wrong-code")
    page.fill("[name=code]", phone.code())
    page.locator("form:has([name=code]) button").click()
    look("security")
    for name, path in (("app", "security/app/"), ("passkey", "security/passkey/"), ("password", "security/password/")):
        page.goto(f"{door}/accounts/{path}")
        look(name)
    page.goto(f"{door}/accounts/confirm/")
    look("confirm")
    page.goto(f"{door}/accounts/security/")
    page.locator("form[action$='security/codes/'] button").click()
    look("codes")
    for _each in range(3):
        page.keyboard.press("Shift")
    page.locator(".veil").wait_for()
    look("lock")
    assert {name: faults for name, faults in seen.items() if faults != [[], False]} == {}
