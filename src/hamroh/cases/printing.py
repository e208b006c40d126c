"""A sheet as a file, made in memory: PDF by typst, XLSX by openpyxl. Names and words are data there, never markup and never a formula."""

import functools
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from hamroh.cases import workbooks
from hamroh.cases.sheets import Cell, Paper, Table, breakable
from hamroh.web import dates

TEMPLATES = Path(__file__).parent / "typst"
#: relative widths of columns by table, 0 for as wide as it needs
WIDTHS = {
    "totals": (0, 0), "lines": (4, 6, 0, 0, 3), "payments": (4, 7, 0, 3), "months": (4, 0, 0, 0, 0), "reliefs": (4, 6, 0, 3),
    "penalty": (3, 5, 5, 0, 3),
}  # fmt: skip
TYPES = {
    "pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def printed(paper: Paper, form: str) -> bytes:
    """The sheet as ``pdf`` or ``xlsx``."""
    return {"pdf": pdf, "xlsx": xlsx}[form](paper)


@functools.cache
def fonts() -> typst.Fonts:
    """The fonts that come with typst and no other: a sheet looks the same on every machine, and Libertinus has every letter of ours."""
    return typst.Fonts(include_system_fonts=False)


def pdf(paper: Paper) -> bytes:
    """The sheet to be printed."""
    found = typst.compile(
        TEMPLATES / "sheet.typ", root=TEMPLATES, font_paths=fonts(),
        sys_inputs={"paper": json.dumps(_as_data(paper), ensure_ascii=False)}, format="pdf",
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def _as_data(paper: Paper) -> dict[str, Any]:
    with translation.override(paper.lang):
        words = {"rests": _("What it rests on"), "signatures": [_("Lawyer, signature"), _("Day")]}
    return words | {
        "lang": paper.lang, "title": paper.title, "result": paper.result, "notes": paper.notes,
        "head": [[term, breakable(value)] for term, value in paper.head],
        "grounds": [[title, [[number, breakable(said)] for number, said in lines]] for title, lines in paper.grounds],
        "tables": [_table_as_data(table, paper.lang) for table in paper.tables],
    }  # fmt: skip


def _table_as_data(table: Table, lang: str) -> dict[str, Any]:
    rows = [[said(cell, lang) for cell in row] for row in table.rows]
    return {
        "title": table.title, "columns": table.columns, "widths": WIDTHS[table.code],
        "rows": [[breakable(cell) for cell in row] for row in rows],
    }  # fmt: skip


def said(cell: Cell, lang: str) -> str:
    """A cell as text."""
    return dates.number(cell, lang, 2) if isinstance(cell, Decimal) else cell


def xlsx(paper: Paper) -> bytes:
    """The same as a table: one page for the sheet's head and grounds, one for each table; sums are numbers."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "0"
    _write(page, [[paper.title], *paper.head, [paper.result]])
    for title, lines in paper.grounds:
        _write(page, [[""], [title], *([str(number), words] for number, words in lines)])
    _write(page, [[""], *([note] for note in paper.notes)])
    _shape(page, (26, 90))
    for number, table in enumerate(paper.tables, 1):
        page = book.create_sheet(str(number))
        _write(page, [[table.title], [word for word, _kind in table.columns], *table.rows])
        _shape(page, [28, *(34 if not kind else 16 for _word, kind in table.columns[1:])])
        page.freeze_panes = "A3"
    return workbooks.saved(book)


def _write(page: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    for row in rows:
        at = page.max_row + 1 if page["A1"].value is not None else 1
        for column, value in enumerate(row, 1):
            workbooks.put(page.cell(at, column), value)


def _shape(page: Worksheet, widths: Sequence[int]) -> None:
    page["A1"].font = Font(bold=True, size=14)
    for number, width in enumerate(widths):
        page.column_dimensions["ABCDEFGH"[number]].width = width
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
