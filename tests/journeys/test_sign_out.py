"""What a browser still shows of the desk after a sign-out, with its cache of whole pages on."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from hamroh.accounts.models import Membership, Organisation, Role, User
from screens import arrive

PASSWORD = "a long walk to the river"
KEEP = """async () => {
  localStorage.setItem("kept-by-her", "yes");
  await (await caches.open("kept-by-her")).put("/kept", new Response("numbers"));
}"""
KEPT = """async () => [localStorage.getItem("kept-by-her"), await (await caches.match("/kept"))?.text()]"""


@pytest.fixture
def home(live_server: Any) -> str:
    """By this name browsers take the header that clears; they do so on no plain address."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def zarina(transactional_db: None, settings: Any) -> User:
    settings.IS_DEMO = False
    centre = Organisation.objects.create(code="centre", names={"en": "Centre"}, country="tj")
    user = User.objects.create_user("zarina", PASSWORD, display_name="Zarina Karimova")
    Membership.objects.create(user=user, organisation=centre, role=Role.EDITOR)
    return user


@pytest.fixture
def page(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Page]:
    """Browsers of tests keep no whole pages unless they are asked."""
    browser = playwright.chromium.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser.new_page(locale="en")
    browser.close()


def come_in(page: Page, home: str) -> None:
    page.goto(f"{home}/accounts/sign-in/")
    page.fill("[name=username]", "zarina")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()
    arrive(page, "/desk/")


def test_it_shows_nothing_of_the_desk_by_going_back(page: Page, home: str, zarina: User) -> None:
    come_in(page, home)
    page.goto(f"{home}/desk/directory/")
    expect(page.locator("body")).to_contain_text("Zarina Karimova")
    page.locator("form[action='/accounts/sign-out/'] button").last.click()
    page.wait_for_url(lambda address: "/desk/" not in address)
    for _step in range(3):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert "Zarina Karimova" not in page.content()


def test_it_keeps_whole_pages_in_this_browser_at_all(page: Page, home: str, zarina: User) -> None:
    """Else the test above would show nothing: a public page that was left comes back as it was."""
    page.goto(f"{home}/en/about/")
    page.evaluate("window.left = true")
    page.goto(f"{home}/en/about/accessibility/")
    page.go_back(wait_until="commit")
    page.wait_for_function("window.left === true")


def test_it_leaves_what_she_chose_to_keep(page: Page, home: str, zarina: User) -> None:
    page.goto(f"{home}/en/about/")
    page.evaluate(KEEP)
    come_in(page, home)
    page.locator("form[action='/accounts/sign-out/'] button").last.click()
    page.wait_for_url(lambda address: "/desk/" not in address)
    page.goto(f"{home}/en/about/")
    assert page.evaluate(KEPT) == ["yes", "numbers"]
    assert "device" in {cookie["name"] for cookie in page.context.cookies()}
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}
