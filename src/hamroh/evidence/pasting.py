"""A table that was copied out of a sheet: its columns, its rows, and what each row probably is. Nothing here asks a database."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hamroh.evidence.contents import MOST_COLUMNS, MOST_ROWS, Unfit
from hamroh.kernel.figures import Role
from hamroh.kernel.figures.reading import NotANumber, read_cell

MOST_PASTED = 200_000
#: how a row begins that is not one of many like it, in our languages
_OPENINGS = (
    (Role.TOTAL, ("total", "all ", "всего", "итого", "cəmi", "ümumi", "ҳамагӣ", "ҷамъ")),
    (Role.SUBTOTAL, ("subtotal", "в том числе", "sum of")),
    (Role.OF_WHICH, ("of which", "of whom", "из них", "o cümlədən", "onlardan", "аз ҷумла", "аз онҳо")),
    (
        Role.REST,
        ("other", "rest", "not specified", "прочие", "другие", "остальные", "digər", "qalan", "дигар", "боқимонда"),
    ),
)


@dataclass(frozen=True, slots=True)
class PastedRow:
    """``faults`` are the numbers of cells that cannot be read."""

    label: str
    role: str
    cells: tuple[str, ...]
    faults: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted; ``stub`` heads the labels."""

    stub: str
    columns: tuple[str, ...]
    rows: tuple[PastedRow, ...]

    @property
    def faults(self) -> list[str]:
        """Where a cell cannot be read, and what stands there."""
        return [f"{row.label}, {self.columns[at]}: {row.cells[at]}" for row in self.rows for at in row.faults]


def read_sheet(text: str, decimal: str = ".", nil: str = "") -> Pasted:
    """The first line heads the columns, the first column names the rows. Unfit where it is no table."""
    if len(text) > MOST_PASTED:
        raise Unfit(_("That is too long. Take a part of the table."))
    lines = _lines(text.replace("\r\n", "\n").replace("\x00", ""))
    if len(lines) < 2 or max(map(len, lines)) < 2:
        raise Unfit(_("Paste at least two lines and two columns, with the names of the columns in the first line."))
    wide = max(at + 1 for line in lines for at, cell in enumerate(line) if cell)
    if len(lines) - 1 > MOST_ROWS or wide - 1 > MOST_COLUMNS:
        raise Unfit(
            _("A table has at most %(rows)s rows and %(columns)s columns.")
            % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        )
    head, *body = [[*line, *[""] * wide][:wide] for line in lines]
    columns = tuple(each or str(at) for at, each in enumerate(head[1:], 1))
    if len(set(columns)) < len(columns):
        raise Unfit(_("Two columns have the same name."))
    return Pasted(head[0], columns, tuple(_row(line, decimal, nil) for line in body))


def guessed_role(label: str) -> str:
    """What a row is, by how its label begins."""
    begins = label.strip().casefold()
    return next((role.value for role, openings in _OPENINGS if begins.startswith(openings)), Role.ITEM.value)


def _lines(text: str) -> list[list[str]]:
    """Cells by line: parted by tabs as a sheet copies them, else by semicolons, else by bars."""
    parts = next((sign for sign in "\t;|" if sign in text), "\t")
    found = csv.reader(io.StringIO(text), delimiter=parts, strict=False)
    return [line for line in ([cell.strip() for cell in each] for each in found) if any(line)]


def _row(line: Sequence[str], decimal: str, nil: str) -> PastedRow:
    cells = tuple(line[1:])
    bad = tuple(at for at, cell in enumerate(cells) if not _readable(cell, decimal, nil))
    return PastedRow(line[0], guessed_role(line[0]), cells, bad)


def _readable(cell: str, decimal: str, nil: str) -> bool:
    try:
        read_cell(cell, decimal, nil)
    except NotANumber:
        return False
    return True
