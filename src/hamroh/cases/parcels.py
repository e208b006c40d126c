"""A parcel: tables as JSON and XLSX, marked with who took them out, when and what for, and locked before it leaves."""

import datetime as dt
import io
import json
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyrage
import pyzipper
from openpyxl import Workbook
from openpyxl.styles import Font

from hamroh.cases import workbooks

#: letters and digits that nobody takes for one another, read aloud or written by hand
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_A_GROUP = 5, 4


@dataclass(frozen=True)
class Word:
    """A value out of a list: its code, for machines, and how it is said, for people."""

    code: str
    said: Any


@dataclass(frozen=True)
class Table:
    """Rows under the same columns: pairs of a code and how it is said. Cells are text, numbers, days, words, or facts of JSON."""

    code: str
    title: Any
    columns: Sequence[tuple[str, Any]]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Parcel:
    """What leaves: ``mark`` says of the file itself who, when, what for, as pairs of a code, a term and a value."""

    mark: Sequence[tuple[str, Any, str]]
    tables: Sequence[Table]


def packed(parcel: Parcel) -> dict[str, bytes]:
    """The files in it, by names that say nothing."""
    return {"data.json": as_json(parcel), "tables.xlsx": as_xlsx(parcel)}


def as_json(parcel: Parcel) -> bytes:
    """Everything by codes: for machines."""
    tables = {
        table.code: [
            {code: _coded(cell) for (code, _said), cell in zip(table.columns, row, strict=True)} for row in table.rows
        ]
        for table in parcel.tables
    }  # fmt: skip
    mark = {code: value for code, _term, value in parcel.mark}
    return json.dumps({"mark": mark, "tables": tables}, ensure_ascii=False, indent=1).encode()


def _coded(cell: Any) -> Any:
    if isinstance(cell, Word):
        return cell.code
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell


def as_xlsx(parcel: Parcel) -> bytes:
    """Everything in words: for people. The mark stands on the first sheet, and above and beneath every other one."""
    book = Workbook()
    book.remove(book.active)
    mark = " · ".join(value for _code, _term, value in parcel.mark)
    _sheet(book, "mark", [[term, value] for _code, term, value in parcel.mark], mark)
    for table in parcel.tables:
        head: list[list[Any]] = [[mark], [table.title], [said for _code, said in table.columns]]
        _sheet(book, table.code, [*head, *table.rows], mark)
        book[table.code].freeze_panes = "A4"
    return workbooks.saved(book)


def _sheet(book: Workbook, title: str, rows: Sequence[Sequence[Any]], mark: str) -> None:
    page = book.create_sheet(title)
    page.oddFooter.center.text = mark.replace("&", "&&")
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            workbooks.put(page.cell(number, column), _said(cell))
    for cell in page[3] if len(rows) > 2 else ():
        cell.font = Font(bold=True)
    for column in range(1, max(map(len, rows)) + 1):
        page.column_dimensions[page.cell(1, column).column_letter].width = 22


def _said(cell: Any) -> Decimal | int | str:
    """A cell as people read it; facts of JSON as lines of term and value."""
    if isinstance(cell, Word):
        return str(cell.said)
    if isinstance(cell, Mapping):
        return "\n".join(f"{term}: {_line(value)}" for term, value in cell.items() if value not in (None, "", [], {}))
    if isinstance(cell, list | tuple):
        return "\n".join(_line(value) for value in cell)
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    return cell if isinstance(cell, Decimal | int) else str(cell)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


# -- locks -----------------------------------------------------------------------------------------------------------


class NoRecipient(ValueError):
    """The text is no recipient's key of age."""


def recipient(text: str) -> pyrage.x25519.Recipient:
    """A recipient's key, ``age1...``; NoRecipient where it is none."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise NoRecipient from None


def new_password() -> str:
    """Twenty signs in groups of four (99 bits): enough for a format that tries passwords fast."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(_IN_A_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


def locked_by_password(files: Mapping[str, bytes], password: str) -> bytes:
    """A ZIP file whose entries open by the password alone: AES-256 as WinZip and 7-Zip know it."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked_to(files: Mapping[str, bytes], key: str) -> bytes:
    """A ZIP file in a file of age that the recipient's key alone opens."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    sealed: bytes = pyrage.encrypt(out.getvalue(), [recipient(key)])
    return sealed
