"""Lines through time: each with its own dashes and marks; a gap where nothing is known or the series was broken."""

from collections.abc import Iterator
from typing import Any

from hamroh.evidence.charts.axes import Frame, frame
from hamroh.evidence.charts.paper import Paper, colours
from hamroh.evidence.charts.shapes import Drawing, Point, Series


def put(paper: Paper, drawing: Drawing) -> None:
    """Draw the lines of a chart."""
    made = frame(paper, drawing.reach, drawing.categories, drawing.lang, from_zero=False)
    for number, series in enumerate(drawing.series):
        for part in _parts(series):
            _join(paper, made, number, part)
        for at, point in enumerate(series.points):
            if point.middle is not None:
                told = f"{series.label}, {drawing.categories[at]}: {point.text}"
                marker(paper, number, (made.middle(at), made.up.at(point.middle)), point, told)


def _parts(series: Series) -> Iterator[list[tuple[int, Point]]]:
    """Points that are joined: up to a gap or a break."""
    part: list[tuple[int, Point]] = []
    for at, point in enumerate(series.points):
        if point.middle is None or point.broken:
            yield part
            part = []
        if point.middle is not None:
            part.append((at, point))
    yield part


def _join(paper: Paper, made: Frame, number: int, part: list[tuple[int, Point]]) -> None:
    places = [f"{made.middle(at):.1f} {made.up.at(point.middle):.1f}" for at, point in part if point.middle is not None]
    if len(places) > 1:
        paper.add("path", d="M" + "L".join(places), stroke_width=2, stroke_linejoin="round", **paper.stroked(number))


def marker(paper: Paper, number: int, place: tuple[float, float], point: Point, told: str = "") -> None:
    """The sign of a series at a place: a disc, a square, a lozenge, a triangle; hollow where the figure is doubtful."""
    (x, y), at, colour = place, number % 6, colours(number)[0]
    facts: dict[str, Any] = {"class": f"ch-m{at}", "fill": colour, "stroke": colour, "stroke_width": 1.5}
    if point.doubtful:
        facts |= {"class": f"ch-h{at}", "fill": "#fff"}
    if number % 4 == 0:
        paper.add("circle", told=told, cx=x, cy=y, r=3.5, **facts)
    else:
        signs = ("h7v7h-7z", "l4.5 4.5l-4.5 4.5l-4.5 -4.5z", "l4.5 8h-9z")
        away = ((-3.5, -3.5), (0.0, -4.5), (0.0, -5.0))
        dx, dy = away[number % 4 - 1]
        paper.add("path", told=told, d=f"M{x + dx:.1f} {y + dy:.1f}{signs[number % 4 - 1]}", **facts)
