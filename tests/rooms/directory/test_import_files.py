"""Files from outside: wrong encodings, broken tables, formulas and workbooks that are made to hurt."""

import io
import zipfile

import pytest
from openpyxl import Workbook


def _read(name, content):
    from hamroh.directory.exchange.files import read_file

    return read_file(name, content)


def _refusal(name, content) -> str:
    from hamroh.directory.exchange.tables import FileRefused

    with pytest.raises(FileRefused) as refused:
        _read(name, content)
    return str(refused.value)


def _book(**sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def _with_member(content: bytes, name: str, member: bytes) -> bytes:
    stored = io.BytesIO(content)
    with zipfile.ZipFile(stored) as old, zipfile.ZipFile(changed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, member if each == name else old.read(each))
    return changed.getvalue()


ROWS = [["key", "kind", "name_tg"], ["x", "media", "Ҳафтаномаи ҷумҳурӣ"]]
TEXT = "\n".join(",".join(row) for row in ROWS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_it_reads_csv_as_spreadsheets_save_it(encoding, delimiter):
    (row,) = _read("parties.csv", TEXT.replace(",", delimiter).encode(encoding)).rows
    assert row.cells == {"key": "x", "kind": "media", "name_tg": "Ҳафтаномаи ҷумҳурӣ"}


def test_it_reads_a_workbook_with_its_sheets():
    content = _book(parties=ROWS, phones=[["party", "number"], ["x", 992446000123]], notes=[["a note"]])
    rows = _read("book.xlsx", content).rows
    assert [(row.sheet, row.number) for row in rows] == [("parties", 2), ("phones", 2)]
    assert rows[1].cells["number"] == "992446000123"


def test_it_does_not_guess_an_older_encoding():
    told = _refusal("parties.csv", "key,kind,name_ru\nx,media,Газета республики и области".encode("cp1251"))
    assert "1251" in told
    assert "UTF-8" in told


def test_it_asks_for_a_text_file():
    assert "UTF-8" in _refusal("parties.csv", TEXT.encode("utf-16-le"))


def test_it_refuses_an_empty_file():
    assert _refusal("parties.csv", b" \n")


def test_it_refuses_a_header_without_rows():
    assert _refusal("parties.csv", b"key,kind\n")


def test_it_names_the_line_of_an_open_quotation():
    assert "2" in _refusal("parties.csv", b'key,kind\nx,"media\ny,z')


def test_it_asks_what_the_rows_are():
    assert "record" in _refusal("list.csv", b"key,name_en\nx,Name")


def test_it_refuses_two_columns_of_one_meaning():
    assert "name_ru" in _refusal("parties.csv", "key,Название (русский),name_ru\nx,a,b".encode())


def test_it_refuses_old_workbooks():
    assert ".xlsx" in _refusal("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)


def test_it_names_the_cell_of_a_formula():
    content = _book(parties=[ROWS[0], ["x", "media", "=CONCATENATE(A1)"]])
    (row,) = _read("book.xlsx", content).rows
    assert [fault.column for fault in row.faults] == ["name_tg"]
    assert row.cells["name_tg"] == ""


def test_it_takes_the_apostrophe_off_a_disarmed_cell():
    (row,) = _read("parties.csv", b"key,kind,name_en\nx,media,'=1+1").rows
    assert row.cells["name_en"] == "=1+1"


def test_it_refuses_a_workbook_that_swells():
    bomb = _with_member(_book(parties=ROWS), "xl/worksheets/sheet1.xml", b"<x>" + b" " * 40_000_000 + b"</x>")
    assert len(bomb) < 200_000
    assert "unpacks" in _refusal("book.xlsx", bomb)


def test_it_refuses_entities():
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    content = _with_member(_book(parties=ROWS), "xl/worksheets/sheet1.xml", laughs)
    assert "entities" in _refusal("book.xlsx", content)


def test_it_refuses_entities_behind_a_long_comment():
    laughs = (
        b'<?xml version="1.0"?><!--' + bytes(range(97, 123)) * 4000 + b'--><!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    )
    assert _refusal("book.xlsx", _with_member(_book(parties=ROWS), "xl/worksheets/sheet1.xml", laughs))


@pytest.mark.parametrize("broken", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500])
def test_it_refuses_a_damaged_workbook(broken):
    assert "damaged" in _refusal("book.xlsx", broken)


def test_it_refuses_a_workbook_cut_short():
    content = _book(parties=ROWS)
    for length in range(50, len(content), len(content) // 12):
        assert _refusal("book.xlsx", content[:length])


def test_it_refuses_a_zip_that_is_no_workbook():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "damaged" in _refusal("book.xlsx", stored.getvalue())


def test_it_refuses_too_many_rows(monkeypatch):
    from hamroh.directory.exchange import tables

    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert "3" in _refusal("parties.csv", b"key,kind\n" + b"x,media\n" * 4)


def test_it_refuses_a_cell_without_end():
    told = _refusal("parties.csv", b"key,kind,name_en\nx,media," + b"y" * 10_001)
    assert "C" in told


@pytest.mark.parametrize(
    "document",
    [
        b"{",
        b"[1]",
        b'{"services": 5}',
        b'{"organizations": [{"id": {"a": 1}}]}',
        b'{"organizations": [{"id": "a", "locations": [3]}]}',
        b"[" * 100_000,
        b"{}",
    ],
)
def test_it_refuses_json_that_is_not_hsds(document):
    assert _refusal("hsds.json", document)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1)", "\tx", "\r=1"])
def test_it_disarms_what_a_spreadsheet_would_run(text):
    from hamroh.directory.exchange.cells import bare_cell, safe_cell

    assert safe_cell(text) == f"'{text}"
    assert bare_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["+992 44 600-01-23", "plain", "'quoted'", "", "-5"])
def test_it_leaves_harmless_cells_alone(text):
    from hamroh.directory.exchange.cells import bare_cell, safe_cell

    assert bare_cell(safe_cell(text)) == safe_cell(text) == text
