"""Files that were made to harm, or got damaged: refused in words, in little time and memory."""

import gzip
import io
import tracemalloc
import zipfile
import zlib

import pytest
from openpyxl import Workbook

from hamroh.directory.exchange.tables import FileRefused
from hamroh.evidence.exchange import bringing

HEAD = "Country,Year,Value\n"


def workbook(**sheets: list[list[object]]) -> bytes:
    book, held = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(held)
    return held.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, text if each == name else old.read(each))
    return held.getvalue()


GOOD = workbook(data=[["Country", "Year", "Value"], ["AZE", 2005, 7], ["TJK", 2005, "=1+1"]])
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'


def bomb() -> bytes:
    """Two hundred megabytes and more, packed into less than one."""
    engine = zlib.compressobj(9, wbits=31)
    return b"".join([engine.compress(b"AZE,2005,1\n" * 2**16) for _time in range(400)]) + engine.flush()


def zip_of(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        HEAD.encode() + b"\xff\xfe\xfd,2005,1\n",
        "Страна,Год\nТаджикистан,1\n".encode("cp1251"),
        gzip.compress(HEAD.encode() + b"AZE,2005,1\n" * 1000)[:60],
        zip_of("data.csv", b"x" * 1000)[:80],
        zip_of("readme.md", b"nothing"),
        GOOD[: len(GOOD) // 2],
        with_part(GOOD, "xl/worksheets/sheet1.xml", DTD),
        b'Country,Year,Value\n"AZE,2005,1\n' * 5,
        ("a," * 1_000_000).encode() + b"\n1\n",
        b"\xd0\xcf\x11\xe0 an old workbook",
    ],
    ids=["empty", "binary", "mixed", "cp1251", "cut gzip", "cut zip", "no table", "cut workbook", "entities", "open quote", "million columns", "old"],
)  # fmt: skip
def test_it_refuses_in_words(db, content) -> None:
    with pytest.raises(FileRefused):
        bringing.table_of("x.xlsx", content)


def test_it_refuses_a_bomb_without_unpacking_it(db) -> None:
    content = bomb()
    tracemalloc.start()
    with pytest.raises(FileRefused):
        bringing.table_of("x.csv.gz", content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 500 * 2**20


def test_it_leaves_a_formula_out_and_says_so(bring) -> None:
    looked, _batch = bring(GOOD, name="x.xlsx", settled={"indicator": "refugees"})
    assert [(each.line, each.code) for each in looked.plan.left_out] == [(3, "formula")]


def test_it_reads_the_sheet_with_most_lines(db) -> None:
    content = workbook(
        notes=[["About", "this"], ["a", "b"]], table=[["Country", "2005", "2006"], ["AZE", 1, 2], ["TJK", 3, 4]]
    )
    assert bringing.table_of("x.xlsx", content).name == "table"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_reads_unicode_however_it_is_written(db, encoding) -> None:
    grid = bringing.table_of("x.csv", "Кишвар,Сол,Шумора\nТоҷикистон,2005,7\n".encode(encoding))
    looked = bringing.layout_for(grid)[0]
    assert looked.said() == ["area", "period", "value"]


def test_it_survives_whatever_stands_in_cells(db) -> None:
    odd = ["=cmd|' /C calc'!A0", "1e999", "9" * 40, "١٢٣", "-", "\u202e1", "1.2.3", "NaN", "Infinity", "0x10", "1_000"]
    text = HEAD + "".join(f'AZE,{2000 + at},"{each}"\n' for at, each in enumerate(odd))
    plan = bringing.look(name="x.csv", content=text.encode(), settled={"indicator": "refugees"}).plan
    assert [each.value for each in plan.figures if each.value is not None] == [123]
    assert len(plan.left_out) + len(plan.figures) == len(odd)
