"""Tables become rows of the template; what cannot be placed is said at its row and column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from hamroh.directory.exchange.sheets import RECORD, SHEETS, Sheet, column_name, sheet_name, tells_where
from hamroh.directory.exchange.tables import FileRefused, Line, Table


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: the column (empty for the whole row) and what to do. Never what the cell held."""

    column: str
    message: str


@dataclass
class Row:
    """A row of a sheet by its number in the file. A sealed row may tell where a hidden place is: nothing of it is shown."""

    sheet: str
    number: int
    cells: dict[str, str]
    faults: list[Fault] = field(default_factory=list)
    sealed: bool = False

    def link(self, name: str) -> str:
        return self.cells.get(name, "")

    def refuse(self, column: str, message: str) -> None:
        self.faults.append(Fault(column, message))

    def as_json(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "number": self.number, "cells": self.cells}


@dataclass(frozen=True)
class Rows:
    """What a file holds; ``ignored`` are headers that no column of the template has."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()


def rows_of(tables: Iterable[Table], file_name: str) -> Rows:
    """The rows of all tables; FileRefused where a table or its header cannot be understood."""
    rows: list[Row] = []
    ignored: list[str] = []
    for table in tables:
        if table.lines:
            reader = _Reader.of(table, file_name)
            rows += [reader.row(line) for line in table.lines]
            ignored += reader.ignored()
    return Rows(tuple(rows), tuple(dict.fromkeys(ignored)))


@dataclass(frozen=True)
class _Reader:
    """Reads lines of one table; ``record`` is the place of the cell that says what a row is, where rows are mixed."""

    header: tuple[str, ...]
    sheet: Sheet | None
    record: int | None

    @classmethod
    def of(cls, table: Table, file_name: str) -> "_Reader":
        plain = [each.casefold().strip() for each in table.header]
        record = next((place for place, each in enumerate(plain) if each in RECORD), None)
        named = sheet_name(table.name) or (None if table.name else sheet_name(PurePath(file_name).stem))
        if record is None and named is None:
            named = _guessed(table.header)
        if record is None and named is None:
            raise FileRefused(
                _("It is not clear what the rows are. Name the sheet or file %(names)s, or add a column “record”.")
                % {"names": ", ".join(SHEETS)}
            )
        reader = cls(table.header, SHEETS[named] if named and record is None else None, record)
        reader.refuse_doubles()
        return reader

    def refuse_doubles(self) -> None:
        for sheet in [self.sheet] if self.sheet else SHEETS.values():
            names = [name for each in self.header if (name := column_name(each, sheet))]
            if doubled := sorted({name for name in names if names.count(name) > 1}):
                raise FileRefused(
                    _("Two columns mean the same: %(names)s. Remove one.") % {"names": ", ".join(doubled)}
                )

    def ignored(self) -> Iterator[str]:
        for place, header in enumerate(self.header):
            if header and place != self.record and not any(column_name(header, each) for each in self._sheets()):
                yield header[:60]

    def row(self, line: Line) -> Row:
        sheet = self.sheet or self._sheet_of(line)
        if sheet is None:
            row = Row("", line.number, {}, sealed=True)
            row.refuse("record", _("Write one of: %(names)s.") % {"names": ", ".join(SHEETS)})
            return row
        row = Row(sheet.name, line.number, {})
        for place, (header, cell) in enumerate(zip(self.header, line.cells, strict=False)):
            if place != self.record:
                self._take(row, sheet, header, cell)
            if place in line.formulas:
                row.refuse(column_name(header, sheet) or "", _("The cell holds a formula. Paste its value instead."))
        return row

    def _take(self, row: Row, sheet: Sheet, header: str, cell: str) -> None:
        name = column_name(header, sheet)
        if name:
            row.cells[name] = cell
        elif cell and _elsewhere(header, sheet):
            row.sealed = True
            row.refuse("", _("An address stands only on a row of the sheet locations. Remove it here."))

    def _sheet_of(self, line: Line) -> Sheet | None:
        name = sheet_name(line.cells[self.record or 0]) if len(line.cells) > (self.record or 0) else None
        return SHEETS[name] if name else None

    def _sheets(self) -> Iterable[Sheet]:
        return [self.sheet] if self.sheet else SHEETS.values()


def _elsewhere(header: str, sheet: Sheet) -> bool:
    """Whether a header that this sheet lacks would tell where a place is."""
    if sheet.name == "locations":
        return False
    name = column_name(header, SHEETS["locations"])
    return bool(name and tells_where(name) and name.startswith(("address", "directions")))


def _guessed(header: tuple[str, ...]) -> str | None:
    """What rows are, from a column that only one sheet has."""
    for name, marks in {
        "phones": {"number"},
        "locations": {"confidentiality", "address_en", "place"},
        "services": {"kinds", "areas"},
        "parties": {"legal_status", "seat", "country"},
    }.items():
        if marks & {column_name(each, SHEETS[name]) for each in header}:
            return name
    return None
