"""The pages for everybody about rights, over HTTP: four languages, both countries, and nothing that stays."""

import datetime as dt
import html
import logging
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from finder_world import KULOB, SHELTER, TAJIKISTAN, TODAY

from answers import shown
from hamroh.accounts.models import Session
from hamroh.cases.selectors import rights
from hamroh.directory.models import EmergencyRoute
from hamroh.kernel.rights import STATES, matters
from hamroh.vault.models import JournalLine

LANGUAGES = ("en", "az", "ru", "tg")
TITLES = {
    "en": "Places and opening hours",
    "az": "Yerlər və iş saatları",
    "ru": "Места и часы работы",
    "tg": "Ҷойҳо ва соатҳои корӣ",
}
TOLD = {"b1": "5.2014", "b2": "2.2024", "i": "961.05", "c": "AZN", "s": "1.2024", "p": "500"}
CANARY = "88776655443"
IN = {state: f"?b={code}" for state, code in rights.CODES.items()}
ALIMONY = "/en/info/r/1"


@pytest.fixture
def visitor(db: None, time_machine) -> Client:
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    client = Client(headers={"accept": "text/html"})
    client.cookies["seen"] = "1"
    return client


def text(response) -> str:
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_each_matter(visitor, lang, state):
    for matter in matters().values():
        response = visitor.get(f"/{lang}/info/r/{matter.number}{IN[state]}")
        page = text(response)
        assert response.status_code == 200
        assert f"<title>{TITLES[lang]}</title>" in page
        assert matter.titles[lang] in page
        for saying in matter.guides[state].sayings:
            assert saying.said(lang) in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_asks_for_the_country_first(visitor, lang):
    page = text(visitor.get(f"/{lang}/info/r/3"))
    assert all(f'href="/{lang}/info/r/3{query}"' in page for query in IN.values())
    assert 'id="papers"' not in page


def test_it_lists_each_matter_as_a_sentence(visitor):
    page = text(visitor.get("/ru/info/r/"))
    assert all(f'href="/ru/info/r/{number}">{each.titles["ru"]}' in page for number, each in matters().items())


@pytest.mark.parametrize("address", ["13", "0", "99999999999999999999"])
def test_it_leads_on_from_an_address_that_means_nothing(visitor, address):
    response = visitor.get(f"/en/info/r/{address}")
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert "He sends no money for the children" in text(response)


@pytest.mark.parametrize("query", ["?b=999999", "?b=kulob", "?b=", "?b=1438.6294&b=-1", "?c=1"])
def test_it_asks_again_where_a_place_is_not_known(visitor, query):
    response = visitor.get(f"/en/info/r/1{query}")
    assert response.status_code == 200
    assert 'id="country"' in text(response)


def test_it_says_who_stated_a_rule_and_when_it_is_to_be_read_again(visitor, time_machine):
    page = text(visitor.get(f"/en/info/r/1{IN['TJ']}"))
    assert "as stated by:" in page
    assert "to be read again since" not in page
    time_machine.move_to(dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC))
    assert "to be read again since" in text(visitor.get(f"/en/info/r/1{IN['TJ']}"))


def test_it_works_the_share_out(visitor):
    read = shown(visitor.post(ALIMONY + IN["AZ"], TOLD).content.decode())
    assert "320.35 manat each month" in read
    assert "May 2014 → May 2032" in read
    assert "January 2024 – October 2026, whole months: 34" in read
    assert "from nothing to 10,231.72 manat" in read


def test_it_claims_no_past_where_nobody_saw_the_rule(visitor):
    read = shown(visitor.post(ALIMONY + IN["TJ"], TOLD | {"c": "TJS"}).content.decode())
    assert "320.35 somoni each month" in read
    assert "whole months" not in read
    assert "ask a lawyer: we have not read this rule ourselves" in read


def test_it_says_what_is_missing_where_the_income_is_not_known(visitor):
    read = shown(visitor.post(ALIMONY + IN["TJ"], TOLD | {"i": ""}).content.decode())
    assert "1/3 of what he earns, each month" in read
    assert "We do not know what he earns" in read


def test_it_changes_no_foreign_money(visitor):
    read = shown(visitor.post(ALIMONY + IN["TJ"], TOLD | {"c": "RUB"}).content.decode())
    assert "320.35 Russian rubles each month" in read
    assert "We do not change it into another" in read


@pytest.mark.parametrize(
    "odd",
    [
        {"i": "1e999"}, {"i": "-5"}, {"i": "NaN"}, {"i": "9" * 40}, {"i": "1,200"}, {"i": "0"}, {"i": "٣٤"},
        {"p": "-1"}, {"s": "1.2030"}, {"s": "13.2020"}, {"s": "0.0000"}, {"b1": "5.1990"}, {"b1": "12.2026"},
        {"b1": "", "b2": ""}, {"b1": "10000"}, {"c": "QQQ"}, {"b1": "<script>"},
    ],
    ids=lambda odd: "-".join(f"{name} {value[:8]}" for name, value in odd.items()).encode("unicode_escape").decode(),
)  # fmt: skip
def test_it_says_what_to_put_right_and_keeps_what_was_typed(visitor, odd):
    response = visitor.post(ALIMONY + IN["AZ"], TOLD | odd)
    assert response.status_code == 422
    assert 'class="errors"' in text(response)
    assert shown(response.content.decode()) == ""
    assert all(
        f'value="{html.escape(value)}"' in response.content.decode()
        for value in odd.values()
        if len(value) < 20 and value and value != "QQQ"
    )


