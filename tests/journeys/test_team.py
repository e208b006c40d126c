"""The team's screens by keyboard alone and without any script: a filter that is kept, cases that are ticked and given, unseen danger."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from keyboard import choose, reach, send
from screens import enter

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def keys(browser: Browser, home: str, office: Any) -> Any:
    """The supervisor at a telephone without script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    enter(context, home, office.manizha, "tg")
    yield context.new_page()
    context.close()


@pytest.fixture
def cases(office: Any) -> list[Any]:
    """Two quiet cases and one with high danger that nobody has looked at."""
    from cases_work import screened
    from cases_world import gulnoras
    from hamroh.cases import actions

    found = [gulnoras(office, told=actions.Told(name=name)) for name in ("Гулнора", "Зулфия", "Мадина")]
    screened(found[2], "high")
    return found


def test_it_filters_the_list_and_keeps_the_filter(keys: Page, home: str, cases: list[Any]) -> None:
    from hamroh.cases.models import SavedFilter

    keys.goto(f"{home}/desk/cases/")
    choose(keys, "summary", "main details")
    reach(keys, "[name=risk]", "main")
    keys.keyboard.press("End")
    send(keys, "button.btn", "main form.filter")
    assert "risk=" in keys.url
    send(keys, "button.btn", "main form[action$='filters/']")
    assert SavedFilter.objects.get().query.startswith("risk=")


def test_it_gives_two_ticked_cases_to_a_worker(keys: Page, home: str, office: Any, cases: list[Any]) -> None:
    from hamroh.cases.models import Case

    keys.goto(f"{home}/desk/cases/")
    for case in cases[:2]:
        reach(keys, f"input[value='{case.code}']", "main")
        keys.keyboard.press("Space")
    reach(keys, "select[name=owner]", "main")
    keys.keyboard.type(str(office.zebo)[:4])
    send(keys, "button.btn", "main form[action$='assign/']")
    assert set(Case.objects.filter(owner=office.zebo).values_list("pk", flat=True)) == {case.pk for case in cases[:2]}


def test_it_goes_from_the_team_to_a_danger_that_nobody_saw(keys: Page, home: str, cases: list[Any]) -> None:
    keys.goto(f"{home}/desk/cases/team/")
    send(keys, f"a[href*='{cases[2].code}']", "main")
    assert f"/desk/cases/{cases[2].code}/" in keys.url
