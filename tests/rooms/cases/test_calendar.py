"""Calendars that telephones fetch: code and time, and nothing else; whoever has no address learns nothing."""

import datetime as dt
import re

import icalendar
import pytest

from cases_matters import hearing_of
from cases_world import gulnoras
from desk_world import NOW, at
from hamroh.accounts.models import ConflictBlock, Membership
from hamroh.cases.actions import calendar as actions
from hamroh.cases.actions import deadlines
from hamroh.cases.models import CalendarToken
from hamroh.cases.selectors import calendars as reads
from hamroh.vault import journal
from hamroh.vault.models import JournalLine


@pytest.fixture(autouse=True)
def clock_of_dushanbe(office):
    office.centre.zone = "Asia/Dushanbe"
    office.centre.save()


@pytest.fixture
def secret(office, case) -> str:
    hearing_of(office, case)
    return actions.make_calendar(actor=office.farzona)


def fetched(client, secret: str):
    return client.get("/cal/calendar.ics", {"k": secret})


def summaries(client, secret: str) -> list[str]:
    found = icalendar.Calendar.from_ical(fetched(client, secret).content)
    return [str(entry["SUMMARY"]) for entry in found.walk("VEVENT")]


def test_it_says_code_and_time_and_nothing_else(client, case, secret):
    assert summaries(client, secret) == [f"{case.code} 10:00"]
    text = fetched(client, secret).content.decode()
    names = set(re.findall(r"^([A-Z-]+)[;:]", text, re.MULTILINE))
    assert names == {"BEGIN", "END", "PRODID", "VERSION", "UID", "DTSTAMP", "DTSTART", "SUMMARY"}
    assert not [word for word in ("court", "Alimony", "Гулнора", "amroh", "slips") if word in text]


def test_it_stores_the_hash_of_an_address(office, secret):
    stored = CalendarToken.objects.get(user=office.farzona)
    assert secret not in repr(stored.__dict__)


def test_it_shows_an_address_once(office):
    client = at(office.farzona)
    assert "/cal/" in client.post("/desk/cases/calendar/").content.decode()
    assert "/cal/" not in client.get("/desk/cases/calendar/").content.decode()


def answer_of(client, secret: str) -> tuple[int, bytes, dict[str, str]]:
    answer = fetched(client, secret)
    headers = {name: value for name, value in answer.items() if name != "Content-Security-Policy"}
    return answer.status_code, answer.content, headers


def test_it_answers_a_revoked_address_as_one_that_never_was(client, office, secret):
    actions.revoke_calendar(actor=office.farzona)
    assert answer_of(client, secret)[0] == 404
    assert answer_of(client, secret) == answer_of(client, "A" * 43)


def test_it_replaces_the_address_before(client, office, secret):
    newer = actions.make_calendar(actor=office.farzona)
    assert [fetched(client, each).status_code for each in (secret, newer)] == [404, 200]


@pytest.mark.parametrize("guess", ["A", "..", "%00", "' OR 1=1 --", "A" * 5000, "Ҳ"])
def test_it_finds_nothing_by_guessing(client, secret, guess):
    assert fetched(client, guess).status_code == 404


def test_it_stops_who_guesses_on_and_on(client, secret):
    answers = [fetched(client, f"guess{number}").status_code for number in range(70)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert fetched(client, secret).status_code == 429


def test_it_shows_to_each_only_her_own_cases(client, office, secret):
    other = actions.make_calendar(actor=office.zebo)
    assert summaries(client, other) == []


def test_it_forgets_a_case_that_was_shut_to_its_person(client, office, case, secret):
    ConflictBlock.objects.create(user=office.farzona, record_kind="cases.case", record_id=str(case.pk))
    assert summaries(client, secret) == []


def test_it_forgets_everything_when_the_role_has_ended(client, office, secret):
    Membership.objects.filter(user=office.farzona).update(expires_at=NOW - dt.timedelta(days=1))
    assert summaries(client, secret) == []


def test_it_is_shut_with_the_account(client, office, secret):
    office.farzona.is_active = False
    office.farzona.save(update_fields=["is_active"])
    assert fetched(client, secret).status_code == 404


def test_it_leaves_out_what_was_put_off_and_what_is_long_past(client, office, case, secret):
    row = hearing_of(office, gulnoras(office))
    deadlines.change_hearing(actor=office.farzona, hearing=row, starts_at=row.starts_at, state="cancelled", told={})
    assert summaries(client, secret) == [f"{case.code} 10:00"]


def test_it_opens_nothing_sealed(client, secret):
    with journal.openings("task") as opened:
        fetched(client, secret)
    assert opened.lines == {}


def test_it_writes_a_day_of_fetching_down_once(client, office, secret):
    for _often in range(3):
        fetched(client, secret)
    verbs = list(JournalLine.objects.filter(verb__contains="calendar").values_list("verb", flat=True))
    assert sorted(verbs) == ["case.fetch_calendar", "case.make_calendar"]


def test_it_is_kept_in_no_cache(client, secret):
    answer = fetched(client, secret)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_it_says_no_address_in_the_log(client, secret, caplog, monkeypatch):
    monkeypatch.setattr(reads, "entries", None)
    client.raise_request_exception = False
    assert fetched(client, secret).status_code == 500
    assert secret not in caplog.text


def test_it_takes_no_post(client, secret):
    assert client.post("/cal/calendar.ics", query_params={"k": secret}).status_code == 405
