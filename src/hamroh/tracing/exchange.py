"""Files for pools: CSV, XLSX and PFIF become rows, or a refusal that says what to do. Nothing of a refused file is kept."""

import hashlib
from typing import Any

from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import FileRefused, Table, read_tables
from hamroh.tracing.pfif import faults, theirs
from hamroh.tracing.pfif.reading import NotRead, people
from hamroh.tracing.rows import RECORDS, Row

__all__ = ["LARGEST", "MOST_ROWS", "FileRefused", "read_file", "read_records"]
#: bytes and rows of one file
LARGEST, MOST_ROWS = 20 * 2**20, 20_000


def read_file(name: str, content: bytes) -> tuple[tuple[str, ...], list[Row], str]:
    """Header, rows and a digest of the first sheet that has rows; FileRefused."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is larger than %(size)d MB. Split it.") % {"size": LARGEST // 2**20})
    _refuse_crowd(content)
    table = next(each for each in read_tables(name, content) if each.lines)
    if len(table.lines) > MOST_ROWS:
        _too_many()
    return table.header, _rows(table), hashlib.sha256(content).hexdigest()


def read_records(content: bytes, *, sign: str = "") -> tuple[tuple[str, ...], list[Row], str]:
    """The same of a file of the People Finder Interchange Format: one row a person, what is wrong with it in the row."""
    try:
        rows = [Row(each.number, (theirs.as_cell(each, sign),)) for each in people(content)]
    except NotRead as fault:
        raise FileRefused(str(faults.REFUSALS[fault.args[0]])) from None
    if not rows:
        raise FileRefused(str(faults.REFUSALS["empty"]))
    return (RECORDS,), rows, hashlib.sha256(content).hexdigest()


def _refuse_crowd(content: bytes) -> None:
    """A text with far too many lines is refused before it is read."""
    if not content.startswith(b"PK") and content.count(b"\n") > 2 * MOST_ROWS:
        _too_many()


def _too_many() -> Any:
    raise FileRefused(_("There are more than %(most)s rows. Split the file.") % {"most": MOST_ROWS})


def _rows(table: Table) -> list[Row]:
    return [Row(line.number, line.cells, line.formulas) for line in table.lines]
