"""Drawings of what came in: bars of a question, and places on a sheet without boundaries. What must be said of a picture stands inside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override, pgettext

from hamroh.evidence.charts import Drawing, Point, Series, drawn
from hamroh.evidence.charts.paper import LINE, SMALL, WIDTH, Paper, folded, width

#: the radius of the greatest and the least dot, and the room around them
_MOST, _LEAST, _EDGE = 17.0, 4.5, 26.0


def bars(
    title: str, labels: Sequence[tuple[str, Decimal | int | None, str]], lang: str, *, note: str = ""
) -> SafeString:
    """Bars of labels with their number and how it is said; ``note`` stands inside the picture."""
    points = tuple(Point(said, None if number is None else Decimal(number)) for _label, number, said in labels)
    alt = "; ".join(f"{label}: {said}" for label, _number, said in labels)
    names = tuple(label for label, _number, _said in labels)
    return drawn(Drawing("bar", title, alt, lang, names, (Series("", points),), unit=note))


@dataclass(frozen=True)
class Spot:
    """A place: its name, where the middle of its district lies, a number and how that is said."""

    name: str
    latitude: float
    longitude: float
    number: int | None
    said: str


def scope_map(title: str, spots: Sequence[Spot], lang: str, *, note: str = "") -> SafeString:
    """Each place a dot in the middle of its district, the greater the more; numbers in the dots lead to the names beneath."""
    alt = "; ".join(f"{each.name}: {each.said}" for each in spots)
    paper = Paper(title=title, alt=alt, lang=lang, seed=repr(spots))
    for line in folded(note, WIDTH - 8, SMALL) if note else ():
        paper.y += 15
        paper.write(line, 2, paper.y, style="soft", size=SMALL)
    if spots:
        _dots(paper, spots)
        _names(paper, spots)
    with override(lang):
        words = pgettext("map", "A dot stands in the middle of a district. It shows no village and no boundary.")
    for line in folded(words, WIDTH - 4, SMALL):
        paper.y += 15
        paper.write(line, 2, paper.y, style="soft", size=SMALL)
    paper.y += 8
    return mark_safe(paper.done())  # noqa: S308 - every text went through the paper, which escapes


def _dots(paper: Paper, spots: Sequence[Spot]) -> None:
    """Laid out by latitude and longitude, pushed apart where they would lie on each other."""
    top, places, height = paper.y + 8, _laid(spots), 0.0
    most = max((each.number or 0 for each in spots), default=0) or 1
    for _x, y in places:
        height = max(height, y)
    for number, (each, (x, y)) in enumerate(zip(spots, places, strict=True), 1):
        size = _LEAST + (_MOST - _LEAST) * math.sqrt((each.number or 0) / most)
        told = f"{each.name}: {each.said}"
        looks = paper.filled(0, hollow=False) if each.number else paper.shaded(None)
        paper.add("circle", told=told, cx=x, cy=top + y, r=size, **looks)
        inside = size >= 9 and each.number
        paper.write(
            str(number),
            x,
            top + y + (4 if inside else -size - 3),
            style="on" if inside else "ink",
            anchor="middle",
            size=SMALL,
        )
    paper.y = top + height + _EDGE


def _laid(spots: Sequence[Spot]) -> list[tuple[float, float]]:
    south, north = min(each.latitude for each in spots), max(each.latitude for each in spots)
    west, east = min(each.longitude for each in spots), max(each.longitude for each in spots)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * _EDGE) / max((east - west) * narrow, 0.4), (WIDTH * 0.8 - 2 * _EDGE) / max(north - south, 0.4)
    )
    places = [
        (_EDGE + (each.longitude - west) * narrow * scale, _EDGE + (north - each.latitude) * scale) for each in spots
    ]
    for _turn in range(60):
        places = _apart(places)
    return places


def _apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Every two that touch are moved a little away from each other."""
    found = [list(each) for each in places]
    for one in range(len(found)):
        for other in range(one + 1, len(found)):
            across, down = found[other][0] - found[one][0], found[other][1] - found[one][1]
            lie = math.hypot(across, down) or 0.01
            if lie < 2 * _MOST:
                push = (2 * _MOST - lie) / 4
                step = (across / lie * push or 0.1, down / lie * push)
                found[one] = [found[one][0] - step[0], found[one][1] - step[1]]
                found[other] = [found[other][0] + step[0], found[other][1] + step[1]]
    return [(min(max(x, _EDGE), WIDTH - _EDGE), max(y, _EDGE)) for x, y in found]


def _names(paper: Paper, spots: Sequence[Spot]) -> None:
    """The key: number, name and figure, in two columns where they fit."""
    texts = [f"{number}. {each.name}: {each.said}" for number, each in enumerate(spots, 1)]
    across = 2 if all(width(text, SMALL) <= WIDTH / 2 - 8 for text in texts) else 1
    deep = -(-len(texts) // across)
    top = paper.y
    for at, text in enumerate(texts):
        x, y = 2 + (at // deep) * WIDTH / 2, top + (at % deep + 1) * (LINE - 2)
        for line in folded(text, WIDTH - 4, SMALL)[:1] if across == 1 else (text,):
            paper.write(line, x, y, size=SMALL)
    paper.y = top + deep * (LINE - 2) + 6
