"""A programme manager from a new project to the report to its donor; the same pages in Tajik on a telephone."""

import re
from typing import Any

import pytest
from django.conf import settings as conf
from playwright.sync_api import BrowserContext, Page, expect

PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def demonstration(settings: Any, transactional_db: None, fresh_keys: None) -> None:
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


@pytest.fixture
def there() -> Any:
    from projects_world import open_programme
    from vault_keys import settled

    found = open_programme()
    settled(found.office.centre, found.office.other)
    return found


def signed_in(context: BrowserContext, user: Any, lang: str) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.cookies[conf.SESSION_COOKIE_NAME].value
    told = ((conf.SESSION_COOKIE_NAME, session), ("lang", lang))
    context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"} for name, value in told])


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def filled(page: Page, address: str, **typed: str) -> None:
    """Open a form, type, save."""
    page.goto(address)
    for name, text in typed.items():
        page.locator(f"[name={name}]").fill(text)
    save(page)


def planned(page: Page, project: str) -> None:
    """A result, an indicator and its period."""
    page.goto(f"{project}note/result/")
    page.get_by_label("Outcome").check()
    page.locator("[name=number]").fill("1")
    page.locator("[name=titles_en]").fill("Women know their rights")
    save(page)
    page.goto(f"{project}note/indicator/")
    page.locator("[name=result]").select_option(index=1)
    page.locator("[name=code]").fill("1a")
    page.locator("[name=titles_en]").fill("Women who were advised")
    save(page)
    page.get_by_role("link", name="Periods and targets").click()
    page.locator("[name=starts_date]").fill("2026-01-01")
    page.locator("[name=ends_date]").fill("2026-12-31")
    page.locator("[name=value]").fill("100")
    save(page)


def reported(page: Page, home: str, code: str) -> None:
    """The table of activities, and a draft of the report that has the figure."""
    page.goto(f"{home}/desk/projects/iati/4w/")
    with page.expect_download() as table:
        page.locator("a[href$='.xlsx']").first.click()
    assert table.value.suggested_filename.endswith(".xlsx")
    page.goto(f"{home}/desk/projects/reports/new/{code}/")
    page.locator("[name=starts]").fill("2026")
    page.locator("[name=ends]").fill("2026")
    page.locator("[name=languages][value=en]").check()
    save(page)
    expect(page.get_by_text("Women who were advised").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"\b61\b")).first).to_be_visible()


def test_it_leads_from_a_new_project_to_the_report_to_its_donor(
    context: BrowserContext, page: Page, home: str, *, there: Any, shot: Any, overflow: Any, serious_faults: Any
) -> None:
    signed_in(context, there.lola, "en")
    page.set_viewport_size(WIDE)
    named = {
        "titles_en": "Advice in the villages",
        "reference": "VILLAGES-2026",
        "starts": "01.2026",
        "ends_planned": "12.2026",
    }
    filled(page, f"{home}/desk/projects/new/", **named)
    expect(page.get_by_role("heading", name="Advice in the villages")).to_be_visible()
    project = page.url
    code = project.rstrip("/").rpartition("/")[2]
    planned(page, project)
    page.get_by_role("link", name="Fill in figures").click()
    page.locator("[name^=v_]").fill("61")
    page.locator("[name=source_words]").fill("Book of advice, p. 12")
    save(page)
    expect(page.get_by_text("waits for a second person", exact=False).first).to_be_visible()
    shot(page, "project-results-en-1280")
    signed_in(context, there.manizha, "en")
    page.goto(f"{project}results/")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("61 of 100")).to_be_visible()
    assert (overflow(page), serious_faults(page)) == (0, [])
    signed_in(context, there.lola, "en")
    filled(
        page,
        f"{home}/desk/projects/work/activity/new/?of={code}",
        whats_en="A day of advice",
        who="Government of Norway",
    )
    expect(page.get_by_role("heading", name="A day of advice")).to_be_visible()
    reported(page, home, code)
    signed_in(context, there.lola, "tg")
    page.set_viewport_size(PHONE)
    for name in ("", "results/", "results/fill/", "note/risk/"):
        page.goto(f"{project}{name}")
        assert (name, overflow(page), serious_faults(page)) == (name, 0, [])
        shot(page, f"project-{name.replace('/', '-')}tg-360")
