"""Bars, side by side or stacked: upright where categories are short, as years are; lying where they are words, so that words can be read."""

from dataclasses import dataclass
from decimal import Decimal

from hamroh.evidence.charts.axes import Frame, frame
from hamroh.evidence.charts.paper import LINE, SMALL, WIDTH, Paper, folded, width
from hamroh.evidence.charts.scales import Scale, scale
from hamroh.evidence.charts.shapes import Drawing, Point

_BAR, _ZERO = 15, Decimal(0)


def put(paper: Paper, drawing: Drawing) -> None:
    """Draw the bars of a chart."""
    short = all(width(name, SMALL) <= 46 for name in drawing.categories)
    if short and 1 < len(drawing.categories) <= 24:
        _upright(paper, drawing)
    else:
        _lying(paper, drawing)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar of a category and a series, from where to where."""

    at: int
    number: int
    point: Point
    start: Decimal
    end: Decimal


def _spans(drawing: Drawing) -> list[list[_Bar]]:
    """The bars of each category."""
    stacked, found = _stacked(drawing), []
    for at in range(len(drawing.categories)):
        above = below = _ZERO
        bars: list[_Bar] = []
        for number, series in enumerate(drawing.series):
            point = series.points[at]
            value = _ZERO if point.middle is None else point.middle
            start = (above if value >= 0 else below) if stacked else _ZERO
            bars.append(_Bar(at, number, point, start, start + value))
            above, below = (start + value, below) if value >= 0 else (above, start + value)
        found.append(bars)
    return found


def _stacked(drawing: Drawing) -> bool:
    """One series cannot be stacked; its figures then stand at the ends of its bars."""
    return drawing.shape == "stacked" and len(drawing.series) > 1


def _numbers(drawing: Drawing) -> list[Decimal]:
    return [number for bars in _spans(drawing) for bar in bars for number in (bar.start, bar.end)]


def _told(drawing: Drawing, bar: _Bar) -> str:
    said, label = f"{drawing.categories[bar.at]}: {bar.point.text}", drawing.series[bar.number].label
    return f"{label}, {said}" if label and len(drawing.series) > 1 else said


# -- upright ---------------------------------------------------------------------------------------------------------


def _upright(paper: Paper, drawing: Drawing) -> None:
    made = frame(paper, _numbers(drawing), drawing.categories, drawing.lang)
    beside = 1 if _stacked(drawing) else len(drawing.series)
    wide = min(made.step * 0.78 / beside, 44)
    labels = len(drawing.series) == 1 and all(width(each.text, SMALL) <= made.step for each in drawing.series[0].points)
    for bars in _spans(drawing):
        for bar in bars:
            x = made.middle(bar.at) - wide * beside / 2 + (0 if beside == 1 else wide * bar.number)
            _column(paper, drawing, made, bar, (x, wide))
            if labels:
                _label(paper, made, bar)


def _column(paper: Paper, drawing: Drawing, made: Frame, bar: _Bar, place: tuple[float, float]) -> None:
    if bar.point.middle is None:
        return
    top, foot = sorted((made.up.at(bar.start), made.up.at(bar.end)))
    facts = paper.filled(bar.number, hollow=bar.point.doubtful) | {"x": place[0], "width": place[1]}
    paper.add("rect", told=_told(drawing, bar), y=top, height=max(foot - top, 0.8), **facts)


def _label(paper: Paper, made: Frame, bar: _Bar) -> None:
    y = made.up.at(bar.end) + (-4 if bar.end >= bar.start else 12)
    paper.write(bar.point.text, made.middle(bar.at), y, anchor="middle", size=SMALL)


# -- lying -----------------------------------------------------------------------------------------------------------


def _lying(paper: Paper, drawing: Drawing) -> None:
    """The name above its bars, the figure at their end."""
    room = max((width(point.text, SMALL) for series in drawing.series for point in series.points), default=0) + 8
    stacked = _stacked(drawing)
    left = room if any(number < 0 for number in drawing.reach) else 2
    along = scale(_numbers(drawing), left, WIDTH - (4 if stacked else room))
    for name, bars in zip(drawing.categories, _spans(drawing), strict=True):
        for line in folded(name, WIDTH - 4):
            paper.y += LINE
            paper.write(line, 2, paper.y)
        paper.y += 5
        top = paper.y
        for bar in bars:
            _bar(paper, drawing, along, bar)
        paper.y += _BAR if stacked else 0
        paper.add("path", "axis", d=f"M{along.at(_ZERO):.1f} {top - 2:.1f}V{paper.y + 1:.1f}")
        paper.y += 4


def _bar(paper: Paper, drawing: Drawing, along: Scale, bar: _Bar) -> None:
    begin, finish = sorted((along.at(bar.start), along.at(bar.end)))
    if bar.point.middle is not None:
        facts = paper.filled(bar.number, hollow=bar.point.doubtful) | {"x": begin, "y": paper.y, "height": _BAR}
        paper.add("rect", told=_told(drawing, bar), width=max(finish - begin, 0.8), **facts)
    if _stacked(drawing):
        return
    under = bar.end < bar.start
    x, anchor = (begin - 4, "end") if under else (finish + 4, "")
    paper.write(bar.point.text, x, paper.y + 12, anchor=anchor, size=SMALL)
    paper.y += _BAR + 2
