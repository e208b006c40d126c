"""A published edition as PDF and Word for everybody; a draft for who may see it, and kept nowhere."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from hamroh.evidence.models import Erratum


def kept():
    return {each.name for each in settings.HOME.folder("made").iterdir()}


@pytest.fixture(autouse=True)
def _empty():
    for each in settings.HOME.folder("made").iterdir():
        each.unlink()


@pytest.fixture
def desk(db, shelf, settings):
    settings.IS_DEMO = True

    def enter(name):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(getattr(shelf.people, name))
        return client

    return enter


def address(edition, form="pdf", lang="tg"):
    return f"/{lang}/evidence/e/{edition.code}/edition.{form}"


def draft_address(edition, form="pdf"):
    return f"/desk/evidence/{edition.code}/edition.{form}"


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_it_hands_a_published_edition_to_everybody(client, shelf, form, start):
    answer = client.get(address(shelf.edition, form))
    assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{shelf.edition.code}-tg.{form}"'


@pytest.mark.parametrize("lang", ["en", "az", "ru"])
def test_it_is_of_the_language_of_the_address(client, shelf, lang):
    assert client.get(address(shelf.edition, lang=lang)).content != client.get(address(shelf.edition)).content


def test_it_knows_no_draft_in_public(client, shelf):
    assert client.get(address(shelf.draft)).status_code == 404


@pytest.mark.parametrize("name", ["edition.exe", "edition.PDF", "edition.pdf/", "other.pdf"])
def test_it_knows_no_other_file(client, shelf, name):
    assert client.get(f"/tg/evidence/e/{shelf.edition.code}/{name}").status_code == 404


def test_it_makes_a_file_once(client, shelf):
    first = client.get(address(shelf.edition)).content
    for each in settings.HOME.folder("made").iterdir():
        each.write_bytes(first + b"kept")
    assert client.get(address(shelf.edition)).content == first + b"kept"


def test_it_makes_another_file_when_an_erratum_comes(client, shelf):
    client.get(address(shelf.edition))
    Erratum.objects.create(
        edition=shelf.edition, texts={"en": "Six, not five."}, made_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    )
    client.get(address(shelf.edition))
    assert len(kept()) == 2


def test_it_says_when_nothing_is_new(client, shelf):
    tag = client.get(address(shelf.edition)).headers["ETag"]
    assert client.get(address(shelf.edition), headers={"if-none-match": tag}).status_code == 304


def test_it_keeps_as_many_files_as_it_may(client, shelf, monkeypatch):
    monkeypatch.setattr("hamroh.evidence.media._KEPT", 2)
    for lang in ("en", "az", "ru", "tg"):
        client.get(address(shelf.edition, lang=lang))
    assert len(kept()) == 2


def test_it_hands_a_draft_to_who_writes_it(desk, shelf):
    answer = desk("nigina").get(draft_address(shelf.draft), {"lang": "tg"})
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{shelf.draft.code}-tg.pdf"'


def test_it_keeps_no_draft(desk, shelf):
    answer = desk("nigina").get(draft_address(shelf.draft, "docx"))
    assert (kept(), answer.headers["Cache-Control"]) == (set(), "no-store")


@pytest.mark.parametrize("name", ["leyla", "kamran"])
def test_it_hides_a_draft_from_others(desk, shelf, name):
    assert desk(name).get(draft_address(shelf.draft)).status_code == 404


def test_it_asks_who_is_there_first(client, shelf):
    assert client.get(draft_address(shelf.draft)).status_code == 302