@pytest.mark.parametrize(
    "body", ["b1=" + "5" * 5_000_000, "&".join(f"x{n}=1" for n in range(2000))], ids=["5 MB", "2000 fields"]
)
def test_it_reads_no_more_than_anybody_types(visitor, body):
    response = visitor.post(ALIMONY + IN["AZ"], body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


@pytest.mark.parametrize(
    "odd", [{"i": "9" * 40}, {"i": "1\x000"}, {"s": "5" * 21}, {"c": "QQQ"}], ids=["i", "null", "s", "c"]
)
def test_it_says_faults_in_the_language_of_the_page(visitor, odd):
    page = text(visitor.post("/tg/info/r/1" + IN["AZ"], TOLD | odd))
    faults = " ".join(re.findall(r'id="q_\w+_error">(.*?)</p>', page))
    assert faults
    assert not re.search("[A-Za-z]{4}", re.sub("<.*?>", "", faults))


def test_it_keeps_nothing_that_was_typed(visitor, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    lines = JournalLine.objects.count()
    response = visitor.post(ALIMONY + IN["AZ"], TOLD | {"i": CANARY[:9], "p": CANARY})
    dump = tmp_path / "dump.json"
    call_command("dumpdata", output=str(dump), exclude=["contenttypes"])
    assert CANARY[:9] in text(response)
    assert CANARY[:9] not in caplog.text + dump.read_text("utf-8") + str(response.headers)
    assert (Session.objects.count(), JournalLine.objects.count()) == (0, lines)
    assert set(response.cookies) <= {"seen"}


def test_it_logs_nothing_typed_when_it_breaks(visitor, monkeypatch, caplog):
    def broken(told, *_more):
        raise ValueError(f"cannot reckon {told.income}")

    monkeypatch.setattr("hamroh.kernel.owed.owed", broken)
    visitor.raise_request_exception = False
    response = visitor.post(ALIMONY + IN["AZ"], TOLD | {"i": CANARY[:9]})
    assert response.status_code == 500
    assert "ValueError" in caplog.text
    assert CANARY[:9] not in caplog.text


@pytest.mark.parametrize("address", ["", "1", "2", f"1{IN['AZ']}", f"9{IN['TJ']}"])
def test_it_leaves_no_trace(visitor, address):
    response = visitor.get(f"/tg/info/r/{address}")
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not response.cookies
    assert 'href="/exit?' in text(response)


def test_it_carries_the_answer_into_another_language_by_post(visitor):
    page = text(visitor.post(ALIMONY + IN["AZ"], TOLD))
    assert f'action="/tg/info/r/1{IN["AZ"]}"' in page
    assert 'type="hidden" name="i" value="961.05"' in page


@pytest.mark.parametrize("address", ["", f"2{IN['TJ']}"])
def test_it_takes_no_form_but_the_one_of_alimony(visitor, address):
    assert visitor.post(f"/en/info/r/{address}", TOLD).status_code == 405


def test_it_keeps_its_script_under_three_kilobytes():
    from hamroh import cases

    assert len((Path(cases.__file__).parent / "static" / "cases" / "owed.js").read_bytes()) < 3 * 1024


@pytest.fixture(scope="module")
def knowledge(django_db_setup, django_db_blocker):
    """Places, vocabulary and needs of the package, taken back afterwards."""
    from django.db import transaction

    from hamroh.directory.actions import load_emergency_routes, load_needs, load_places
    from hamroh.thesaurus.actions import load_starter_vocabulary

    with django_db_blocker.unblock(), transaction.atomic():
        load_places(actor=None)
        load_starter_vocabulary(actor=None)
        load_needs(actor=None)
        load_emergency_routes(actor=None)
        yield
        transaction.set_rollback(True)


def test_it_uses_the_codes_and_needs_of_the_finder(knowledge, visitor):
    from hamroh.directory.selectors import finder

    where = {code: rights.place_of(code, actor=None, now=timezone.now()) for code in rights.CODES.values()}
    assert {place.near.country.iso: code for code, place in where.items()} == rights.CODES
    assert {each.need for each in matters().values()} <= {need.code for need in finder.needs(actor=None)}


def test_it_knows_the_country_of_a_district(knowledge, visitor):
    page = text(visitor.get(f"/en/info/r/2?b={KULOB}"))
    assert 'id="papers"' in page
    assert f"?a=4127&b={KULOB}" in page


def test_it_shows_danger_first_and_who_can_help(knowledge, visitor):
    from hamroh.directory.models import AdminUnit, Party, Service
    from hamroh.thesaurus.models import Concept

    EmergencyRoute.objects.filter(key="tj-police").update(verified_date=TODAY)
    country = AdminUnit.objects.get(code=TAJIKISTAN)
    party = Party.objects.create(kind="registered_ngo", state="listed", names={"en": "A centre"}, country=country)
    service = Service.objects.create(party=party, state="listed", names={"en": "Night line"}, verified_date=TODAY)
    service.kinds.set(Concept.objects.filter(key=SHELTER))
    service.areas.create(unit=country)
    page = text(visitor.get(f"/en/info/r/9{IN['TJ']}"))
    assert 0 < page.index('href="tel:102"') < page.index("<h1")
    assert "Night line" in page
    assert f"/en/info/e/{service.code}?a=8350&b={TAJIKISTAN}" in page
