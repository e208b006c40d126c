"""Legal matters in a real browser: steps, days and the law fit a telephone and hinder nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from screens import enter, looked_at

WIDTHS = {"phone": 320, "wide": 1280}
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def case(office: Any) -> Any:
    from cases_world import gulnoras

    return gulnoras(office)


@pytest.fixture
def kept(office: Any, case: Any) -> dict[str, Any]:
    """An alimony matter with a step done, days counted, a hearing, papers and a letter abroad."""
    from cases_matters import hearing_of, matter_of
    from hamroh.cases.actions import deadlines, matters
    from hamroh.vault import journal

    today = timezone.now().date()
    with journal.openings("task"):
        matter = matter_of(office, case)
        does = {"actor": office.farzona, "matter": matter}
        matters.mark_step(**does, code="safe", state="done", on=today)
        matters.tick_papers(**does, states={"id_card": "here", "marriage": "asked", "summons": "none"})
        day = deadlines.count_term(**does, code="az_order_objection", base=today)
        told = {"whom": "Ədliyyə Nazirliyi", "number": "99/4", "words": "Qətnamə"}
        deadlines.log_dispatch(**does, way="sent", country="RU", on=today, told=told, alarm=today + timedelta(days=60))
        hearing_of(office, case)
    base = f"/desk/cases/{case.code}/matters/{matter.pk}/"
    pages = {
        "matter": base, "step": f"{base}step/alimony_claim/", "complaint": f"{base}step/alimony_crime/",
        "day": f"{base}days/{day.pk}/", "days": f"{base}days/new/", "hearing": f"{base}hearings/new/",
        "papers": f"{base}papers/", "abroad": f"{base}abroad/", "rule": "/desk/cases/law/?r=az.fc.106_4.average_wage",
        "law": "/desk/cases/law/?of=TJ", "way": "/desk/cases/abroad/?origin=TJ&to=RU", "calendar": "/desk/cases/calendar/",
    }  # fmt: skip
    return {"user": office.farzona, "pages": pages, "base": base}


@pytest.mark.parametrize(("lang", "size"), looked_at("az", "wide"))
def test_it_fits_and_hinders_nobody(request: Any, page: Page, kept: dict[str, Any], lang: str, size: str) -> None:
    home, overflow, faults = (request.getfixturevalue(name) for name in ("home", "overflow", "serious_faults"))
    shot: Callable[[Page, str], Any] = request.getfixturevalue("shot")
    page.set_viewport_size({"width": WIDTHS[size], "height": 800})
    enter(page.context, home, kept["user"], lang)
    for name, address in kept["pages"].items():
        page.goto(home + address)
        assert (name, overflow(page), faults(page)) == (name, 0, [])
        shot(page, f"matters-{name}-{lang}-{size}")


def test_it_shows_the_address_of_a_calendar_on_a_telephone(
    page: Page, home: str, kept: dict[str, Any], overflow: Callable[[Page], int]
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    enter(page.context, home, kept["user"])
    page.goto(f"{home}/desk/cases/calendar/")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_text("/cal/calendar.ics")).to_be_visible()
    assert overflow(page) == 0


def test_it_takes_her_decision_and_then_the_complaint(page: Page, home: str, kept: dict[str, Any]) -> None:
    enter(page.context, home, kept["user"])
    page.goto(f"{home}{kept['pages']['complaint']}")
    page.get_by_label("On which day was she told of the consequences?").fill("2026-01-05")
    page.get_by_label("What was she told?").fill("He may be put on trial.")
    page.get_by_label("She wants it").check()
    page.get_by_label("In her words").fill("I want it.")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{home}{kept['pages']['complaint']}")
    expect(page.get_by_role("heading", name="She wants it: was it done?")).to_be_visible()
    page.get_by_role("radio", name="Done").check()
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator("ol.steps li").last).to_contain_text("Done")
