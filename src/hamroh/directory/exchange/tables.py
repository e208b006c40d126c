"""Tables from files that nobody has checked: CSV and XLSX become rows of plain texts, or a refusal that says what to do."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import PurePath
from typing import Any

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from hamroh.directory.exchange.cells import bare_cell

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_SHEETS = 20
LONGEST_CELL = 10_000
#: what a workbook may unpack to, and how many times its own size
MOST_UNPACKED = 400 * 2**20
MOST_MEMBERS = 2_000
LARGEST_RATIO = 200
SMALL = 2**20
DELIMITERS = ",;\t"
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
#: what the libraries raise over a file that is broken on purpose or by accident
DAMAGES = (
    DefusedXmlException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    SyntaxError,  # also of XML
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,  # encrypted, or compressed in a rare way
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class FileRefused(ValueError):
    """The file cannot be read; the message says why and what to do, and repeats nothing of its content."""


@dataclass(frozen=True)
class Line:
    """A row of a table by its number in the file; ``formulas`` are columns that hold one instead of a value."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A sheet: its name (empty in a CSV), its header and the rows that are not blank."""

    name: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read_tables(name: str, content: bytes) -> list[Table]:
    """The tables of a CSV or XLSX file, told apart by content; raises FileRefused."""
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    if content.startswith(_OLD_EXCEL):
        raise FileRefused(
            _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without password.")
        )
    tables = _of_xlsx(content) if content.startswith(_ZIP) else [_of_csv(content)]
    if not any(table.lines for table in tables):
        raise FileRefused(_("There is no row below the header of %(name)s.") % {"name": PurePath(name).name[:80]})
    return tables


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark; raises FileRefused for every other encoding."""
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(_not_utf8(content)) from None
    if "\x00" in text:
        raise FileRefused(_("This is not a text file. Save the table as “CSV UTF-8” or as .xlsx."))
    return text


def _not_utf8(content: bytes) -> str:
    """Older encodings cannot be told apart and lack our letters, so that none of them is guessed."""
    cyrillic = sum(byte >= 0xC0 for byte in content) > len(content) / 20
    found = _("It looks like Windows-1251.") if cyrillic else _("Its encoding is not UTF-8.")
    advice = _("Letters such as ҳ, ӣ or ə would be lost. In Excel choose “Save as” and “CSV UTF-8”, or save as .xlsx.")
    return f"{found} {advice}"


def _of_csv(content: bytes) -> Table:
    text = decoded(content)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    read = 0

    def numbered() -> Iterator[tuple[int, tuple[str, ...], tuple[int, ...]]]:
        nonlocal read
        for row in rows:
            read += 1
            yield read, tuple(row), ()

    try:
        return _table("", numbered())
    except csv.Error:
        message = _("Row %(row)s cannot be read: a quotation mark is opened and not closed, or a cell is too long.")
        raise FileRefused(message % {"row": read + 1}) from None


def _of_xlsx(content: bytes) -> list[Table]:
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return [_of_sheet(sheet) for sheet in _few(book.worksheets)]
    except FileRefused:
        raise
    except DAMAGES:
        raise FileRefused(_damaged()) from None


def _few(sheets: list[Any]) -> list[Any]:
    if len(sheets) > MOST_SHEETS:
        raise FileRefused(_("The workbook has too many sheets. Leave only those of the template."))
    return sheets


def _of_sheet(sheet: Any) -> Table:
    sheet.reset_dimensions()  # what a file says of its own size is not trusted
    return _table(sheet.title.strip(), _sheet_rows(sheet.iter_rows()))


def _damaged() -> str:
    return _("The workbook is damaged. Open it in a spreadsheet and save it again as .xlsx.")


def _refuse_bombs(content: bytes) -> None:
    """A workbook that unpacks to much more than a table, or declares entities, is refused before it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_swelling(members, len(content))
            _refuse_declarations(archive, members)
    except FileRefused:
        raise
    except DAMAGES:
        raise FileRefused(_damaged()) from None


def _refuse_swelling(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > SMALL and unpacked > LARGEST_RATIO * packed
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swollen:
        raise FileRefused(_("The workbook unpacks to far more than a table needs. Copy the cells into a new workbook."))


def _refuse_declarations(archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> None:
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if DECLARATION.search(part.read(64 * 1024)):
                    raise FileRefused(
                        _("The workbook declares entities, which no spreadsheet writes. It was not opened.")
                    )


def _sheet_rows(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[int, tuple[str, ...], tuple[int, ...]]]:
    for number, row in enumerate(rows, start=1):
        cells = tuple(row)
        formulas = tuple(place for place, cell in enumerate(cells) if cell.data_type == "f")
        yield number, tuple("" if place in formulas else said(cell.value) for place, cell in enumerate(cells)), formulas


def said(value: Any) -> str:
    """A cell's value as a person would have typed it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _table(name: str, rows: Iterator[tuple[int, tuple[str, ...], tuple[int, ...]]]) -> Table:
    header: tuple[str, ...] = ()
    lines: list[Line] = []
    for number, cells, formulas in rows:
        tidy = tuple(bare_cell(cell.strip()) for cell in cells)
        if not any(tidy) and not formulas:
            continue
        _refuse_size(number, tidy)
        if not header:
            header = tidy
        else:
            lines.append(Line(number, tidy, formulas))
        if len(lines) > MOST_ROWS:
            raise FileRefused(_("There are more than %(most)s rows. Split the file.") % {"most": MOST_ROWS})
    return Table(name, header, tuple(lines))


def _refuse_size(number: int, cells: tuple[str, ...]) -> None:
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        raise FileRefused(_("Row %(row)s has more than %(most)s columns.") % {"row": number, "most": MOST_COLUMNS})
    for place, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            where = {"row": number, "column": get_column_letter(place + 1), "most": LONGEST_CELL}
            raise FileRefused(_("Row %(row)s, column %(column)s: longer than %(most)s signs.") % where)
