"""Somebody looks for help on a slow phone, keeps a copy or prints it, and leaves without a trace."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from tables import fill

MONEY, KULOB = 4127, 2825
RESULTS = f"/tg/info/?a={MONEY}&b={KULOB}"
PAGES = (
    "/info/",
    f"/info/?a={MONEY}",
    f"/info/?a={MONEY}&b={KULOB}",
    f"/info/k?a={MONEY}&b={KULOB}",
    f"/info/p/{KULOB}",
)
KEPT_THINGS = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  stored: localStorage.length + sessionStorage.length,
})"""
NOTHING = {"caches": [], "workers": 0, "stored": 0}


@pytest.fixture
def lawyer(transactional_db: None) -> Any:
    from django.db import connection

    from hamroh.directory.models import Service

    fill(connection, load)
    return Service.objects.get()


def load() -> None:
    """One checked service in Kulob, in a home with all places, words and needs."""
    from hamroh.directory import actions
    from hamroh.directory.models import (
        AdminUnit,
        EmergencyRoute,
        Location,
        Party,
        Phone,
        Schedule,
        Service,
        ServiceAtLocation,
    )
    from hamroh.thesaurus.actions import load_starter_vocabulary
    from hamroh.thesaurus.models import Concept

    actions.load_places(actor=None)
    load_starter_vocabulary(actor=None)
    actions.load_needs(actor=None)
    actions.load_emergency_routes(actor=None)
    today = timezone.localdate()
    EmergencyRoute.objects.filter(country__key="tj").update(verified_date=today)
    names = {
        "en": "Legal advice centre",
        "tg": "Маркази машварат",
        "az": "Məsləhət mərkəzi",
        "ru": "Центр консультаций",
    }
    place = AdminUnit.objects.get(code=KULOB)
    party = Party.objects.create(kind="registered_ngo", state="listed", names=names, country=place.parent.parent)
    service = Service.objects.create(
        party=party, state="listed", names=names, verified_date=today, cost="free", traits=["woman_specialist"]
    )
    service.kinds.set(Concept.objects.filter(key="hm0064"))
    office = Location.objects.create(party=party, unit=place, confidentiality="public", address={"tg": "Кӯчаи марказӣ"})
    ServiceAtLocation.objects.create(service=service, location=office)
    Phone.objects.create(party=party, service=service, number="+992446000001", dialable=True)
    Schedule.objects.create(service=service, days=["MO", "TU"], opens_at=dt.time(8), closes_at=dt.time(17))


@pytest.fixture
def without_script(browser: Browser, home: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "seen", "value": "1", "url": home}])
    yield context.new_page()
    context.close()


def test_it_leads_to_help_without_script_and_says_nothing_in_the_address(lawyer, without_script, home):
    page = without_script
    page.goto(f"{home}/tg/info/")
    page.get_by_role("textbox").fill("алимент")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/tg/info/?a={MONEY}")
    page.get_by_role("textbox").fill("Кӯлоб")
    page.keyboard.press("Enter")
    page.wait_for_url(home + RESULTS)
    assert page.title() == "Ҷойҳо ва соатҳои корӣ"
    assert page.get_by_role("heading", name="Маркази машварат").is_visible()
    page.reload()
    page.go_back()
    assert page.url == f"{home}/tg/info/?a={MONEY}"


def test_it_explains_the_way_out_once(lawyer, page, home):
    page.goto(f"{home}/ru/info/")
    first = page.locator("h1").inner_text()
    page.locator("main a.btn").click()
    page.goto(f"{home}/ru/info/?a={MONEY}")
    assert first != page.locator("h1").inner_text() == "Где вам нужна помощь?"


def test_it_is_reached_by_the_keyboard_alone(lawyer, warned, home):
    page = warned.new_page()
    page.goto(f"{home}/tg/info/")
    for _press in range(60):
        page.keyboard.press("Tab")
        if "a=4127" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/tg/info/?a={MONEY}")


def test_it_goes_back_to_the_question_after_an_answer_that_was_not_understood(lawyer, warned, home):
    page = warned.new_page()
    page.goto(f"{home}/tg/info/?a={MONEY}")
    page.get_by_role("textbox").fill("qwrtqw")
    page.keyboard.press("Enter")
    page.locator(".fault").wait_for()
    page.wait_for_function("location.pathname.endsWith('/info/')")  # the page has put the question in its own place
    kept = page.get_by_role("textbox").input_value()
    page.get_by_role("textbox").fill("Кӯлоб")
    page.keyboard.press("Enter")
    page.wait_for_url(home + RESULTS)
    page.go_back()
    assert (kept, page.url) == ("qwrtqw", f"{home}/tg/info/?a={MONEY}&d=2")
    assert page.get_by_role("textbox").input_value() == ""


@pytest.fixture
def hindrances(serious_faults: Any, overflow: Any) -> Any:
    """What stands in the way of somebody on a page: serious faults by axe, a page wider than the window."""
    return lambda page: [*serious_faults(page), *(["wider than the window"] if overflow(page) else [])]


@pytest.mark.parametrize("lang", ["tg", "az", *(pytest.param(lang, marks=pytest.mark.long) for lang in ("en", "ru"))])
def test_it_hinders_nobody(lawyer, warned, home, lang, hindrances):
    page = warned.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    faults = []
    for address in (*PAGES, f"/info/e/{lawyer.code}", f"/info/e/{lawyer.code}/r"):
        page.goto(f"{home}/{lang}{address}")
        faults += [(address, fault) for fault in hindrances(page)]
    assert faults == []


def test_it_is_light(lawyer, warned, home, first_view):
    seen = first_view(warned.new_page(), home + RESULTS)
    assert seen["requests"] <= 5
    assert seen["bytes"] <= 40 * 1024
    assert seen["hosts"] == set()


def _kept(context: BrowserContext, home: str) -> Page:
    page = context.new_page()
    page.goto(f"{home}/tg/info/k?a={MONEY}&b={KULOB}")
    assert page.evaluate(KEPT_THINGS) == NOTHING
    page.get_by_role("button", name="Дар ин телефон нигоҳ доштан").click()
    page.get_by_role("link", name="Кушодани саҳифаи нигоҳдошта").wait_for()
    return page


def test_it_keeps_a_copy_that_opens_without_a_network(lawyer, warned, home):
    page = _kept(warned, home)
    warned.set_offline(True)
    page.goto(f"{home}/tg/info/o/")
    assert page.get_by_text("+992 44 600 0001").is_visible()
    assert page.title() == "Ҷойҳо ва соатҳои корӣ"


def test_it_removes_the_copy_by_one_press(lawyer, warned, home):
    page = _kept(warned, home)
    page.get_by_role("button", name="Аз ин телефон нест кардан").click()
    page.get_by_text("Нест карда шуд").wait_for()
    assert page.evaluate(KEPT_THINGS) == NOTHING


@pytest.mark.parametrize("online", [True, False], ids=["with a network", "without a network"])
def test_it_removes_the_copy_by_exit(lawyer, warned, home, online):
    warned.route(
        lambda address: urlsplit(address).hostname not in {"localhost", "127.0.0.1"},
        lambda route: route.fulfill(body="<!doctype html><title>Weather</title>", content_type="text/html"),
    )
    page = _kept(warned, home)
    page.goto(f"{home}/tg/info/o/")
    warned.set_offline(not online)
    page.locator(".exit a").click()
    page.wait_for_url(settings.EXIT_TARGETS["tg"])
    warned.set_offline(False)
    page.goto(f"{home}/robots.txt")
    assert page.evaluate(KEPT_THINGS) == NOTHING
    assert online is False or warned.cookies(home) == []
