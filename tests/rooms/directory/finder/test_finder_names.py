"""Somebody who knows what a place is called finds it, however she spells it; the address has codes alone."""

import html
import logging
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from finder_world import KHUJAND, KULOB, MONEY, TODAY

from hamroh.directory.models import Channel, Location, Party, PartyName, Phone, SecretPlace, Service
from hamroh.directory.selectors import finder, search_documents
from hamroh.search import actions as index

NAMES = {
    "tg": "Чароғи ҳидоят",
    "ru": "Свет надежды",
    "en": "Lantern of Guidance",
    "az": "Hidayət çırağı",
}


@pytest.fixture
def visitor() -> Client:
    client = Client(headers={"accept": "text/html"})
    client.cookies["seen"] = "1"
    return client


@pytest.fixture
def lantern(world):
    """An organisation of four names with two services, beside one that is called otherwise."""
    party = world.party("x")
    party.names = NAMES
    party.save()
    PartyName.objects.create(party=party, lang="ru", text="Чароги Хидоят", kind="other")
    services = [world.service(name, party=party, at=KHUJAND) for name in ("Legal advice", "Support group")]
    world.service("Court company", party=world.party("Women and the law"), at=KULOB)
    index.index_documents(search_documents())
    return services


def codes_in(response):
    """Codes of the parties that the address names; of nothing but codes."""
    asked = dict(parse_qsl(urlsplit(response.get("Location", "")).query))
    return set(asked.get("o", "").split(".")) - {""}


@pytest.mark.parametrize(
    "typed",
    [
        "Чароғи ҳидоят",
        "чароги хидоят",
        "charoghi hidoyat",
        "хидоят",
        "Чароги хидоет",
        "Свет надежды",
        "свет надежд",
        "lantern of guidance",
        "lanten guidance",
        "Hidayət çırağı",
        "hidayet ciragi",
    ],
)
def test_it_finds_an_organisation_by_its_name_however_it_is_spelt(lantern, visitor, typed):
    response = visitor.post("/tg/info/w", {"w": typed, "b": str(KULOB)})
    assert response.status_code == 303
    assert codes_in(response) == {lantern[0].party.code}


def test_it_shows_its_services_wherever_they_are(lantern, visitor):
    response = visitor.post("/en/info/w", {"w": "lantern guidance", "b": str(KULOB)}, follow=True)
    text = html.unescape(response.content.decode())
    assert "Legal advice" in text
    assert "Support group" in text
    assert "Court company" not in text


