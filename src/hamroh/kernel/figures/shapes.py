"""What the rows and columns of a table are to each other where nobody says so: wholes, parts, and columns that add others up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hamroh.kernel.figures.model import Figure, Role, Row, Table

#: so many rows must come out before a column is taken for the sum of the others
_ROWS, _MOST = 3, Decimal(2) / 3
#: what a column that adds others up is called
TOTALS = frozenset({
    "total", "all", "sum", "both sexes", "total/all", "всего", "итого", "все", "cəmi", "hamısı", "yekun", "ҳамагӣ", "ҷамъ", "ҷамъи кул", "барои ҳама",
})  # fmt: skip


def shaped(table: Table) -> Table:
    """The table with the sums that its columns show, and each cell marked that counts a part alone."""
    told = replace(table, sums={**_summing(table), **table.sums})
    return replace(told, rows=tuple(_marked(told, row) for row in told.rows))


def is_total(label: str) -> bool:
    """Whether a heading says that it adds the others up."""
    return label.strip().casefold() in TOTALS


# -- columns ---------------------------------------------------------------------------------------------------------


def _summing(table: Table) -> Mapping[str, tuple[str, ...]]:
    """A column that is the sum of all others of its concept in most rows, in a table that names no sums."""
    if table.sums or table.time == "columns" or len(set(table.columns)) < len(table.columns):
        return {}
    by_concept: dict[str, list[int]] = defaultdict(list)
    for at in range(len(table.columns)):
        concepts = {row.cells[at].concept for row in table.rows if row.role is not Role.SHARE and at < len(row.cells)}
        if len(concepts) == 1:
            by_concept[concepts.pop()].append(at)
    return {
        table.columns[whole]: tuple(table.columns[at] for at in parts) for whole, parts in _adding(table, by_concept)
    }


def _adding(table: Table, by_concept: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, list[int]]]:
    for columns in by_concept.values():
        for whole in columns if len(columns) > 2 else ():
            parts = [at for at in columns if at != whole]
            if _adds_up(table, whole, parts):
                yield whole, parts
                break


def _adds_up(table: Table, whole: int, parts: Sequence[int]) -> bool:
    rows = [row.cells for row in table.rows if row.role is not Role.SHARE and row.cells[whole].value]
    came_out = [
        cells for cells in rows if abs(_off(cells, whole, parts)) <= sum(cells[at].slack for at in (whole, *parts))
    ]
    return len(rows) >= _ROWS and len(came_out) >= _MOST * len(rows)


def _off(cells: Sequence[Figure], whole: int, parts: Sequence[int]) -> Decimal:
    return (cells[whole].value or Decimal(0)) - sum((cells[at].value or Decimal(0) for at in parts), Decimal(0))


# -- parts -----------------------------------------------------------------------------------------------------------


def _marked(table: Table, row: Row) -> Row:
    return replace(row, cells=tuple(_cell(table, row, at, cell) for at, cell in enumerate(row.cells)))


def _cell(table: Table, row: Row, at: int, cell: Figure) -> Figure:
    part = _of_column(table, row, at) or _of_row(table, row, at)
    return replace(cell, of=part) if part else cell


def _of_column(table: Table, row: Row, at: int) -> str:
    """The column's name where it shares concept and time with a column beside it, and is not the sum of them."""
    mine = row.cells[at]
    beside = [each for other, each in enumerate(row.cells) if other != at and _thing(each) == _thing(mine)]
    return (
        table.columns[at] if beside and table.columns[at] not in table.sums and not is_total(table.columns[at]) else ""
    )


def _of_row(table: Table, row: Row, at: int) -> str:
    """The row's name where rows share concept and time, and this one is not their whole; all rows of a table that comes to a hundred per cent."""
    mine = row.cells[at]
    alike = [each for each in table.rows if _thing(each.cells[at]) == _thing(mine) and each.label != row.label]
    if not alike:
        return ""
    rows = [*alike, row]
    if mine.unit == "%" and any(each.role is Role.TOTAL and each.cells[at].value == 100 for each in rows):
        return row.label
    totals = [each for each in rows if each.role is Role.TOTAL]
    items = [each for each in rows if each.role in (Role.ITEM, Role.REST, Role.SUBTOTAL)]
    whole = totals or (items if len(items) == 1 else [])
    return "" if row in whole else row.label


def _thing(figure: Figure) -> tuple[str, ...]:
    """What two cells of one table must share to be of one thing; one with another source is another estimate."""
    when = figure.period.text if figure.period else ""
    return figure.concept, figure.area, figure.origin, figure.destination, figure.definition, figure.source, when
