"""From a block and its table to a drawing, and from a drawing to SVG."""

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override, pgettext

from hamroh.evidence.charts import bars, lines, ranges
from hamroh.evidence.charts.paper import SIZE, SMALL, WIDTH, Paper, folded, width
from hamroh.evidence.charts.shapes import BROKEN, Cell, Drawing, Point, Series, Table

__all__ = ["Drawing", "Point", "Series", "alone", "chart", "drawn", "point_of", "rows_to_draw"]
Figures = Mapping[str, Mapping[str, Any]]
_HANDS = {"line": lines.put, "bar": bars.put, "stacked": bars.put, "range": ranges.put}
_PARTS = ("item", "rest")
#: flags that say that a number is not certain
_DOUBTFUL = frozenset("DEFIPUV")
_YEAR = re.compile(r"\b(19|20)\d\d\b")


def rows_to_draw(content: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Which rows of the table a chart shows: those it names by key or label; else a line shows totals, bars show the parts."""
    wanted = content.get("rows") or ()
    if wanted:
        return [at for at, row in enumerate(rows) if row.get("key") in wanted or row.get("label") in wanted]
    totals = [at for at, row in enumerate(rows) if row.get("role") == "total"]
    if content.get("shape") == "line" and totals:
        return totals
    return [at for at, row in enumerate(rows) if row.get("role", "item") in _PARTS] or list(range(len(rows)))


def chart(
    content: Mapping[str, Any], table: Table, figures: Figures, lang: str, *, title: str, alt: str, scale: int | None = None
) -> SafeString:  # fmt: skip
    """The chart of a block. ``table`` holds the rows that are drawn and stands beside it, on ``scale`` (a power of ten) where that is not
    the figures' own; ``figures`` are the manifest's."""
    categories, series = _sorted_out(table, figures, scale)
    shape = str(content.get("shape") or "bar")
    return drawn(Drawing(shape, title, alt, lang, categories, series, unit=table.unit))


def _sorted_out(table: Table, figures: Figures, scale: int | None) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    """Rows are series and columns categories; the other way round where rows are times, or where there is one column only."""
    points = [[point_of(cell, figures.get(cell.code), scale) for cell in row.cells] for row in table.rows]
    labels = tuple(row.label for row in table.rows)
    turned = len(table.columns) == 1 or (_are_times(labels) and not _are_times(table.columns))
    if turned and points:
        columns = [tuple(row[at] for row in points) for at in range(min(len(row) for row in points))]
        return labels, tuple(Series(name, column) for name, column in zip(table.columns, columns, strict=False))
    return table.columns, tuple(Series(name, tuple(row)) for name, row in zip(labels, points, strict=True))


def _are_times(labels: Sequence[str]) -> bool:
    return bool(labels) and all(_YEAR.search(label) for label in labels)


def point_of(number: Cell, figure: Mapping[str, Any] | None, scale: int | None = None) -> Point:
    """A figure of the manifest as a chart shows it."""
    if figure is None:
        return Point(number.text or number.missing)
    value, low, high = (_amount(figure, name, scale) for name in ("value", "low", "high"))
    flags = set(number.flags)
    return Point(number.text, value, low, high, doubtful=bool(flags & _DOUBTFUL), broken=BROKEN in flags)


def _amount(figure: Mapping[str, Any], name: str, scale: int | None) -> Decimal | None:
    """The number on the scale of its table, which is that of the figure where none is told: thousands are drawn in thousands."""
    told = figure.get(name)
    own = figure.get("thousands") or figure.get("detail", {}).get("thousands") or 0
    return None if told is None else Decimal(str(told)).scaleb(-int(own if scale is None else scale))


@functools.lru_cache(maxsize=256)
def drawn(drawing: Drawing) -> SafeString:
    """The drawing as SVG; the same drawing is drawn once."""
    paper = Paper(title=drawing.title, alt=drawing.alt, lang=drawing.lang, seed=repr(drawing.series))
    _unit(paper, drawing)
    _legend(paper, drawing)
    _HANDS.get(drawing.shape, bars.put)(paper, drawing)
    _doubt(paper, drawing)
    return mark_safe(paper.done())  # noqa: S308 - every text went through the paper, which escapes


def alone(svg: str) -> str:
    """The SVG as a file of its own, whose title and description are read by whoever opens it."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}'


def _unit(paper: Paper, drawing: Drawing) -> None:
    for line in folded(drawing.unit, WIDTH - 8, SMALL) if drawing.unit else ():
        paper.y += 15
        paper.write(line, 2, paper.y, style="soft", size=SMALL)


def _legend(paper: Paper, drawing: Drawing) -> None:
    """Each series with its line or texture and its name; as many on a line as fit."""
    if len(drawing.series) < 2:
        paper.y += 6
        return
    x, paper.y = 2.0, paper.y + 18
    for number, series in enumerate(drawing.series):
        lines_of = folded(series.label, WIDTH - 40)
        wide = 34 + max(width(line) for line in lines_of)
        if x > 2 and x + wide > WIDTH:
            x, paper.y = 2.0, paper.y + 19
        _sample(paper, drawing, number, x)
        for at, line in enumerate(lines_of):
            paper.y += 16 if at else 0
            paper.write(line, x + 28, paper.y)
        x += wide + 8
    paper.y += 8


def _sample(paper: Paper, drawing: Drawing, number: int, x: float) -> None:
    if drawing.shape == "line":
        y = paper.y - 4
        paper.add("path", d=f"M{x:.0f} {y:.0f}h24", stroke_width=2, **paper.stroked(number))
        lines.marker(paper, number, (x + 12, y), Point())
    else:
        paper.add("rect", x=x + 4, y=paper.y - 11, width=18, height=13, **paper.filled(number))


def _doubt(paper: Paper, drawing: Drawing) -> None:
    """What is drawn hollow or pale is explained where anything is."""
    hollow = any(point.doubtful and point.reach for series in drawing.series for point in series.points)
    with override(drawing.lang):
        said = drawing.doubt or pgettext("chart", "Hollow or pale: estimated, provisional or otherwise uncertain")
    for line in folded(said, WIDTH - 8, SMALL) if hollow else ():
        paper.y += 15
        paper.write(line, 2, paper.y, style="soft", size=SMALL)
    paper.y += SIZE / 2