def test_it_keeps_a_typed_name_out_of_addresses_titles_and_logs(lantern, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    response = visitor.post("/en/info/w", {"w": "lantern guidance"}, follow=True)
    title = response.content.decode().partition("<title>")[2].partition("</title>")[0]
    for kept in (caplog.text, str(response.redirect_chain), title):
        assert "antern" not in kept


def test_it_takes_words_of_the_vocabulary_for_needs_and_not_for_names(lantern, world, visitor):
    world.service("Алимент", party=world.party("Алимент"))
    index.index_documents(search_documents())
    assert f"a={MONEY}" in visitor.post("/tg/info/w", {"w": "алимент"})["Location"]


def test_it_leads_by_name_to_nothing_that_nobody_verified(lantern, visitor, settings):
    settings.IS_DEMO = False
    Service.objects.update(verified_date=None)
    response = visitor.post("/en/info/w", {"w": "lantern guidance"})
    assert codes_in(response) == set()
    page = visitor.get(f"/en/info/?o={lantern[0].party.code}").content.decode()
    assert "Legal advice" not in page
    assert "Lantern" not in page


def test_it_says_of_a_shelter_found_by_name_only_whom_to_ask(world, visitor):
    party = world.party("Quiet harbour")
    shelter = world.service("A room for the night", party=party, at=KHUJAND)
    SecretPlace.objects.create(service=shelter)
    index.index_documents(search_documents())
    response = visitor.post("/en/info/w", {"w": "quiet harbor"}, follow=True)
    assert codes_in(visitor.post("/en/info/w", {"w": "quiet harbour"})) == {party.code}
    assert "Khujand" not in response.content.decode()


@pytest.fixture
def unchecked(lantern, settings):
    """Nobody verified any of it, and it is shown as a demonstration shows it."""
    settings.IS_DEMO = True
    Service.objects.filter(party=lantern[0].party).update(
        verified_date=None, sources=[{"title": "A portal", "as_of": "about 2010"}]
    )
    return lantern


def page_of(visitor, typed):
    return html.unescape(visitor.post("/en/info/w", {"w": typed}, follow=True).content.decode())


def test_it_shows_what_nobody_checked_first_and_says_so_and_help_elsewhere_after_it(unchecked, visitor):
    page = page_of(visitor, "lantern of guidance")
    said = ["Found by its name", "Never checked. Printed in 2010.", "Help elsewhere", "Any help"]
    assert [page.index(words) for words in said] == sorted(page.index(words) for words in said)
    assert "Nothing fits exactly" not in page


def test_it_shows_all_that_somebody_does_whom_she_named(unchecked, world, visitor):
    for number in range(finder.PAGE):
        world.service(f"Deed {number}", party=unchecked[0].party, at=KHUJAND, verified_date=None)
    page = page_of(visitor, "lantern of guidance")
    assert page.count("<article") == finder.PAGE + 2


@pytest.fixture
def ministry(world):
    """An organisation without a service, with a number of its own and a secret as no public page tells it."""
    party = world.party("Committee of the Seven Springs", verified_date=TODAY, kind="state_agency")
    Phone.objects.create(party=party, number="+992372210000", dialable=True)
    Location.objects.create(party=party, unit=world.unit(KHUJAND), confidentiality="area_only")
    Channel.objects.create(party=party, kind="web", value="https://springs.example/")
    index.index_documents(search_documents())
    return party


def test_it_finds_an_organisation_that_has_no_service(ministry, visitor):
    page = page_of(visitor, "seven springs")
    assert "Committee of the Seven Springs" in page
    assert 'href="tel:+992372210000"' in page
    assert 'href="https://springs.example/"' in page
    assert "Khujand" in page


def test_it_shows_who_has_a_service_by_the_service_alone(ministry, world, visitor):
    world.service("Seven Springs advice", party=ministry, at=KHUJAND)
    page = page_of(visitor, "seven springs")
    assert "Seven Springs advice" in page
    assert 'href="https://springs.example/"' not in page


@pytest.mark.parametrize(
    "facts",
    [{"verified_date": None}, {"state": "archived"}, {"visibility": "network"}, {"kind": "poet"}],
    ids=["never verified", "archived", "not public", "without consent"],
)
def test_it_names_nobody_whom_the_directory_does_not_show(ministry, visitor, settings, facts):
    settings.IS_DEMO = False
    address = visitor.post("/en/info/w", {"w": "seven springs"})["Location"]
    Party.objects.filter(pk=ministry.pk).update(**facts)
    assert "Seven Springs" not in visitor.get(address).content.decode()
    assert codes_in(visitor.post("/en/info/w", {"w": "seven springs"})) == set()


def test_it_offers_a_need_first_and_whoever_is_called_so_beside_it(world, visitor):
    called = world.service("Office hours", party=world.party("Алимент"), at=KHUJAND).party
    world.service("Court company", party=world.party("Алимент ва кӯдакон"), at=KULOB)
    index.index_documents(search_documents())
    response = visitor.post("/tg/info/w", {"w": "алимент", "b": str(KULOB)})
    assert response["Location"] == f"/tg/info/?a={MONEY}&o={called.code}&b={KULOB}"
    page = html.unescape(visitor.get(response["Location"]).content.decode())
    assert f'href="/tg/info/?o={called.code}&b={KULOB}"' in page
    assert "Office hours" in html.unescape(visitor.get(f"/tg/info/?o={called.code}&b={KULOB}").content.decode())


def test_it_offers_a_name_of_plain_words_before_the_place_is_said(world, visitor):
    party = world.service("Office hours", party=world.party("Алимент"), at=KHUJAND).party
    index.index_documents(search_documents())
    response = visitor.post("/tg/info/w", {"w": "алимент"}, follow=True)
    assert f'href="/tg/info/?o={party.code}"' in html.unescape(response.content.decode())


def test_it_forgets_who_was_called_so_when_another_need_is_chosen(ministry, visitor):
    page = visitor.get(f"/en/info/?a={MONEY}&o={ministry.code}&d=1").content.decode()
    assert 'href="/en/info/?a=5286"' in page
