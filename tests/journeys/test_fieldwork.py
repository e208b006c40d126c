"""In the field: a supervisor reads what came in, mends it and approves; a day of advice is counted on a phone in Tajik, without script."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from desk_world import TODAY
from field_world import Field, equipped, filled, open_field, opened, received, small_form
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.actions import days
from hamroh.fieldwork.models import DayTally, FieldDay, Submission
from hamroh.vault import journal
from screens import enter
from vault_keys import settled

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def field(demonstration: None) -> Field:
    found = open_field()
    settled(found.centre, found.other)
    return found


def seat(browser: Browser, home: str, user: Any, lang: str, **more: Any) -> Page:
    context = browser.new_context(**more)
    context.set_default_timeout(60_000)
    enter(context, home, user, lang)
    return context.new_page()


def test_it_lets_a_supervisor_read_mend_and_approve(browser: Browser, home: str, field: Field) -> None:
    with journal.openings("task"):
        opened(field, small_form())
        row = received(equipped(field).device, filled()).submission
    page = seat(browser, home, field.manizha, "en")
    page.goto(f"{home}/desk/field/results/")
    page.get_by_role("link", name="Small").first.click()
    page.get_by_role("link", name="How many?").click()
    page.get_by_label("How many?").fill("4")
    page.get_by_label("Why is it changed?").fill("She rang: four.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Mended.").wait_for()
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Approved").first.wait_for()
    assert Submission.objects.get(pk=row.pk).state == "approved"


def test_it_counts_a_day_on_a_phone_without_script(browser: Browser, home: str, field: Field) -> None:
    place = AdminUnit.objects.create(key="tj-kt-vose", code=1923, level="district", names={"tg": "Восеъ", "en": "Vose"})
    with journal.openings("task"):
        row = days.plan_day(
            actor=field.madina, organisation=field.centre, place=place, spot="Чойхона", on_date=TODAY, team=[]
        )
    page = seat(browser, home, field.madina, "tg", viewport=PHONE, java_script_enabled=False)
    page.goto(f"{home}/desk/field/results/days/{row.code}/")
    page.get_by_role("button", name="Рӯзро оғоз кардан").click()
    for _turn in range(2):
        page.locator(".taps button").first.click()
        page.get_by_role("status").wait_for()
    page.get_by_role("button", name="Пахши охиринро бозпас гирифтан").click()
    page.get_by_role("heading", name="Кӣ омад? 1").wait_for()
    box = page.locator(".taps button").first.bounding_box()
    assert box is not None
    assert box["height"] >= 56
    page.goto(f"{home}/desk/field/results/days/{row.code}/evening/")
    page.get_by_role("button", name="Рӯзро бастан").click()
    page.get_by_text("Рӯз баста шуд.").wait_for()
    assert FieldDay.objects.get(pk=row.pk).state == "closed"
    assert sum(each.count for each in DayTally.objects.filter(day=row)) == 1
