"""Rows of a CSV or XLSX file that nobody has checked, and the same written so that no cell can run as a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hamroh.thesaurus.drafts import DraftRefused, Fault, Problem
from hamroh.thesaurus.exchange import opening

_ZIP = b"PK\x03\x04"
_MOST_ROWS, _MOST_COLUMNS, _MOST_MEMBERS = 200_000, 200, 500
_MOST_UNPACKED, _LARGEST_RATIO, _SMALL = 300 * 2**20, 200, 2**20
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def is_workbook(content: bytes) -> bool:
    """Whether this may be an XLSX file and no other packed archive."""
    return content.startswith(_ZIP) and b"[Content_Types].xml" in content


def first_cell(content: bytes) -> str:
    """What stands first in a text of cells."""
    line = content[:2000].decode("utf-8-sig", errors="replace").lstrip().partition("\n")[0]
    return line.partition(_delimiter(line))[0].strip().strip('"').lower()


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number from 1; blank ones are left out. DraftRefused where the file is no sound table."""
    found = _of_workbook(content) if is_workbook(content) else _of_text(content)
    for number, cells in enumerate(found, 1):
        if number > _MOST_ROWS or len(cells) > _MOST_COLUMNS:
            raise _refused(f"{_MOST_ROWS} × {_MOST_COLUMNS}", number)
        if any(cells):
            yield number, cells


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """In UTF-8 with a mark, so that spreadsheets read our letters."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_safe(cell) for cell in line] for line in lines)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Sequence[str]]) -> bytes:
    """One sheet of plain texts."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("concepts")
    sheet.freeze_panes = "B2"
    for line in lines:
        cells = [WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)) for text in line]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _of_text(content: bytes) -> Iterator[list[str]]:
    text = opening.opened(content).decode()
    read = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), strict=True)
    try:
        for row in read:
            yield [_bare(cell.strip()) for cell in row]
    except csv.Error as error:
        raise _refused(str(error), read.line_num) from error


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    _refuse_bombs(content)
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False).worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not trusted
        found = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True, max_row=_MOST_ROWS + 1)]
    except Exception as error:
        raise _refused(type(error).__name__) from error
    yield from found


def _refuse_bombs(content: bytes) -> None:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise DraftRefused([Problem(Fault.ARCHIVE)]) from error
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > max(_SMALL, _LARGEST_RATIO * len(content))
    if unpacked > _MOST_UNPACKED or len(members) > _MOST_MEMBERS or is_bomb:
        raise DraftRefused([Problem(Fault.TOO_LARGE, None, "", f"{_MOST_UNPACKED // 2**20} MB")])


def _refused(detail: str, line: int | None = None) -> DraftRefused:
    return DraftRefused([Problem(Fault.TABLE, line, "", detail[:120])])


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\0", "").strip()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_RISKY) else text
