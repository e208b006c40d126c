"""Somebody who knows what a place is called finds it, however she spells it; the address has codes alone."""

import html
import logging

import pytest
from django.test import Client
from finder_world import KHUJAND, KULOB, MONEY

from hamroh.directory.models import PartyName, SecretPlace, Service
from hamroh.directory.selectors import search_documents
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
    name, _, codes = response["Location"].partition("?")[2].partition("&")[0].partition("=")
    return set(codes.split(".")) if name == "s" else set()


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
    assert codes_in(response) == {service.code for service in lantern}


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
    page = visitor.get(f"/en/info/?s={lantern[0].code}").content.decode()
    assert "Legal advice" not in page


def test_it_says_of_a_shelter_found_by_name_only_whom_to_ask(world, visitor):
    party = world.party("Quiet harbour")
    shelter = world.service("A room for the night", party=party, at=KHUJAND)
    SecretPlace.objects.create(service=shelter)
    index.index_documents(search_documents())
    response = visitor.post("/en/info/w", {"w": "quiet harbor"}, follow=True)
    assert codes_in(visitor.post("/en/info/w", {"w": "quiet harbour"})) == {shelter.code}
    assert "Khujand" not in response.content.decode()
