"""A file of statistics on the desk: brought, its columns said, looked at, taken in or thrown away."""

import gzip
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from hamroh.evidence.models import ImportBatch, ImportMapping, Observation
from statistics_files import MATRIX, WDI

BRING = "/desk/evidence/figures/bring/"
PLAIN = "Country;Year;Thousands of people\nTajikistan;2005;1,0\nAzerbaijan;2005;3,0\nRuritania;2005;4,0\n"


@pytest.fixture
def nigina(client, people):
    client.force_login(people.nigina)
    return client


def hand_over(client, text: str | bytes, *, source: str = "world-bank-wdi", label: str = "2024", **more: str):
    content = text.encode() if isinstance(text, str) else text
    facts = {"source": source, "label": label, "title": "", "released": "", "encoding": "", **more}
    return client.post(BRING, {"file": SimpleUploadedFile("table.csv", content), **facts})


def say_columns(client, at: str, **said: str):
    """Send the columns as they are proposed, but for what is said otherwise."""
    form = client.get(at).context["form"]
    told = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    return client.post(at, {**told, **said})


def test_it_goes_from_a_file_to_figures(nigina) -> None:
    at = hand_over(nigina, WDI).headers["Location"]
    look = say_columns(nigina, at).headers["Location"]
    page = nigina.get(look)
    assert not Observation.objects.exists()
    assert "252,000,000" in page.content.decode()
    nigina.post(look, {"do": "take"})
    assert nigina.get(look).headers["Location"] == f"/desk/evidence/figures/{ImportBatch.objects.get().pk}/"
    assert Observation.objects.count() == 6


def test_it_asks_what_no_column_says(nigina) -> None:
    at = hand_over(nigina, PLAIN, source="new", title="A yearbook").headers["Location"]
    look = say_columns(nigina, at, indicator="refugees", multiplier="3", decimal=",").headers["Location"]
    nigina.post(look, {"do": "take"})
    assert dict(Observation.objects.values_list("series__area", "value")) == {"TJK": 1000, "AZE": 3000}
    assert set(Observation.objects.values_list("printed", flat=True)) == {"1,0", "3,0"}


def test_it_remembers_what_columns_are(nigina, people) -> None:
    at = hand_over(nigina, PLAIN, source="new", title="A yearbook").headers["Location"]
    look = say_columns(nigina, at, indicator="refugees", remember="Yearbook, table 3").headers["Location"]
    nigina.post(look, {"do": "take"})
    assert ImportMapping.objects.get().organisation == people.centre
    again = hand_over(nigina, PLAIN.replace("2005", "2006"), source="a-yearbook", label="2025").headers["Location"]
    form = nigina.get(again).context["form"]
    assert (form.fields["indicator"].initial, form.initial["remember"]) == ("refugees", "Yearbook, table 3")


def test_it_keeps_what_was_typed_when_it_asks_again(nigina) -> None:
    at = hand_over(nigina, PLAIN).headers["Location"]
    answer = say_columns(nigina, at, period="some day", indicator="refugees")
    assert answer.status_code == 422
    assert 'value="some day"' in answer.content.decode()


def test_it_says_what_changed_before_it_is_accepted(nigina) -> None:
    look = say_columns(nigina, hand_over(nigina, WDI).headers["Location"]).headers["Location"]
    nigina.post(look, {"do": "take"})
    later = hand_over(nigina, WDI.replace("466700000", "500000000"), label="2025").headers["Location"]
    page = nigina.get(say_columns(nigina, later).headers["Location"])
    assert [(row[2], row[5], row[6]) for row in page.context["changed"]] == [
        ("Tajikistan", "466,700,000", "500,000,000")
    ]


def test_it_asks_why_where_something_looks_wrong(nigina) -> None:
    look = say_columns(nigina, hand_over(nigina, WDI).headers["Location"]).headers["Location"]
    nigina.post(look, {"do": "take"})
    millions = "iso3,year,BX.TRF.PWKR.CD.DT\nAZE,2004,203.6\nTJK,2004,252\nTJK,2005,466.7\nTJK,2006,1018.5\n"
    at = hand_over(nigina, millions, label="wrong").headers["Location"]
    look = say_columns(nigina, at).headers["Location"]
    assert nigina.post(look, {"do": "take", "despite": ""}).status_code == 422
    assert ImportBatch.objects.count() == 1
    nigina.post(look, {"do": "take", "despite": "they print millions"})
    assert ImportBatch.objects.filter(left_out__0__reason="they print millions").exists()


def test_it_throws_a_file_away(nigina) -> None:
    look = say_columns(nigina, hand_over(nigina, WDI).headers["Location"]).headers["Location"]
    nigina.post(look, {"do": "drop"})
    assert nigina.get(look).headers["Location"] == BRING
    assert not default_storage.exists(f"statistics/{look.split('/')[-2]}")


