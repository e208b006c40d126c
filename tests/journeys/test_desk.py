"""The desk in a real browser: a day with tasks, an emergency and its review; keys, lock, no script, phone and wide."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from screens import enter, looked_at

pytestmark = pytest.mark.urls("sealedroom.urls")
PAGES = {
    "day": "/desk/", "task": "/desk/tasks/new/", "notices": "/desk/notices/", "looked": "/desk/looked/",
    "emergency": "/desk/emergency/",
}  # fmt: skip
SUPERVISORS = {"review": "/desk/emergency/review/", "counted": "/desk/looked/counted/"}
WIDTHS = {"phone": 320, "wide": 1280}
WORDS = {
    "tg": ("Ба суд занг задан", "Ҳуҷҷатҳои Гулнораро гирифтан", "Ҷавоб ба мактуби прокуратура"),
    "az": ("Məhkəməyə zəng etmək", "Gülnarənin sənədlərini götürmək", "Prokurorluğun məktubuna cavab"),
}


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def house() -> dict[str, Any]:
    """Farzona has tasks and a record that Nigora opened in an emergency; Manizha supervises and watches over the house."""
    from hamroh.accounts.models import Membership, Organisation, Role, User

    names = {"en": "Migrant support centre", "tg": "Маркази дастгирии муҳоҷирон", "az": "Miqrantlara dəstək mərkəzi"}
    centre = Organisation.objects.create(code="centre", names=names, country="tj", zone="Asia/Dushanbe")
    other = Organisation.objects.create(code="other", names={"en": "Women’s organisation"}, country="az")
    people: dict[str, Any] = {"centre": centre}
    roles = {"farzona": Role.LAWYER, "nigora": Role.PSYCHOLOGIST, "manizha": Role.SUPERVISOR}
    for username, role in roles.items():
        people[username] = User.objects.create_user(username, display_name=username.title())
        Membership.objects.create(user=people[username], organisation=centre, role=role)
    Membership.objects.create(user=people["farzona"], organisation=other, role=Role.LAWYER)
    return people


def fill(house: dict[str, Any], lang: str) -> Any:
    """Tasks in this language, an opening and what was read in it; gives the record."""
    from django.utils import timezone

    from hamroh import vault
    from hamroh.accounts import actions, policy
    from hamroh.accounts.actions import access
    from hamroh.vault import journal
    from sealedroom.models import Matter

    today = timezone.now().date()
    matter = Matter.objects.create(
        organisation=house["centre"], owner=house["farzona"], opened_week=today, name="Гулнора", phone="93 555 00 12"
    )
    for words, days in zip(WORDS[lang], (-0, 3, 20), strict=True):
        actions.add_task(
            actor=house["farzona"], organisation=house["centre"], words=words,
            due_date=today + dt.timedelta(days=days), record=matter,
        )  # fmt: skip
    access.break_glass(
        actor=house["nigora"], record=matter, reason="danger", words="Вай занг зад: ӯ дар назди дар аст."
    )
    decision = policy.require(house["nigora"], "matter.read", matter)
    with journal.openings("request"):
        for field in ("name", "phone"):
            vault.open(matter, field, decision=decision, purpose="page")
    return matter


@pytest.fixture
def faults(page: Page, overflow: Callable[[Page], int], serious_faults: Callable[[Page], list[str]]) -> Any:
    """Too wide by how many pixels, and what hinders somebody."""
    return lambda: (overflow(page), serious_faults(page))


@pytest.mark.parametrize(("lang", "size"), looked_at("az", "phone"))
def test_it_fits_and_hinders_nobody(request: Any, page: Page, house: dict[str, Any], lang: str, size: str) -> None:
    home, shot, faults = (request.getfixturevalue(name) for name in ("home", "shot", "faults"))
    fill(house, lang)
    page.set_viewport_size({"width": WIDTHS[size], "height": 800})
    for who, pages in (("farzona", PAGES), ("manizha", SUPERVISORS)):
        enter(page.context, home, house[who], lang)
        for name, address in pages.items():
            page.goto(home + address)
            assert (name, *faults()) == (name, 0, [])
            shot(page, f"desk-{name}-{lang}-{size}")


def test_it_asks_little_of_a_slow_line(
    page: Page, home: str, house: dict[str, Any], first_view: Callable[[Page, str], dict[str, Any]]
) -> None:
    fill(house, "tg")
    enter(page.context, home, house["farzona"])
    seen = first_view(page, f"{home}/desk/")
    assert (seen["hosts"], seen["requests"] <= 5, seen["bytes"] <= 40 * 1024) == (set(), True, True)


@pytest.fixture
def day(page: Page, home: str, house: dict[str, Any]) -> Page:
    fill(house, "tg")
    enter(page.context, home, house["farzona"])
    page.goto(f"{home}/desk/")
    return page


def test_it_shows_its_keys_and_closes_them_again(day: Page) -> None:
    day.keyboard.press("?")
    expect(day.locator("#keys")).to_be_visible()
    day.keyboard.press("Escape")
    expect(day.locator("#keys")).to_be_hidden()


def test_it_goes_by_keys(day: Page, home: str) -> None:
    day.keyboard.press("g")
    day.keyboard.press("n")
    day.wait_for_url(f"{home}/desk/notices/")
    day.keyboard.press("g")
    day.keyboard.press("d")
    day.wait_for_url(f"{home}/desk/")


def test_it_goes_by_keys_that_write_cyrillic(day: Page, home: str) -> None:
    for code, letter in (("KeyG", "п"), ("KeyN", "т")):
        day.evaluate(
            "([code, key]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true}))",
            [code, letter],
        )
    day.wait_for_url(f"{home}/desk/notices/")


def test_it_reaches_the_search_by_a_key_and_leaves_typing_alone(day: Page, home: str) -> None:
    day.keyboard.press("/")
    expect(day.locator("#desk-q")).to_be_focused()
    day.keyboard.type("gn? l")
    expect(day.locator("#desk-q")).to_have_value("gn? l")
    expect(day.locator("#keys")).to_be_hidden()


def test_it_locks_by_a_key(day: Page, home: str) -> None:
    day.keyboard.press("l")
    expect(day.locator(".veil")).to_be_visible()
    expect(day.locator("h1")).to_be_hidden()


def test_it_unlocks_by_a_click_who_has_no_password_in_a_demonstration(day: Page) -> None:
    day.keyboard.press("l")
    expect(day.locator(".veil button")).to_be_focused()
    day.keyboard.press("Enter")
    expect(day.locator(".veil")).to_have_count(0)
    day.reload()
    expect(day.locator("#desk-q")).to_be_visible()


def test_it_lets_the_keys_be_switched_off(day: Page, home: str) -> None:
    day.get_by_role("button", name="Keyboard").click()
    day.get_by_label("These keys work in this browser").uncheck()
    day.get_by_role("button", name="Close").click()
    day.reload()
    day.keyboard.press("/")
    expect(day.locator("#desk-q")).not_to_be_focused()


def test_it_works_for_the_other_organisation_by_keyboard_alone(day: Page) -> None:
    day.locator("#desk-house").focus()
    day.keyboard.press("ArrowDown")
    day.keyboard.press("Tab")
    day.keyboard.press("Enter")
    expect(day.locator("#desk-house option:checked")).to_have_text("Women’s organisation")


def test_it_takes_a_task_from_adding_to_done_without_script(browser: Browser, home: str, house: dict[str, Any]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    enter(context, home, house["farzona"])
    page = context.new_page()
    page.goto(f"{home}/desk/")
    page.get_by_role("link", name="Add a task").click()
    page.get_by_label("What is to be done?").fill("Ring the court")
    page.get_by_role("button", name="Add the task").click()
    page.get_by_role("button", name=re.compile("It is done.*Ring the court")).click()
    expect(page.get_by_text("Nothing is due today.")).to_be_visible()
    expect(page.locator("[data-keys]")).to_be_hidden()
    page.get_by_role("button", name="Lock").click()
    expect(page).to_have_url(f"{home}/accounts/confirm/?next=%2Fdesk%2F")
    context.close()


def test_it_carries_an_emergency_from_the_form_to_its_review(page: Page, home: str, house: dict[str, Any]) -> None:
    from sealedroom.models import Matter

    matter = Matter.objects.create(
        organisation=house["centre"], owner=house["farzona"], opened_week=dt.date(2026, 11, 16), name="Гулнора"
    )
    enter(page.context, home, house["nigora"])
    page.goto(f"{home}/desk/emergency/")
    page.get_by_label("The record’s code").fill("01234567")
    page.get_by_label("Somebody is in danger now").check()
    page.get_by_label("What happens?").fill("She rang: he is at the door.")
    page.get_by_role("button", name="Open it now").click()
    expect(page.get_by_role("alert")).to_contain_text("No record with this code opens to you")
    expect(page.get_by_label("What happens?")).to_have_value("She rang: he is at the door.")
    page.get_by_label("The record’s code").fill(str(matter.pk)[:8])
    page.get_by_role("button", name="Open it now").click()
    page.wait_for_url(f"{home}/desk/sealed/{matter.pk}/")
    expect(page.locator("body")).to_contain_text(f'"code": "{str(matter.pk)[:8]}"')
    enter(page.context, home, house["manizha"])
    page.goto(f"{home}/desk/emergency/review/")
    expect(page.get_by_text("She rang: he is at the door.")).to_be_visible()
    page.get_by_role("button", name=re.compile("It was needed.*Nigora")).click()
    expect(page.get_by_text("No emergency opening waits for a review.")).to_be_visible()
