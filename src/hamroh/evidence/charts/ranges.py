"""Who says what, on one scale: a span from the least to the most that is said, a sign at a single figure, an arrow where no end is said."""

from hamroh.evidence.charts.lines import marker
from hamroh.evidence.charts.paper import LINE, SMALL, WIDTH, Paper, folded, width
from hamroh.evidence.charts.scales import Scale, said, scale
from hamroh.evidence.charts.shapes import Drawing, Point

_EDGE = 8


def put(paper: Paper, drawing: Drawing) -> None:
    """Draw the spans of a chart; rows are categories, or series where there is one category."""
    rows = _rows(drawing)
    along = scale(drawing.reach, _EDGE, WIDTH - _EDGE - 6, from_zero=False)
    top = paper.y + 6
    places = _heights(rows, top)
    foot = places[-1][1] + 16 if places else top
    _grid(paper, along, drawing.lang, top, foot)
    for (name, point), (head, y) in zip(rows, places, strict=True):
        _write(paper, name, point, head)
        _span(paper, along, point, y, f"{name}: {point.text}")
    paper.y = foot + 18


def _rows(drawing: Drawing) -> list[tuple[str, Point]]:
    if len(drawing.series) == 1:
        return list(zip(drawing.categories, drawing.series[0].points, strict=True))
    several = len(drawing.categories) > 1
    return [
        (f"{series.label}, {category}" if several else series.label, point)
        for series in drawing.series
        for category, point in zip(drawing.categories, series.points, strict=True)
    ]


def _name(name: str, point: Point) -> list[str]:
    return folded(name, WIDTH - width(point.text) - 20)


def _heights(rows: list[tuple[str, Point]], top: float) -> list[tuple[float, float]]:
    """For each row where its words begin and where its span lies."""
    found, y = [], top
    for name, point in rows:
        head = y + LINE
        y = head + LINE * (len(_name(name, point)) - 1) + 13
        found.append((head, y))
        y += 8
    return found


def _grid(paper: Paper, along: Scale, lang: str, top: float, foot: float) -> None:
    words = [said(tick, lang) for tick in along.ticks]
    gap = (along.end - along.start) / max(len(words) - 1, 1)
    every = max(1, -(-int(max(width(word, SMALL) for word in words) + 8) // max(int(gap), 1)))
    for number, (tick, word) in enumerate(zip(along.ticks, words, strict=True)):
        x = along.at(tick)
        paper.add("path", "grid", d=f"M{x:.1f} {top:.1f}V{foot:.1f}")
        if number % every == 0:
            anchor = "start" if number == 0 else "end" if number == len(words) - 1 else "middle"
            paper.write(word, max(x, 2) if number else 2, foot + 15, style="soft", anchor=anchor, size=SMALL)


def _write(paper: Paper, name: str, point: Point, head: float) -> None:
    for at, line in enumerate(_name(name, point)):
        paper.write(line, 2, head + LINE * at)
    paper.write(point.text, WIDTH - 2, head, anchor="end")


def _span(paper: Paper, along: Scale, point: Point, y: float, told: str) -> None:
    if point.low is not None or point.high is not None:
        left = along.at(point.low) if point.low is not None else along.start
        right = along.at(point.high) if point.high is not None and point.high.is_finite() else along.end
        facts = paper.filled(5, hollow=point.doubtful)
        paper.add("rect", told=told, x=left, y=y - 4, width=max(right - left, 1.0), height=8, **facts)
        _arrows(paper, point, left, right, y)
    if point.value is not None:
        marker(paper, 0, (along.at(point.value), y), point, told)


def _arrows(paper: Paper, point: Point, left: float, right: float, y: float) -> None:
    """An end that nobody said points on."""
    if point.high is None or not point.high.is_finite():
        paper.add("path", "ink", d=f"M{right:.1f} {y - 6:.1f}l7 6l-7 6z")
    if point.low is None:
        paper.add("path", "ink", d=f"M{left:.1f} {y - 6:.1f}l-7 6l7 6z")
