"""Tables that left as files: one line a cell, with where they come from; no cell is a formula."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from hamroh.accounts.models import Organisation
from hamroh.cases.workbooks import put, saved
from hamroh.statistics.layout import Reader, cells
from hamroh.statistics.released import ReleasedTable
from hamroh.web.texts import pick

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(table: ReleasedTable, house: Organisation, lang: str) -> list[list[Any]]:
    """Title, source and legend, then the cells."""
    read = Reader.of(table.register, table.unit, table.published.shape, lang)
    source = _("Source: %(house)s, table of %(day)s, mark %(mark)s.") % {
        "house": pick(house.names, lang).text or house.code, "day": f"{table.made_at:%Y-%m-%d}", "mark": table.digest[:12],
    }  # fmt: skip
    head = [[table.title], [source], [_("× is withheld, so that nobody can be recognised.")]]
    return [*head, [*map(read.variable, read.shape.dimensions), table.unit], *cells(read, table.published.shown)]


def as_csv(rows: list[list[Any]]) -> bytes:
    """CSV with a mark of UTF-8 in front; a text that a sheet takes for a formula is quoted as text."""
    out = io.StringIO()
    csv.writer(out).writerows(
        [[f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in line] for line in rows]
    )
    return out.getvalue().encode("utf-8-sig")


def as_workbook(rows: list[list[Any]]) -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    for number, line in enumerate(rows, start=1):
        for place, value in enumerate(line, start=1):
            put(book.active.cell(number, place), value)
    return saved(book)
