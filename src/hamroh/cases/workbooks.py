"""Workbooks made in memory: no sheet passes through a file of the machine, and no cell is ever a formula."""

import io
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class _InMemory(ExcelWriter):  # type: ignore[misc] # the library has no types
    """The library writes each sheet into a temporary file first, in the clear: here it stays in memory."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - the library's own step, with another place to write to
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001
        out = io.BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def saved(book: Workbook) -> bytes:
    """The workbook as a file's bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive).save()
    return out.getvalue()


def put(cell: Cell, value: Decimal | int | str) -> None:
    """A number as a number; anything else as text, whatever it begins with: a sign for a formula calls none."""
    if isinstance(value, Decimal):
        cell.value, cell.number_format = value, "#,##0.00"
    elif isinstance(value, int):
        cell.value = value
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type, cell.quotePrefix = "s", True
