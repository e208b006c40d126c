"""What is taken to a village, and what is left on a screen there: nothing that stays."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from cases_world import gulnoras
from desk_world import NOW, at
from hamroh import cases
from hamroh.accounts.models import Membership, Session
from hamroh.cases.actions import intake
from hamroh.cases.models import Draft

SAID = "Савринисо"
#: by what a page could leave something on a device
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.|cookieStore|document\.cookie|serviceWorker")


def start(client) -> str:
    return client.post("/desk/cases/new/", {"answer": "village"})["Location"].rsplit("consent/", 1)[0]


def begun(client) -> str:
    """An intake with her name in it."""
    where = start(client)
    for step, told in {"consent": {"answer": "voice"}, "name": {"name": SAID}}.items():
        assert client.post(f"{where}{step}/", {"seen": 0, **told}).status_code == 302
    return where


@pytest.fixture
def client(office):
    return at(office.farzona)


# ---- what is taken to a village


def test_it_keeps_safety_rule_15_and_leaves_nothing_to_the_browser_to_store(client):
    answer = client.get(f"{begun(client)}name/")
    assert (SAID in answer.content.decode(), "no-store" in answer["Cache-Control"]) == (True, True)
    scripts = [path.read_text(encoding="utf-8") for path in (Path(cases.__file__).parent / "static").rglob("*.js")]
    assert [STORES.findall(script) for script in scripts] == [[]] * len(scripts)


@pytest.mark.parametrize("end", ["/accounts/sign-out/", "/accounts/lock/"])
def test_it_keeps_safety_rule_15_at_sign_out_and_lock(client, end):
    where = begun(client)
    client.post(end)
    shown, sent = client.get(f"{where}name/"), client.post(f"{where}name/", {"name": "Дигар", "seen": 1})
    assert {shown["Location"].split("?")[0], sent["Location"].split("?")[0]} == {"/accounts/sign-in/"}
    assert "Дигар" not in at(Draft.objects.get().owner).get(f"{where}name/").content.decode()


def test_it_keeps_safety_rule_15_and_revokes_from_afar(office, client):
    where = begun(client)
    Membership.objects.filter(user=office.farzona).update(expires_at=NOW - dt.timedelta(minutes=1))
    assert client.get(f"{where}name/").status_code == 404
    assert (intake.wipe_expired(), Draft.objects.count()) == (1, 0)


def test_it_keeps_safety_rule_15_and_wipes_after_days_without_contact(client, time_machine):
    begun(client)
    time_machine.move_to(NOW + dt.timedelta(days=13))
    assert intake.wipe_expired() == 0
    time_machine.move_to(NOW + dt.timedelta(days=15))
    assert (intake.wipe_expired(), Draft.objects.count()) == (1, 0)


# ---- what is left on a screen


def test_it_keeps_safety_rule_6_and_leaves_nothing_of_a_case_by_the_exit(office, client):
    case = gulnoras(office)
    assert client.get(f"/desk/cases/{case.code}/").status_code == 200
    answer = client.get("/exit")
    assert answer["Location"].startswith("https://")
    assert answer["Location"] in str(settings.EXIT_TARGETS)
    assert '"cache", "cookies", "storage"' in answer["Clear-Site-Data"]
    assert client.get(f"/desk/cases/{case.code}/")["Location"].startswith("/accounts/sign-in/")


def test_it_keeps_safety_rule_6_and_locks_a_case_after_ten_minutes(office, client):
    case = gulnoras(office)
    where = f"/desk/cases/{case.code}/"
    assert "web/lock" in client.get(where).content.decode()
    for minutes, status in ((9, 200), (11, 302)):
        Session.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=minutes))
        assert client.get(where).status_code == status


def test_it_keeps_safety_rule_6_and_remembers_nobody_on_a_shared_machine(office, client):
    kept = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (settings.SESSION_EXPIRE_AT_BROWSER_CLOSE, client.get("/desk/cases/").status_code) == (True, 200)
    assert not kept["max-age"]
    assert not kept["expires"]


def test_it_keeps_safety_rule_6_and_titles_a_case_by_its_code(office, client):
    case = gulnoras(office)
    title = re.search(r"<title>(.*?)</title>", client.get(f"/desk/cases/{case.code}/").content.decode(), re.DOTALL)
    assert title
    assert "Гулнора" not in title.group(1)
