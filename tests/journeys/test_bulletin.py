"""An editor from the sign-in form to an issue that is out; a reader from the form to her yes, and gone again."""

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PASSWORD = "a long walk to the river"
#: a machine that does many things at once is slow, not wrong
PATIENCE = 120_000
ADDRESS = "invented.reader@example.org"


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def press() -> Any:
    import bulletins_world
    from hamroh.vault import journal
    from vault_keys import settled

    found = bulletins_world.open_press()
    settled(found.office.centre, found.office.other)
    for user in (found.zarina, found.lola):
        user.set_password(PASSWORD)
        user.save()
    with journal.openings("task"):
        bulletins_world.story(found)
    return found


def sign_in(page: Page, home: str, name: str) -> None:
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "lang", "value": "en", "url": home}, {"name": "seen", "value": "1", "url": home}]
    )
    page.goto(f"{home}/accounts/sign-in/")
    page.get_by_role("textbox", name="User name").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile("/desk/"), timeout=60_000)


def composed(page: Page, home: str) -> None:
    """Title and period, a story that is proposed, an article of her own; another person is asked."""
    page.goto(f"{home}/desk/bulletins/new/")
    for lang, title in (("en", "Nobody went alone"), ("tg", "Ҳеҷ кас танҳо нарафт"), ("az", "Heç kim tək getmədi")):
        page.locator(f"[name=titles_{lang}]").fill(title)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name=re.compile("^Take")).click()
    page.get_by_role("link", name="A section of your own").click()
    page.locator("[name=titles_en]").fill("In the villages")
    page.locator("[name=texts_en]").fill("Lawyers drove out.")
    page.locator("[name=numbers]").fill("450+\n60")
    page.locator("[name=names_en]").fill("Women\nMen")
    page.locator("[name=look]").select_option("bars")
    page.locator("[name=source]").fill("Newsletter, line 98")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Ask another person").click()


def asked(page: Page, home: str) -> None:
    page.goto(f"{home}/en/bulletins/readers/")
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    page.wait_for_timeout(2500)  # the form tells a person from a machine by her time
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def posted() -> int:
    """What the worker does every two minutes."""
    from hamroh.bulletins import actions
    from hamroh.vault import journal

    with journal.openings("task"):
        return actions.send_due()


def link_in(letter: Any) -> str:
    """The address in a letter, without its host."""
    found = re.search(r"https?://[^/]+(/en/bulletins/readers/\S+)", letter.message().get_body(("plain",)).get_content())
    assert found
    return found[1]


def test_it_goes_from_a_sign_in_to_an_issue_and_from_a_form_to_a_reader(
    context: BrowserContext, page: Page, home: str, *, press: Any, shot: Any, overflow: Any, serious_faults: Any
) -> None:
    from hamroh.bulletins import actions
    from hamroh.bulletins.models import Issue, Reader

    page.set_default_timeout(PATIENCE)
    sign_in(page, home, "zarina")
    page.set_viewport_size(WIDE)
    composed(page, home)
    code = Issue.objects.get().code
    desk = f"{home}/desk/bulletins/{code}/"
    expect(page.get_by_text("It waits for another person.")).to_be_visible()
    assert serious_faults(page) == []
    sign_in(page, home, "lola")
    page.goto(desk)
    page.get_by_role("button", name="Let it out").click()
    page.get_by_role("link", name=f"/en/bulletins/{code}/").click()
    expect(page.get_by_text("Lawyers drove out.")).to_be_visible()
    assert serious_faults(page) == []
    context.clear_cookies()
    context.add_cookies([{"name": "seen", "value": "1", "url": home}])
    asked(page, home)
    assert posted() == 1
    page.goto(f"{home}{link_in(mail.outbox[0])}")
    page.get_by_role("button", name="Yes, I want the bulletin").click()
    expect(page.get_by_text("You said yes")).to_be_visible()
    actions.send_issue(actor=press.lola, issue=Issue.objects.get())
    assert posted() == 1
    page.set_viewport_size(PHONE)
    page.goto(f"{home}{link_in(mail.outbox[1]).replace('/en/', '/tg/')}")
    assert overflow(page) == 0
    page.locator("main button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    assert not Reader.objects.exists()
    for lang, size in (("tg", PHONE), ("az", WIDE)):
        page.set_viewport_size(size)
        page.goto(f"{home}/{lang}/bulletins/{code}/")
        assert overflow(page) == 0
        shot(page, f"bulletin-{lang}-{size['width']}")
