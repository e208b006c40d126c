"""An editor brings a vocabulary: sees what would change, then says so."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from rooms_thesaurus_data import HOMES

from hamroh.thesaurus.models import Scheme
from hamroh.vault.models import JournalLine

BRING, CONFIRM = "/desk/thesaurus/", "/desk/thesaurus/confirm/"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.zarina)
    return client


def bring(desk, text, **values):
    file = ContentFile(text if isinstance(text, bytes) else text.encode(), name="homes.ttl")
    return desk.post(BRING, {"file": file, "layer": "organisation", "code": "", "extends": "", **values})


def ticket(response):
    return re.search('name="ticket" value="([^"]+)"', response.content.decode())[1]


def test_it_shows_what_would_change_and_writes_nothing(desk):
    response = bring(desk, HOMES)
    assert "What would change" in response.content.decode()
    assert not Scheme.objects.exists()


def test_it_imports_when_she_says_so(desk, cast):
    desk.post(CONFIRM, {"ticket": ticket(bring(desk, HOMES))})
    assert Scheme.objects.get(code="homes").maintainer_id == cast.centre.pk
    assert JournalLine.objects.get(verb="thesaurus.import").actor_id == cast.zarina.pk


def test_it_keeps_no_file_afterwards(desk, files):
    desk.post(CONFIRM, {"ticket": ticket(bring(desk, HOMES))})
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_it_says_why_a_file_is_refused_and_where(desk, files):
    response = bring(desk, HOMES.replace('"house"@en', '"house"@en , "building"@en'), code="homes", layer="national")
    text = response.content.decode()
    assert response.status_code == 400
    assert "Line 24" in text
    assert "two preferred labels" in text
    assert 'value="homes"' in text
    assert not any(files.rglob("*.*"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"\xff\xfe\x00"])
def test_it_says_why_a_file_is_no_vocabulary(desk, content):
    response = bring(desk, content)
    assert response.status_code == 400
    assert "cannot be imported" in response.content.decode()


def test_it_asks_for_a_file(desk):
    response = desk.post(BRING, {"layer": "national"})
    assert response.status_code == 400


def test_it_refuses_a_large_file_before_reading_it(desk, monkeypatch):
    from hamroh.thesaurus import forms

    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 100)
    assert "larger than 20 MB" in bring(desk, HOMES).content.decode()


def test_it_gives_nothing_for_somebody_elses_ticket(desk, client, cast):
    held = ticket(bring(desk, HOMES))
    client.force_login(cast.aygun)
    client.post(CONFIRM, {"ticket": held})
    assert not Scheme.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoxfQ:1:abc"])
def test_it_gives_nothing_for_a_forged_ticket(desk, forged):
    assert desk.post(CONFIRM, {"ticket": forged}).status_code == 302
    assert not Scheme.objects.exists()


def test_it_explains_a_ticket_of_a_file_that_is_gone(desk):
    held = ticket(bring(desk, HOMES))
    for name in default_storage.listdir("thesaurus")[1]:
        default_storage.delete(f"thesaurus/{name}")
    assert "Choose it again" in desk.post(CONFIRM, {"ticket": held}, follow=True).content.decode()


@pytest.mark.parametrize("address", [BRING, CONFIRM])
def test_it_shows_the_desk_to_nobody_else(client, cast, address):
    client.force_login(cast.rustam)
    assert client.post(address, {}).status_code == 404


def test_it_asks_strangers_to_sign_in(client, db):
    assert client.get(BRING).status_code == 302
