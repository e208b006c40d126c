"""What was let out about an organisation's people, and how a table reads."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import figuresets
from hamroh.cases.figuresets import FigureSet
from hamroh.cases.workbooks import put, saved
from hamroh.directory.models import AdminUnit
from hamroh.kernel.disclosure import ALL, Published, Shape
from hamroh.vault.models import FiguresRelease
from hamroh.web.texts import pick

#: what stands where a count is withheld, in a file and on the page: the same whatever the reason
WITHHELD = "×"
#: what is asked of a table of quarters, which stands in the same register and has pages of its own
COUNTED = "facts"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """A row of a table: its category, one entry a column; ``is_sum`` where it adds others up."""

    title: str
    cells: list[Any]
    is_sum: bool


@dataclass(frozen=True)
class Grid:
    """A table as it reads: titles of its columns, then its rows."""

    corner: str
    columns: list[str]
    lines: list[Line]


def releases(*, actor: Any, organisation: Organisation, of: FigureSet) -> QuerySet[FiguresRelease]:
    """All of a set that was let out or refused, the last first."""
    policy.require(actor, "figures.see")
    rows = FiguresRelease.objects.filter(organisation_id=organisation.pk, population__key=of.key)
    rows = rows.exclude(asked__has_key=COUNTED)
    return rows.order_by("-made_at")


def a_release(*, actor: Any, organisation: Organisation, pk: UUID) -> FiguresRelease:
    """One that left; Refused for any other."""
    policy.require(actor, "figures.see")
    rows = FiguresRelease.objects.filter(organisation_id=organisation.pk, refusal="").select_related("population")
    rows = rows.exclude(asked__has_key=COUNTED)
    found = rows.filter(population__key__in=[each.key for each in figuresets.sets()], pk=pk).first()
    if found is None:
        raise policy.Refused("no such table")
    return found


def grid(of: FigureSet, shape: Shape, entry: Callable[[tuple[str, ...]], Any], lang: str) -> Grid:
    """A table of one or two dimensions, its entries made by ``entry`` from each cell."""
    rows, *across = shape.dimensions
    words = _words(of, shape, lang)
    columns = across[0].categories if across else (None,)
    lines = [
        Line(
            words(code),
            [entry((code,) if column is None else (code, column)) for column in columns],
            code in rows.families,
        )
        for code in _in_order(rows.families, ALL)
    ]
    return Grid(of.variable(rows.name), [words(code) if code else str(of.unit) for code in columns], lines)


def _in_order(families: Mapping[str, tuple[str, ...]], code: str) -> list[str]:
    """Each group after what it adds up from, everybody last."""
    return [*(each for member in families.get(code, ()) for each in _in_order(families, member)), code]


def _words(of: FigureSet, shape: Shape, lang: str) -> Callable[[str], str]:
    codes = {code for dimension in shape.dimensions if dimension.name == "district" for code in dimension.categories}
    places = {
        key: pick(names, lang).text
        for key, names in AdminUnit.objects.filter(key__in=codes).values_list("key", "names")
    }
    known = {ALL: _("All"), **of.words(shape, lang), **places}
    return lambda code: known.get(code) or code


def _file_rows(row: FiguresRelease, lang: str) -> list[list[Any]]:
    of = figuresets.of(row.population.key)
    if of is None:
        raise policy.Refused("no such table")
    published = Published.from_json(row.table or {})
    found = grid(of, published.shape, lambda cell: published.shown.get(cell, WITHHELD), lang)
    legend = _("× is withheld, so that nobody can be recognised.")
    head = [of.wish_of(row.asked).title], [legend], [found.corner, *found.columns]
    lines = ([line.title, *line.cells] for line in found.lines)
    return [*head, *lines, *([note] for note in of.notes(published, lang))]


def as_csv(row: FiguresRelease, lang: str) -> bytes:
    """A released table as CSV, with a mark of UTF-8 in front; a text that a sheet takes for a formula is quoted as text."""
    out = io.StringIO()
    rows = [[f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in line] for line in _file_rows(row, lang)]
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(row: FiguresRelease, lang: str) -> bytes:
    """A released table as a workbook, in which no cell is a formula."""
    book = Workbook()
    for number, line in enumerate(_file_rows(row, lang), start=1):
        for place, value in enumerate(line, start=1):
            put(book.active.cell(number, place), value)
    return saved(book)
