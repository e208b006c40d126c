"""A workbook: what it is, tables as they were printed, one figure a row, sources."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.cells import cell
from hamroh.evidence.exchange.dataset import Cited, Dataset, Grid, number_text
from hamroh.evidence.exchange.sheets import Workbook
from hamroh.evidence.exchange.tidy import COLUMNS, NUMBERS, Teller
from hamroh.web.texts import pick

#: a spreadsheet keeps fifteen digits of a number, and no more rows
_DIGITS, MOST_ROWS = 15, 1_000_000
#: signs that a name of a sheet must not have, and that a file of XML cannot carry
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ABOUT, FIGURES, SOURCES = "about", "figures", "sources"


def write_workbook(data: Dataset, lang: str, file: IO[bytes]) -> None:
    """Every cell is a text or a number, so that none can run; names of sheets are the same in all languages."""
    book = Workbook(file)
    with override(lang):
        _fill(book, ABOUT, _about(data, lang))
        for grid in data.tables:
            _fill(book, _sheet_name(grid.key), _printed(data, grid, lang))
        _fill(book, FIGURES, _tidy(data, lang), header=True)
        _fill(book, SOURCES, _sources(data), header=True)
    book.close()


def _fill(book: Workbook, name: str, rows: Iterable[Iterable[Any]], *, header: bool = False) -> None:
    book.add(name, ([_cell(each) for each in row] for row in rows), header=header)


def _cell(said: Any) -> Any:
    """A number, or a text that cannot run; what is empty takes no room."""
    return said if isinstance(said, Decimal) else cell(_NOT_IN_XML.sub("", str(said))) or None


def _about(data: Dataset, lang: str) -> Iterator[tuple[str, str]]:
    yield _("Title"), words.title(data, lang)
    yield _("As of"), data.as_of
    if data.edition:
        yield _("Edition"), data.edition
    if data.digest:
        yield "SHA-256", data.digest
    yield _("Licence"), words.licence(lang)
    yield _("Note"), words.notice(lang)
    yield from ((_("Source"), words.cite(each, data.sources, lang)) for each in data.sources.values())


def _printed(data: Dataset, grid: Grid, lang: str) -> Iterator[list[str]]:
    """Title, heading, rows with every number as it was printed, source."""
    yield [str(pick(grid.titles, lang))]
    labels = [str(pick(each, lang)) for each in grid.column_labels] or list(grid.columns)
    yield ["", *labels]
    for row in grid.rows:
        yield [str(pick(row.labels, lang)) or row.label, *("" if each is None else each.printed for each in row.cells)]
    yield []
    if grid.source in data.sources:
        yield [_("Source"), words.cite(data.sources[grid.source], data.sources, lang)]
    yield [_("Note"), words.notice(lang)]


def _tidy(data: Dataset, lang: str) -> Iterator[list[Any]]:
    yield list(COLUMNS)
    teller = Teller(data, lang)
    for at, each in enumerate(data.rows()):
        if at >= MOST_ROWS:
            return
        told = teller.told(each)
        yield [_number(getattr(each, name)) if name in NUMBERS else said for name, said in told.items()]


def _number(value: Decimal | None) -> Decimal | str:
    if value is None:
        return ""
    return value if len(value.normalize().as_tuple().digits) <= _DIGITS else number_text(value)


def _sources(data: Dataset) -> Iterator[list[str]]:
    names = [each.name for each in fields(Cited)]
    yield names
    for each in data.sources.values():
        yield [getattr(each, name) for name in names]


def _sheet_name(key: str) -> str:
    """At most 31 signs; never that of one of our own sheets."""
    plain = _NOT_IN_NAMES.sub("_", key)[:28] or "table"
    return f"{plain}_" if plain.casefold() in (ABOUT, FIGURES, SOURCES, "history") else plain
