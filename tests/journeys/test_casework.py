"""The work on a case in a real browser: it fits a telephone, hinders nobody, and counts a day in a village without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from screens import enter, looked_at

WIDTHS = {"phone": 320, "wide": 1280}
pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def lived(office: Any) -> Any:
    """A case that waits for approval, with something of each kind in it, and a day in a village."""
    from cases_work import to_close, write
    from cases_world import gulnoras
    from hamroh.cases import actions
    from hamroh.vault import journal

    today = timezone.now().date()
    done = actions.Done(today, 40, "Гуфт, ки " + "занг" * 60)
    with journal.openings("task"):
        case = gulnoras(office)
        does = {"actor": office.farzona, "case": case}
        actions.give_service(**does, kind="paper", done=done)
        actions.add_encounter(**does, place="office", done=done, present="Модари ӯ")
        write(office.farzona, case, words="Ш" * 300)
        actions.hand_task(**does, assignee=office.manizha, words="Ба суд занг задан", due_date=today)
        to_close(office, case)
        actions.keep_filter(actor=office.manizha, organisation=office.centre, query="state=open")
    return case


@pytest.fixture
def village(office: Any) -> Any:
    from hamroh.cases import actions

    today = timezone.now().date()
    return actions.begin_day(actor=office.farzona, organisation=office.centre, place="Сафедорон", on_date=today)


@pytest.fixture
def pages(lived: Any, village: Any) -> dict[str, str]:
    """Every page of the work on a case by its name."""
    base = f"/desk/cases/{lived.code}/"
    return {
        "list": "/desk/cases/?state=open", "case": base, "story": f"{base}story/", "print": f"{base}print/",
        "approve": f"{base}move/closed/", "back": f"{base}move/active/", "need": f"{base}needs/new/",
        "help": f"{base}help/new/", "met": f"{base}met/new/", "note": f"{base}notes/new/", "task": f"{base}tasks/new/",
        "team": "/desk/cases/team/", "days": "/desk/cases/days/", "day": f"/desk/cases/days/{village.pk}/",
        "advice": "/desk/cases/advice/new/",
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "size"), looked_at("tg", "phone"))
def test_it_fits_and_hinders_nobody(request: Any, page: Page, pages: dict[str, str], lang: str, size: str) -> None:
    home, overflow, faults = (request.getfixturevalue(name) for name in ("home", "overflow", "serious_faults"))
    shot: Callable[[Page, str], Any] = request.getfixturevalue("shot")
    page.set_viewport_size({"width": WIDTHS[size], "height": 800})
    enter(page.context, home, request.getfixturevalue("office").manizha, lang)
    for name, address in pages.items():
        page.goto(home + address)
        assert (name, overflow(page), faults(page)) == (name, 0, [])
        shot(page, f"casework-{name}-{lang}-{size}")


def test_it_counts_women_by_a_tap_each_without_script(
    browser: Browser, home: str, office: Any, village: Any
) -> None:  # fmt: skip
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    enter(context, home, office.farzona)
    page = context.new_page()
    page.goto(f"{home}/desk/cases/days/{village.pk}/")
    page.get_by_role("link", name="18 to 29").click()
    for _woman in range(3):
        page.get_by_role("button", name="Alimony").click()
    expect(page.get_by_role("button", name="Alimony 3")).to_be_visible()
    assert {(each.topic, each.age_band): each.count for each in village.tallies.all()} == {("alimony", "18-29"): 3}
    context.close()


def test_it_closes_a_case_and_takes_nothing_by_the_way_back(
    page: Page, home: str, office: Any, lived: Any
) -> None:  # fmt: skip
    """The form that was open before the closing is sent afterwards: nothing is written, nothing typed is lost."""
    enter(page.context, home, office.manizha)
    page.goto(f"{home}/desk/cases/{lived.code}/notes/new/")
    page.get_by_label("The note").fill("Ask about the house.")
    other = page.context.new_page()
    other.goto(f"{home}/desk/cases/{lived.code}/")
    other.get_by_role("link", name="Approve the closing").click()
    other.get_by_role("button", name="Approve the closing").click()
    expect(other.get_by_role("link", name="Reopen the case")).to_be_visible()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("alert")).to_contain_text("This case is closed")
    expect(page.get_by_label("The note")).to_have_value("Ask about the house.")