def test_it_takes_a_file_in_once_however_often_it_is_sent(nigina) -> None:
    look = say_columns(nigina, hand_over(nigina, WDI).headers["Location"]).headers["Location"]
    for _time in range(2):
        nigina.post(look, {"do": "take"})
    assert ImportBatch.objects.count() == 1


def test_it_says_at_the_file_that_a_release_is_here_already(nigina) -> None:
    look = say_columns(nigina, hand_over(nigina, WDI).headers["Location"]).headers["Location"]
    nigina.post(look, {"do": "take"})
    again = say_columns(nigina, hand_over(nigina, WDI + "\n").headers["Location"]).headers["Location"]
    nigina.post(again, {"do": "take"})
    assert "2024" in nigina.get(again).context["held"].said


def test_it_shows_nobody_elses_file_and_nobody_elses_import(client, people, nigina) -> None:
    at = hand_over(nigina, WDI).headers["Location"]
    look = say_columns(nigina, at).headers["Location"]
    client.force_login(people.leyla)
    assert client.get(at).headers["Location"] == BRING
    assert client.post(look, {"do": "take"}).headers["Location"] == BRING
    client.force_login(people.nigina)
    client.post(look, {"do": "take"})
    batch = f"/desk/evidence/figures/{ImportBatch.objects.get().pk}/"
    assert client.get(batch).status_code == 200
    client.force_login(people.leyla)
    assert client.get(batch).status_code == 404
    assert not client.get("/desk/evidence/figures/").context["page"].object_list


@pytest.mark.parametrize("who", ["davlat", "kamran"])
def test_it_is_there_for_analysts_alone(client, people, who) -> None:
    client.force_login(getattr(people, who))
    for address in (BRING, "/desk/evidence/figures/", f"{BRING}{'0' * 32}/", f"{BRING}{'0' * 32}/columns/"):
        assert client.get(address).status_code == 404


def test_it_lists_imports_with_as_many_queries_for_many(nigina, bring, django_assert_max_num_queries) -> None:
    for label in "abc":
        bring(f"iso3,year,hdi\nAZE,1990,0.{ord(label)}\n", label=label)
    with django_assert_max_num_queries(14):
        assert len(nigina.get("/desk/evidence/figures/").context["page"].object_list) == 3


@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_it_opens_what_is_packed(nigina, pack) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("data.csv", MATRIX)
        archive.writestr("Metadata_Country.csv", "a,b\n1,2\n")
    packed = gzip.compress(MATRIX.encode()) if pack == "gzip" else held.getvalue()
    assert hand_over(nigina, packed, source="undesa-migrant-stock").status_code == 302


def test_it_reads_old_letters_where_that_is_said(nigina) -> None:
    text = "Страна;Год;Число\nТаджикистан;2005;7\n".encode("cp1251")
    assert hand_over(nigina, text).status_code == 422
    at = hand_over(nigina, text, encoding="cp1251").headers["Location"]
    look = say_columns(nigina, at, indicator="refugees").headers["Location"]
    nigina.post(look, {"do": "take"})
    assert Observation.objects.get().series.area == "TJK"


def test_it_asks_for_no_file_twice(nigina) -> None:
    wrong = hand_over(nigina, WDI, released="some day")
    assert wrong.status_code == 422
    held = wrong.context["held_file"].token
    facts = {"source": "world-bank-wdi", "label": "2024", "title": "", "released": "2024", "encoding": ""}
    answer = nigina.post(BRING, {"held": held, **facts})
    assert "/columns/" in answer["Location"]
    assert not default_storage.exists(f"statistics/{held}")


def test_it_keeps_no_file_that_cannot_be_read(nigina) -> None:
    answer = hand_over(nigina, b"PK\x03\x04 no archive", released="some day")
    facts = {"source": "world-bank-wdi", "label": "2024", "title": "", "released": "2024", "encoding": ""}
    held = answer.context["held_file"].token
    assert nigina.post(BRING, {"held": held, **facts}).status_code == 422


def test_it_gives_a_kept_file_to_nobody_else(nigina, people) -> None:
    held = hand_over(nigina, WDI, released="some day").context["held_file"].token
    nigina.force_login(people.leyla)
    facts = {"source": "world-bank-wdi", "label": "2024", "title": "", "released": "2024", "encoding": ""}
    assert nigina.post(BRING, {"held": held, **facts}).status_code == 422


@pytest.mark.parametrize("step", ["columns", "look"])
def test_it_goes_on_with_no_file_whose_form_is_not_whole(nigina, step: str) -> None:
    from django.urls import reverse

    held = hand_over(nigina, WDI, released="some day").context["held_file"].token
    answer = nigina.get(reverse(f"evidence-desk:{step}", kwargs={"token": held}))
    assert answer["Location"] == BRING
