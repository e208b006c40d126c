"""The desk's import: hand over, look, say yes or no; a secret address is on no page and on no disk."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

CANARY = "Kucha Canary 77"
DESK = "/desk/directory/import/"


@pytest.fixture
def files(settings, tmp_path):
    """The storage of files, empty."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path


def _kept(files) -> bytes:
    return b"".join(path.read_bytes() for path in files.rglob("*") if path.is_file())


def _hand_over(client, text: str, name: str = "parties.csv"):
    return client.post(DESK, {"file": SimpleUploadedFile(name, text.encode())})


GOOD = "key,kind,name_en\nx,media,Good paper\n"
MIXED = "key,kind,name_en\nx,media,Good paper\ny,unknown,Bad paper\n"


@pytest.mark.usefixtures("units", "concepts")
def test_it_shows_what_would_happen_and_writes_on_yes(client, cast, files):
    from hamroh.directory.models import Party

    client.force_login(cast.zarina)
    shown = _hand_over(client, GOOD)
    assert not Party.objects.exists()
    assert "parties 2" in client.get(shown["Location"]).content.decode()
    client.post(shown["Location"], {"do": "take"})
    assert Party.objects.get().key == "x"
    assert not _kept(files)


@pytest.mark.usefixtures("units", "concepts")
def test_it_writes_a_form_sent_twice_once_and_answers_as_before(client, cast, files):
    from hamroh.directory.models import ImportBatch

    client.force_login(cast.zarina)
    shown, word = _hand_over(client, GOOD)["Location"], {"do": "take", "form_key": "one"}
    first, second = client.post(shown, word), client.post(shown, word)
    assert first["Location"] == second["Location"] == "/desk/directory/"
    assert ImportBatch.objects.count() == 1


@pytest.mark.usefixtures("units", "concepts")
def test_it_tries_a_file_handed_over_twice_once(client, cast, files):
    client.force_login(cast.zarina)
    upload = {"form_key": "one"}
    addresses = {
        client.post(DESK, upload | {"file": SimpleUploadedFile("parties.csv", GOOD.encode())})["Location"]
        for _ in range(2)
    }
    assert len(addresses) == 1


@pytest.mark.usefixtures("units", "concepts")
def test_it_remembers_no_import_that_brought_nothing(client, cast, files):
    from hamroh.directory.models import ImportBatch

    client.force_login(cast.zarina)
    client.post(_hand_over(client, GOOD)["Location"], {"do": "take"})
    answer = client.post(_hand_over(client, GOOD)["Location"], {"do": "take"})
    assert answer["Location"] == DESK
    assert ImportBatch.objects.count() == 1


@pytest.mark.usefixtures("units", "concepts")
def test_it_lets_nobody_else_throw_a_file_away(client, cast, files):
    client.force_login(cast.zarina)
    shown = _hand_over(client, GOOD)["Location"]
    client.force_login(cast.aygun)
    client.post(shown, {"do": "drop"})
    assert _kept(files)


@pytest.mark.usefixtures("units", "concepts")
def test_it_throws_a_file_away(client, cast, files):
    from hamroh.directory.models import Party

    client.force_login(cast.zarina)
    shown = _hand_over(client, GOOD)
    client.post(shown["Location"], {"do": "drop"})
    assert not Party.objects.exists()
    assert not _kept(files)


@pytest.mark.usefixtures("units", "concepts")
def test_it_offers_the_good_rows_beside_refused_ones(client, cast, files):
    from hamroh.directory.models import Party

    client.force_login(cast.zarina)
    shown = _hand_over(client, MIXED)
    page = client.get(shown["Location"]).content.decode()
    assert "Write the good rows" in page
    assert b"Bad paper" not in _kept(files)
    client.post(shown["Location"], {"do": "take"})
    assert Party.objects.get().key == "x"


@pytest.mark.usefixtures("units", "concepts")
def test_it_keeps_and_shows_nothing_of_a_secret_address(client, cast, files):
    client.force_login(cast.zarina)
    text = f"record,key,party,kind,name_en,confidentiality,address_en\nparty,p,,media,P,,\nlocation,l,p,,,secret,{CANARY}\n"
    shown = _hand_over(client, text, "x.csv")
    page = client.get(shown["Location"]).content.decode()
    assert "Refused" in page
    assert "Canary" not in page
    assert b"Canary" not in _kept(files)


def test_it_says_on_the_form_why_a_file_cannot_be_read(client, cast, files):
    client.force_login(cast.zarina)
    response = client.post(DESK, {"file": SimpleUploadedFile("parties.csv", "key,kind\nы,Газета".encode("cp1251"))})
    assert response.status_code == 422
    assert "UTF-8" in response.content.decode()


def test_it_asks_for_a_file(client, cast, files):
    client.force_login(cast.zarina)
    assert client.post(DESK, {}).status_code == 422


@pytest.mark.usefixtures("units", "concepts")
def test_it_keeps_a_file_for_one_hour_and_for_one_person(client, cast, files):
    client.force_login(cast.zarina)
    shown = _hand_over(client, GOOD)["Location"]
    client.force_login(cast.aygun)
    assert client.get(shown)["Location"] == DESK
    client.force_login(cast.zarina)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)):
        client.force_login(cast.zarina)
        assert client.get(shown)["Location"] == DESK
        _hand_over(client, GOOD)
        assert len(list(files.rglob("*.json"))) == 1


@pytest.mark.parametrize("who", ["rustam", "temur"])
def test_it_is_not_there_for_others(client, cast, who):
    client.force_login(getattr(cast, who))
    for path in (DESK, f"{DESK}template.xlsx", f"{DESK}{'0' * 32}/"):
        assert client.get(path).status_code == 404


def test_it_checks_the_token_of_the_form(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.zarina)
    assert _hand_over(client, GOOD).status_code == 403


def test_it_gives_an_empty_template_that_has_every_column(client, cast):
    import io

    from openpyxl import load_workbook

    from hamroh.directory.exchange.sheets import SHEETS

    client.force_login(cast.zarina)
    book = load_workbook(io.BytesIO(client.get(f"{DESK}template.xlsx").content))
    assert book.sheetnames == list(SHEETS)
    assert [cell.value for cell in book["phones"][1]][:4] == ["party", "service", "location", "number"]
