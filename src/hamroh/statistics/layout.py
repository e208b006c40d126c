"""A table as it is laid out: of three variables one grid for each category of the third; and its picture."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hamroh.evidence.charts import Drawing, Point, Series, drawn
from hamroh.kernel.disclosure import ALL, Cell, Dimension, Shape
from hamroh.statistics import words

Entry = Callable[[Cell], Any]
#: what stands where a count is withheld
WITHHELD = "×"
#: categories that a picture has at most
_MOST = 24


@dataclass(frozen=True)
class Line:
    """A row of a table: its category, one entry a column; ``is_sum`` where it adds others up."""

    title: str
    cells: list[Any]
    is_sum: bool


@dataclass(frozen=True)
class Grid:
    """One grid: what it is about where there are several, titles of its columns, its rows."""

    about: str
    corner: str
    columns: list[str]
    lines: list[Line]


@dataclass(frozen=True)
class Reader:
    """The words of one table in one language."""

    register: str
    unit: str
    shape: Shape
    known: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, register: str, unit: str, shape: Shape, lang: str) -> "Reader":
        return cls(register, unit, shape, words.categories(register, shape, lang))

    def word(self, dimension: Dimension, code: str) -> str:
        return self.known[dimension.name].get(code, code)

    def variable(self, dimension: Dimension) -> str:
        return words.variable(self.register, dimension.name)


def grids(read: Reader, entry: Entry) -> list[Grid]:
    """The table in grids of two variables, in their order."""
    beyond = read.shape.dimensions[2] if len(read.shape.dimensions) > 2 else None
    return [_grid(read, code, entry) for code in (in_order(beyond.families, ALL) if beyond else [""])]


def _grid(read: Reader, deep: str, entry: Entry) -> Grid:
    """One grid; ``deep`` is the category of the third variable, empty where there is none."""
    rows, *rest = read.shape.dimensions
    across = rest[0] if rest else None
    columns: Sequence[str] = in_order(across.families, ALL) if across else ("",)
    lines = [
        Line(
            read.word(rows, code),
            [entry(tuple(each for each in (code, column, deep) if each)) for column in columns],
            code in rows.families,
        )
        for code in in_order(rows.families, ALL)
    ]
    titles = [read.word(across, code) if across else read.unit for code in columns]
    about = f"{read.variable(rest[1])}: {read.word(rest[1], deep)}" if deep else ""
    return Grid(about, read.variable(rows), titles, lines)


def in_order(families: Mapping[str, tuple[str, ...]], code: str) -> list[str]:
    """Each group after what it adds up from, everybody last."""
    return [*(each for member in families.get(code, ()) for each in in_order(families, member)), code]


def picture(read: Reader, shown: Mapping[Cell, int], lang: str, *, title: str, number: Callable[[int], str]) -> str:
    """The rows of a table as bars, of all columns together; empty where there is too little or too much to draw."""
    rows = read.shape.dimensions[0]
    told = [(code, shown.get(_margin(read.shape, code))) for code in rows.leaves]
    counted = [(code, count) for code, count in told if count is not None]
    if not 1 < len(counted) <= _MOST:
        return ""
    points = tuple(Point(number(count), Decimal(count)) for _code, count in counted)
    labels = tuple(read.word(rows, code) for code, _count in counted)
    alt = "; ".join(f"{label}: {point.text}" for label, point in zip(labels, points, strict=True))
    return str(drawn(Drawing("bar", title, alt, lang, labels, (Series(read.unit, points),), read.unit)))


def _margin(shape: Shape, code: str) -> Cell:
    return (code, *(ALL for _each in shape.dimensions[1:]))


def cells(read: Reader, shown: Mapping[Cell, int]) -> Iterator[list[Any]]:
    """Every cell as a line of a file: its categories, then its count or the sign that it is withheld."""
    for cell in read.shape.cells:
        names = [read.word(dimension, code) for dimension, code in zip(read.shape.dimensions, cell, strict=True)]
        yield [*names, shown.get(cell, WITHHELD)]
