"""Addresses of figures as files: what is public and nothing else, once sent and not twice, harmless in a spreadsheet."""

import csv
import io
import zipfile

import pytest

from exported import fetched, package, sheets, table
from hamroh.evidence.exchange.formats import FORMS

CANARY = "123456789"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def every(public) -> list[str]:
    """Addresses of all sets of figures."""
    codes = (public.printed.code, public.hostile.code)
    sets = [f"edition/{code}/" for code in codes] + [f"edition/{code}/T1/" for code in codes]
    return [*sets, "concept/idps/", "concept/migrant_stock/", "country/AZE/", "country/TJK/", "country/GEO/"]


def told(body: bytes) -> str:
    """All that stands in an answer, whatever it is packed in."""
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("form", FORMS)
def test_it_tells_nothing_of_drafts_and_letters(client, public, form) -> None:
    for each in every(public):
        body = told(fetched(client, f"/en/evidence/data/{each}{form}/"))
        assert CANARY not in body
        assert "secret-" not in body


@pytest.mark.parametrize("rest", ["csv/", "T1/csv/", ""])
def test_it_does_not_know_drafts(client, public, rest) -> None:
    assert client.get(f"/en/evidence/data/edition/{public.draft.code}/{rest}").status_code == 404


def test_it_does_not_know_drafts_for_those_who_write_them(client, public) -> None:
    """What everybody may read is the same for whoever is signed in."""
    client.force_login(public.people.nigina)
    assert client.get(f"/en/evidence/data/edition/{public.draft.code}/csv/").status_code == 404
    assert CANARY not in told(fetched(client, "/en/evidence/data/country/GEO/csv/"))


def test_it_no_longer_gives_what_was_withdrawn(client, public) -> None:
    from hamroh.evidence.models import Edition

    Edition.objects.filter(pk=public.printed.pk).update(state="withdrawn")
    assert client.get(f"/en/evidence/data/edition/{public.printed.code}/csv/").status_code == 404
    assert {each["source"] for each in table(fetched(client, "/en/evidence/data/country/AZE/csv/"))} == {"un-desa"}


@pytest.mark.parametrize(
    "path",
    ["edition/zzzzzzzz/csv/", "edition/{code}/exe/", "edition/{code}/T99/csv/", "edition/{code}/BF1/csv/", "concept/moonshine/csv/",
     "country/ZZZ/csv/", "concept/moonshine/", "country/ZZZ/", "concept/idps/csv/?as_of=yesterday", "concept/idps/csv/?as_of=2026-02-31"],
)  # fmt: skip
def test_it_says_of_what_is_not_there_that_it_is_not(client, public, path) -> None:
    assert client.get(f"/en/evidence/data/{path.format(code=public.printed.code)}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_it_names_files_after_codes(client, public, form) -> None:
    answer = client.get(f"/en/evidence/data/edition/{public.hostile.code}/T1/{form}/")
    assert answer["Content-Disposition"] == f'attachment; filename="tjk-{public.hostile.code}-t1.{FORMS[form].ending}"'
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["edition/{code}/", "edition/{code}/T1/", "concept/idps/", "country/AZE/"])
def test_it_sends_the_same_once(client, public, path, django_assert_max_num_queries) -> None:
    address = f"/en/evidence/data/{path.format(code=public.printed.code)}csv/"
    etag = client.get(address)["ETag"]
    with django_assert_max_num_queries(4):
        again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address.replace("/en/", "/tg/"), headers={"If-None-Match": etag}).status_code == 200


def test_it_sends_anew_when_a_figure_came(client, public) -> None:
    from decimal import Decimal

    from hamroh.evidence.actions.recording import dates
    from hamroh.evidence.models import Erratum, Observation

    address = "/en/evidence/data/country/TJK/csv/"
    etag = client.get(address)["ETag"]
    series = Observation.objects.get(code="un-desa-TJK").series
    new = Observation.objects.create(
        series=series, value=Decimal(1), code="new", source=series.vintage.source, **dates("2015")
    )
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    Erratum.objects.create(edition=public.hostile, observation=new)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_it_asks_as_often_for_many_figures_as_for_few(client, public, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        fetched(client, "/en/evidence/data/country/TJK/csv/")
    with django_assert_num_queries(len(few)):
        assert len(table(fetched(client, "/en/evidence/data/country/AZE/csv/"))) > 300


def test_it_tells_what_was_known_on_a_day(client, public) -> None:
    def value(as_of: str) -> list[str]:
        rows = table(fetched(client, f"/en/evidence/data/country/TJK/csv/{as_of}"))
        return [each["value"] for each in rows if each["concept"] == "migrant_stock"]

    assert value("") == ["280444"]
    assert value("?as_of=2026-01-01") == ["279808"]
    assert value("?as_of=2020-01-01") == []


@pytest.mark.parametrize("form", ["csv", "hxl", "sdmx-csv"])
def test_it_lets_nothing_run_in_a_spreadsheet(client, public, form) -> None:
    body = fetched(client, f"/en/evidence/data/edition/{public.hostile.code}/{form}/").decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(body, newline="")) for cell in line]
    running = [cell for cell in cells if cell.startswith(RISKY) and not cell.strip("+- ").replace(",", "").isdigit()]
    assert running == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells) or form == "sdmx-csv"


def test_it_lets_nothing_run_in_a_workbook(client, public) -> None:
    from openpyxl import load_workbook

    body = fetched(client, f"/en/evidence/data/edition/{public.hostile.code}/xlsx/")
    kinds = {cell.data_type for sheet in load_workbook(io.BytesIO(body)) for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    assert sheets(body)["T1"][0] == ["'@SUM(A1)", None]


def test_it_lets_nothing_run_in_a_package(client, public) -> None:
    body = fetched(client, f"/en/evidence/data/edition/{public.hostile.code}/data-package/")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert "\r\n1,'+cmd" in archive.read("table-t1.csv").decode()
    assert package(body)[1]["table-t1"][1]["label"] == "-2+3"


def test_it_lets_a_source_begin_no_field_of_its_own(client, public) -> None:
    address = f"/en/evidence/data/edition/{public.hostile.code}/"
    ris = fetched(client, f"{address}ris/").decode()
    assert [line for line in ris.splitlines() if line.startswith("TY")] == ["TY  - RPRT"]
    bib = fetched(client, f"{address}bibtex/").decode()
    assert r"A \}\{ B\_\%\& TY - BOOK" in bib


def test_it_offers_what_there_is(client, public, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        page = client.get("/en/evidence/data/").content.decode()
    assert f"/en/evidence/data/edition/{public.printed.code}/" in page
    assert "/en/evidence/data/concept/idps/" in page
    assert "/en/evidence/data/country/AZE/" in page
    assert public.draft.code not in page
    assert "Georgia</a> (1)" in page  # what the printed profile says of it, not what the draft does


@pytest.mark.parametrize("path", ["edition/{code}/", "concept/idps/", "country/AZE/"])
def test_it_offers_every_form(client, public, path) -> None:
    address = f"/tg/evidence/data/{path.format(code=public.printed.code)}"
    page = client.get(address).content.decode()
    assert all(f'href="{address}{form}/"' in page for form in FORMS)
