"""People of a case in a real browser: their pages fit a telephone and hinder nobody."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from screens import enter, looked_at

WIDTHS = {"phone": 320, "wide": 1280}
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def known(office: Any) -> Any:
    """A case with a marriage, a house, somebody who looks like its client, and a question to the supervisor."""
    from cases_people import elsewhere, in_question, married
    from cases_world import gulnoras
    from hamroh.cases.actions import Told
    from hamroh.cases.actions.people import keep_household
    from hamroh.vault import journal

    with journal.openings("task"):
        case = gulnoras(office)
        married(office, case, social="talaq_sms", evidence="SMS аз 3 феврал")
        gulnoras(office, told=Told(name="Gulnora Rahmonova", born={"year": 1992}))
        facts = {
            "amount": "3000",
            "currency": "RUB",
            "often": "12",
            "stopped": {"year": 2026, "month": 2},
            "rate": "90",
        }
        keep_household(actor=office.farzona, case=case, facts=facts)
        question = in_question(office, case)
        elsewhere(office, case)
    return case, question


def pages_of(known: Any) -> dict[str, str]:
    from hamroh.cases.models import Part, Person

    case, question = known
    client, husband = (Person.objects.get(case=case, part=part) for part in (Part.CLIENT, Part.HUSBAND))
    other = question.other
    whole = f"/desk/cases/{case.code}"
    return {
        "case": f"{whole}/", "person": f"{whole}/people/{client.pk}/", "edit": f"{whole}/people/{client.pk}/edit/",
        "beside": f"{whole}/people/{husband.pk}/beside/{other.pk}/", "related": f"{whole}/people/related/",
        "household": f"{whole}/household/", "conflicts": "/desk/cases/conflicts/",
        "conflict": f"{whole}/conflicts/{question.pk}/",
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "size"), looked_at("tg", "wide"))
def test_it_shows_people_on_any_screen(request: Any, page: Page, home: str, lang: str, size: str) -> None:
    office, known, faults, shot = (
        request.getfixturevalue(name) for name in ("office", "known", "serious_faults", "shot")
    )
    page.set_viewport_size({"width": WIDTHS[size], "height": 800})
    enter(page.context, home, office.manizha, lang)
    for name, address in pages_of(known).items():
        page.goto(home + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert faults(page) == [], name
        shot(page, f"people-{name}-{lang}-{size}")


def test_it_asks_before_it_enters_somebody_who_is_known(request: Any, page: Page, home: str, office: Any) -> None:
    """By the keyboard alone, in a file of somebody else."""
    from cases_world import gulnoras
    from hamroh.cases.actions import Told

    request.getfixturevalue("known")
    case = gulnoras(office, told=Told(name="Мижгона Саидова"))
    enter(page.context, home, office.farzona)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{home}/desk/cases/{case.code}/people/add/")
    page.get_by_label("Name, as it is written").fill("Gulnora Rahmonova")
    page.get_by_label("What is this person in the case?").select_option("relative")
    page.get_by_label("On her side").check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is this person known already?")).to_be_visible()
    assert request.getfixturevalue("serious_faults")(page) == []
    page.get_by_role("button", name="It is the same person").first.press("Enter")
    expect(page.get_by_role("heading", name="The same person in other files")).to_be_visible()
