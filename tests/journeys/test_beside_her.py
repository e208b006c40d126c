"""Mediation, referrals, alimony, evidence, letters, state support: they hinder nobody, and are done by keyboard alone without any script."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from keyboard import choose, reach, send
from screens import enter

pytestmark = pytest.mark.usefixtures("demonstration")
LANGS = ("tg", "az", "ru", "en")
#: in the short tier each language is seen on its share of the pages, in the long one on all of them
SHARES = [
    *(pytest.param(lang, slice(at, None, 4), id=lang) for at, lang in enumerate(LANGS)),
    *(pytest.param(lang, slice(None), id=f"{lang}-all", marks=pytest.mark.long) for lang in LANGS),
]


@pytest.fixture
def pages(office: Any) -> list[str]:
    """Pages of a case with talks, a referral, what is owed, a paper, and an application."""
    from cases_alimony import fact_of
    from cases_mediation import begun
    from cases_referrals import sent
    from cases_support import begun_application
    from cases_world import gulnoras

    case = gulnoras(office, country="AZ")
    talks, referral = begun(office, case), sent(office, case).referral_id
    owed = f"matters/{fact_of(office, case).matter_id}/alimony/"
    asked = begun_application(office, gulnoras(office))
    support = f"/desk/cases/{asked.case.code}/support/{asked.matter_id}/"
    base = f"/desk/cases/{case.code}/"
    parts = [
        "mediation/", f"mediation/{talks.pk}/", f"referrals/{referral}/", "referrals/new/", owed, f"{owed}new/decision/",
        f"{owed}new/period/", "evidence/new/", "letters/", "letters/alimony_claim/",
    ]  # fmt: skip
    return [*(base + part for part in parts), support, f"{support}new/", f"{support}{asked.pk}/"]


@pytest.mark.parametrize(("lang", "share"), SHARES)
def test_it_hinders_nobody_and_fits_a_telephone(
    request: Any, page: Page, pages: list[str], lang: str, share: slice
) -> None:  # fmt: skip
    home, overflow, faults = (request.getfixturevalue(name) for name in ("home", "overflow", "serious_faults"))
    page.set_viewport_size({"width": 360, "height": 800})
    enter(page.context, home, request.getfixturevalue("office").farzona, lang)
    for address in pages[share]:
        answer = page.goto(home + address)
        assert (address, answer and answer.status, overflow(page), faults(page)) == (address, 200, 0, [])


@pytest.fixture
def keys(browser: Browser, home: str, office: Any) -> Any:
    """A browser without script, in which nobody has a mouse."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    enter(context, home, office.farzona)
    yield context.new_page()
    context.close()


def test_it_is_told_what_is_owed_by_keyboard_without_script(keys: Page, home: str, office: Any) -> None:
    from cases_matters import matter_of
    from cases_world import gulnoras
    from hamroh.cases.models import AlimonyFact

    case = gulnoras(office)
    keys.goto(f"{home}/desk/cases/{case.code}/matters/{matter_of(office, case).pk}/alimony/new/decision/")
    choose(keys, "[name=how]")
    send(keys)
    reach(keys, "[name=share]")
    keys.keyboard.type("1/4")
    send(keys)
    reach(keys, "[name=since]")
    keys.keyboard.type("01152026")
    send(keys)
    choose(keys, "[name=basis]")
    reach(keys, "[name=paper]")
    keys.keyboard.type("2-114")
    send(keys)
    assert AlimonyFact.objects.get().part == "decision"


def test_it_makes_a_letter_by_keyboard_without_script(keys: Page, home: str, office: Any) -> None:
    from cases_world import gulnoras

    keys.goto(f"{home}/desk/cases/{gulnoras(office).code}/letters/power_of_attorney/")
    reach(keys, "[name=purpose]")
    keys.keyboard.type("for the court")
    with keys.expect_download() as made:
        keys.keyboard.press("Enter")
    assert made.value.path().read_bytes().startswith(b"%PDF-")
