"""The help finder over HTTP: codes in addresses, nothing typed anywhere, kind answers to unknown words."""

import html
import logging
import re

import pytest
from django.core.management import call_command
from django.test import Client
from finder_world import AFRAID, KHUJAND, KULOB, MONEY, SHELTER, TAJIKISTAN, TODAY

from hamroh.accounts.models import Session
from hamroh.directory.models import EmergencyRoute, Location, Report, SecretPlace

CANARY = "Кабутари канарӣ шинохташаванда"


@pytest.fixture
def visitor() -> Client:
    """Somebody to whom the way out was explained before."""
    client = Client(headers={"accept": "text/html"})
    client.cookies["seen"] = "1"
    return client


def text(response) -> str:
    return html.unescape(response.content.decode())


def test_it_leads_known_words_to_an_address_of_codes(world, visitor):
    response = visitor.post("/tg/info/w", {"w": "алимент", "b": str(KULOB)})
    assert (response.status_code, response["Location"]) == (303, f"/tg/info/?a={MONEY}&b={KULOB}")


@pytest.mark.parametrize("words", ["boşanmaq istəyirəm", "хочу развестись", "талок"])
def test_it_reads_words_of_every_language(world, visitor, words):
    assert "a=5286" in visitor.post("/en/info/w", {"w": words})["Location"]


def test_it_keeps_unknown_words_in_their_field(world, visitor):
    response = visitor.post("/tg/info/w", {"w": CANARY})
    assert response.status_code == 422
    assert f'value="{CANARY}"' in text(response)


def test_it_suggests_sentences_for_half_known_words(world, visitor):
    response = visitor.post("/ru/info/w", {"w": "сурагам нест"})
    assert "Не могу найти мужа или сына" in text(response)


def test_it_leads_a_place_to_its_code(world, visitor):
    response = visitor.post("/tg/info/v", {"v": "Кӯлоб", "a": str(MONEY)})
    assert response["Location"] == f"/tg/info/?a={MONEY}&b={KULOB}"


def test_it_asks_which_place_is_meant_and_says_since_when_it_is_called_so(world, visitor):
    response = visitor.post("/en/info/v", {"v": "Бохтар", "a": str(MONEY)}, follow=True)
    assert re.fullmatch(r"a=\d+&d=2&m=[\d.-]+", response.request["QUERY_STRING"])
    assert "called so since 2018" in text(response)
    assert "until 2018" in text(response)


def test_it_keeps_an_unknown_place_in_its_field(world, visitor):
    response = visitor.post("/tg/info/v", {"v": CANARY, "a": str(MONEY)})
    assert response.status_code == 422
    assert f'value="{CANARY}"' in text(response)


@pytest.mark.parametrize("address", ["/tg/info/w", "/tg/info/v"])
def test_it_keeps_nothing_that_was_typed(world, visitor, address, caplog):
    caplog.set_level(logging.DEBUG)
    response = visitor.post(address, {"w": CANARY, "v": CANARY, "a": str(MONEY)}, follow=True)
    assert CANARY not in caplog.text
    assert CANARY not in str(response.redirect_chain)
    assert CANARY not in re.search("<title>(.*?)</title>", text(response)).group(1)
    assert Session.objects.count() == 0
    assert set(response.cookies) <= {"seen"}


def test_it_writes_nothing_typed_into_the_database(world, visitor, tmp_path):
    for address in ("/tg/info/w", "/tg/info/v"):
        visitor.post(address, {"w": CANARY, "v": CANARY})
    dump = tmp_path / "dump.json"
    call_command("dumpdata", output=str(dump), exclude=["thesaurus", "contenttypes", "directory.unitname"])
    assert CANARY not in dump.read_text("utf-8").encode().decode("unicode_escape", errors="ignore")
    assert CANARY.encode("unicode_escape").decode() not in dump.read_text("utf-8")


def test_it_logs_nothing_typed_when_it_breaks(world, visitor, monkeypatch, caplog):
    def broken(words: str, **_options: object) -> None:
        raise ValueError(f"cannot read {words}")

    monkeypatch.setattr("hamroh.directory.selectors.finder_words.understand", broken)
    visitor.raise_request_exception = False
    response = visitor.post("/tg/info/w", {"w": CANARY})
    assert response.status_code == 500
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_bears_a_neutral_title_and_leaves_no_trace(world, visitor, lang):
    world.service("lawyer", at=KULOB)
    titles = {"en": "Places and opening hours", "az": "Yerlər və iş saatları", "ru": "Места и часы работы"}
    titles["tg"] = "Ҷойҳо ва соатҳои корӣ"
    response = visitor.get(f"/{lang}/info/?a={MONEY}&b={KULOB}")
    assert f"<title>{titles[lang]}</title>" in text(response)
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize("query", ["", f"?a={MONEY}", f"?a={MONEY}&d=2&u={TAJIKISTAN}", f"?a={MONEY}&b={KULOB}&d=3"])
def test_it_shows_checked_emergency_numbers_above_every_question(world, visitor, query):
    EmergencyRoute.objects.filter(key="tj-police").update(verified_date=TODAY)
    page = text(visitor.get(f"/en/info/{query}"))
    assert 0 < page.index('href="tel:102"') < page.index("<h1")
    assert 'href="tel:103"' not in page


