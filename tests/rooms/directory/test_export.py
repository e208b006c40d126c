"""Exports in our own template, and the two commands."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

CANARY = "Kucha Canary 77"


def _run(*args: str):
    from hamroh.site.cli import main

    return CliRunner().invoke(main, args)


def _dry(actor, content, name):
    from hamroh.directory.exchange.files import read_file
    from hamroh.directory.exchange.importing import dry_run

    return dry_run(actor=actor, rows=read_file(name, content).rows).outcomes


def _csv(lines) -> bytes:
    from hamroh.directory.exchange.exporting import as_csv

    return "".join(as_csv(lines)).encode()


@pytest.fixture
def shelter(cast, bureau, concepts):
    """A shelter of the bureau, and a draft beside it."""
    from hamroh.directory import actions
    from hamroh.directory.actions import ServiceFacts

    facts = ServiceFacts(names={"en": "A safe night"}, kinds=("hm9001",))
    row = actions.create_service(actor=cast.zarina, party=bureau, facts=facts, key="night")
    actions.create_service(actor=cast.zarina, party=bureau, facts=ServiceFacts(names={"en": "Unseen"}), key="draft")
    return actions.list_entry(actor=cast.zarina, entry=row)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_comes_back_from_its_own_export_unchanged(cast, advice, shelter, form):
    from hamroh.directory.exchange.exporting import as_xlsx, editors_lines

    lines = editors_lines(actor=cast.zarina)
    if form == "csv":
        content = _csv(lines)
    else:
        as_xlsx(lines, file := io.BytesIO())
        content = file.getvalue()
    outcomes = _dry(cast.zarina, content, f"directory.{form}")
    assert {outcome.sheet for outcome in outcomes} == {"parties", "services", "locations", "phones"}
    assert not [outcome for outcome in outcomes if outcome.fate != "unchanged"]


def test_it_exports_to_the_public_what_is_public(cast, advice, shelter):
    from hamroh.directory.exchange.exporting import public_lines

    text = _csv(public_lines()).decode()
    assert "A safe night" in text
    assert "Unseen" not in text


def test_it_exports_drafts_to_editors_only(cast, advice):
    from hamroh.accounts.policy import Refused
    from hamroh.directory.exchange.exporting import editors_lines

    with pytest.raises(Refused):
        next(editors_lines(actor=cast.rustam))


def test_it_exports_no_place_of_a_shelter(cast, bureau, shelter):
    from hamroh.directory.exchange.exporting import public_lines
    from hamroh.directory.models import Location, ServiceAtLocation

    place = Location.objects.create(party=bureau, confidentiality="public", address={"en": CANARY})
    ServiceAtLocation.objects.create(service=shelter, location=place)
    assert CANARY not in _csv(public_lines()).decode()


def test_it_disarms_what_a_spreadsheet_would_run(cast, bureau):
    import dataclasses

    from hamroh.directory import actions
    from hamroh.directory.exchange.exporting import as_xlsx, public_lines
    from hamroh.directory.selectors import party_facts

    facts = dataclasses.replace(party_facts(bureau), names={"en": "=HYPERLINK(1)"})
    actions.edit_party(actor=cast.zarina, party=bureau, facts=facts)
    (party, *_) = csv.DictReader(io.StringIO(_csv(public_lines()).decode("utf-8-sig"), newline=""))
    assert party["name_en"] == "'=HYPERLINK(1)"
    as_xlsx(public_lines(), file := io.BytesIO())
    cells = [cell for row in load_workbook(file)["parties"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("form", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("hsds-csv", b"PK"), ("hsds-json", b"{")]
)
def test_it_exports_by_command(advice, tmp_path, form, start):
    out = tmp_path / "out"
    result = _run("export", "directory", "--format", form, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(start)


def test_it_says_by_command_what_it_would_do(cast, advice, tmp_path):
    from hamroh.directory.models import Service

    file = tmp_path / "services.csv"
    file.write_text("key,party,name_en,cost\nadvice,bureau,New words,free\nbad,nowhere,Bad,free\n", "utf-8")
    result = _run("import", "directory", str(file), "--by", "zarina", "--dry-run", "--json")
    told = json.loads(result.stdout)
    assert told["counts"] == {"new": 0, "changed": 1, "unchanged": 0, "refused": 1}
    assert told["rows"][0]["changes"] == [{"column": "name_en", "before": "Legal advice", "after": "New words"}]
    assert Service.objects.get().names["en"] == "Legal advice"


def test_it_imports_all_or_only_the_good_by_command(cast, advice, tmp_path):
    from hamroh.directory.models import Service

    file = tmp_path / "services.csv"
    file.write_text("key,party,name_en\nadvice,bureau,New words\nbad,nowhere,Bad\n", "utf-8")
    assert _run("import", "directory", str(file), "--by", "zarina").exit_code == 1
    assert Service.objects.get().names["en"] == "Legal advice"
    assert _run("import", "directory", str(file), "--by", "zarina", "--only-good").exit_code == 0
    assert Service.objects.get().names["en"] == "New words"


def test_it_asks_for_an_editor_on_the_command_line(cast, tmp_path):
    file = tmp_path / "parties.csv"
    file.write_text("key,kind,name_en\nx,media,Name\n", "utf-8")
    result = _run("import", "directory", str(file), "--by", "rustam")
    assert result.exit_code == 1
    assert "no editor" in result.output


def test_it_says_on_the_command_line_why_a_file_cannot_be_read(cast, tmp_path):
    file = tmp_path / "parties.csv"
    file.write_bytes("key,kind,name_ru\nx,media,Газета области".encode("cp1251"))
    result = _run("import", "directory", str(file), "--by", "zarina")
    assert result.exit_code == 1
    assert "UTF-8" in result.output