def test_it_shows_the_numbers_of_the_chosen_country_only(world, visitor):
    EmergencyRoute.objects.filter(key__in=["tj-police", "az-rescue"]).update(verified_date=TODAY)
    page = text(visitor.get(f"/en/info/?a={MONEY}&b={KULOB}"))
    assert 'href="tel:102"' in page
    assert 'href="tel:112"' not in page


def test_it_dials_checked_numbers_and_never_printed_ones(world, visitor):
    service = world.service("lawyer", at=KULOB)
    world.phone(service, "+992446000001")
    world.phone(service, "2-21-33", dialable=False, printed="a book of 2008")
    page = text(visitor.get(f"/en/info/?a={MONEY}&b={KULOB}"))
    assert 'href="tel:+992446000001" rel="nofollow"' in page
    assert "2-21-33" in page
    assert page.count('href="tel:') == 1


def test_it_tells_no_address_of_a_shelter(world, visitor):
    shelter = world.service("shelter", kinds=(SHELTER,), serves=(TAJIKISTAN,), traits=["by_phone"], at=KHUJAND)
    Location.objects.filter(party=shelter.party).update(confidentiality="public", address={"en": CANARY})
    world.open(shelter, date=TODAY, unit=world.unit(KHUJAND), note={"en": "note"})
    SecretPlace.objects.create(service=shelter, ask=world.phone(shelter, "+992446000002", kind="hotline"))
    addresses = [f"?a={AFRAID}&b={KULOB}", f"e/{shelter.code}", f"p/{KULOB}", f"o/c?a={AFRAID}&b={KULOB}"]
    pages = [text(visitor.get(f"/en/info/{address}")) for address in addresses]
    assert all("The place is secret" in page for page in pages)
    assert not any(CANARY in page or "Khujand" in page for page in pages)


def test_it_says_in_saffron_that_a_check_is_overdue(world, visitor):
    world.service("lawyer", at=KULOB, next_review_date=TODAY)
    world.service("old", at=KULOB, next_review_date=TODAY.replace(year=2020))
    page = text(visitor.get(f"/en/info/?a={MONEY}&b={KULOB}"))
    assert "Last checked on" in page
    assert page.count('class="st care"') == 1


def test_it_takes_a_report_without_asking_who_sends_it(world, visitor):
    service = world.service("lawyer", at=KULOB)
    address = f"/en/info/e/{service.code}/r"
    response = visitor.post(address, {"reason": "moved", "a": str(MONEY), "b": str(KULOB)})
    assert response["Location"] == f"/en/info/e/{service.code}?a={MONEY}&b={KULOB}&t=1"
    assert [(report.service, report.reason) for report in Report.objects.all()] == [(service, "moved")]
    assert "csrftoken" not in response.cookies


def test_it_asks_again_when_nothing_was_chosen_in_a_report(world, visitor):
    service = world.service("lawyer", at=KULOB)
    assert visitor.post(f"/en/info/e/{service.code}/r").status_code == 422


@pytest.mark.parametrize("path", ["e/22222222", "e/22222222/r", "p/999999"])
def test_it_answers_unknown_codes_as_a_missing_page(world, visitor, path):
    assert visitor.get(f"/en/info/{path}").status_code == 404


def test_it_gives_a_file_with_a_name_that_says_nothing(world, visitor):
    world.service("lawyer", at=KULOB)
    response = visitor.post("/en/info/k/f", {"a": str(MONEY), "b": str(KULOB)})
    assert response["Content-Disposition"] == 'attachment; filename="addresses.html"'
    assert "Party of lawyer" in text(response)
    assert "src=" not in text(response)


def test_it_keeps_no_copy_by_itself(world, visitor):
    page = text(visitor.get(f"/en/info/?a={MONEY}&b={KULOB}"))
    assert "serviceWorker" not in page
    assert "keep.js" not in page


@pytest.mark.parametrize("address", ["e/zzzzzzzz", "e/zzzzzzzz/r", "p/1"])
def test_it_leaves_no_trace_where_nothing_is_shown_any_more(world, visitor, address):
    response = visitor.get(f"/tg/info/{address}")
    assert response.status_code == 404
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert 'href="/tg/info/"' in text(response)


def test_it_leads_who_opens_the_file_s_address_back_to_what_keeping_means(world, visitor):
    assert visitor.get(f"/tg/info/k/f?a={MONEY}")["Location"] == f"/tg/info/k?a={MONEY}"


def test_it_takes_a_place_s_name_among_free_words_for_any_help_there(world, visitor):
    assert visitor.post("/tg/info/w", {"w": "Кӯлоб"})["Location"] == f"/tg/info/?a=0&b={KULOB}"


@pytest.mark.parametrize(
    ("address", "typed", "question"),
    [("w", {"w": CANARY, "b": str(KULOB)}, f"?b={KULOB}&d=1"), ("v", {"v": CANARY, "a": "4127"}, "?a=4127&d=2")],
    ids=["words", "place"],
)
def test_it_tells_the_browser_where_the_question_of_an_unread_answer_stands(world, visitor, address, typed, question):
    assert f'data-question="/tg/info/{question}"' in text(visitor.post(f"/tg/info/{address}", typed))
