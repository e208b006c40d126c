"""A map without boundaries: each region a tile among its neighbours, shaded by its figure; the table beside it says the rest."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override, pgettext

from hamroh.evidence.charts.drawing import point_of
from hamroh.evidence.charts.paper import SMALL, WIDTH, Paper, folded, width
from hamroh.evidence.charts.shapes import Point, Table
from hamroh.kernel.datafiles import document, rows

#: what is written on the shades, from little to much
_SHADES = ("ink", "ink", "on", "on")
_ROOMY, _SPACE = 90, 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A region at its place. ``letters`` are of its ISO 3166-2 code."""

    letters: str
    name: str
    row: int
    column: int
    point: Point | None


@dataclass(frozen=True, slots=True)
class _Words:
    unknown: str
    scheme: str


def map_of(
    content: Mapping[str, Any],
    table: Table,
    figures: Mapping[str, Mapping[str, Any]],
    lang: str,
    *,
    title: str,
    alt: str,
) -> SafeString:
    """The map of a block: ``values`` are codes of figures by ISO 3166-2; ``table`` holds them in words. Empty where we have no tiles of the area."""
    grid = document("profile/tiles.yml").get(content.get("area", ""))
    if not grid:
        return SafeString()
    cells = {cell.code: cell for row in table.rows for cell in row.cells}
    points = {
        iso.partition("-")[2]: point_of(cells[code], figures.get(code))
        for iso, code in content.get("values", {}).items()
        if code in cells
    }
    names = region_names(lang)
    country = {"AZE": "AZ", "TJK": "TJ"}[content["area"]]
    tiles = tuple(
        Tile(letters, names.get(f"{country}-{letters}", letters), row, column, points.get(letters))
        for row, line in enumerate(grid)
        for column, letters in enumerate(line.split())
        if letters != "."
    )
    return drawn_map(tiles, lang, title, alt)


@functools.lru_cache(maxsize=8)
def region_names(lang: str) -> Mapping[str, str]:
    """Short names of regions by ISO 3166-2 code; the English one where a language has none."""
    codes = {row["id"]: row["iso"].split() for row in rows("places/units.csv") if row["iso"][:3] in ("AZ-", "TJ-")}
    kinds = {"preferred": 0, "short": 1}
    found: dict[str, tuple[tuple[bool, int], str]] = {}
    for row in rows("places/unit_names.csv"):
        if row["unit"] in codes and row["kind"] in kinds and row["lang"] in (lang, "en") and not row["to_year"]:
            rank = (row["lang"] == lang, kinds[row["kind"]])
            for iso in codes[row["unit"]]:
                found[iso] = max(found.get(iso, (rank, row["name"])), (rank, row["name"]), key=lambda each: each[0])
    return {iso: name for iso, (_rank, name) in found.items()}


@functools.lru_cache(maxsize=64)
def drawn_map(tiles: tuple[Tile, ...], lang: str, title: str, alt: str) -> SafeString:
    """The tiles as SVG; what is not known is empty."""
    with override(lang):
        words = _Words(
            pgettext("map", "no figure"),
            pgettext("map", "A tile is a region among its neighbours. It shows neither its size nor its boundary."),
        )
    paper = Paper(title=title, alt=alt, lang=lang, seed=repr(tiles))
    bounds = _bounds([each.point.middle for each in tiles if each.point and each.point.middle is not None])
    wide = WIDTH / (1 + max((each.column for each in tiles), default=0))
    high = 64.0 if wide >= _ROOMY else wide
    for each in tiles:
        _tile(paper, each, bounds, (wide, high), words)
    paper.y = high * (1 + max((each.row for each in tiles), default=0)) + 6
    _legend(paper, tiles, bounds, words)
    for line in folded(words.scheme, WIDTH - 4, SMALL):
        paper.y += 15
        paper.write(line, 2, paper.y, style="soft", size=SMALL)
    paper.y += 6
    return mark_safe(paper.done())  # noqa: S308 - every text went through the paper, which escapes


def _bounds(values: list[Decimal]) -> tuple[Decimal, ...]:
    """The greatest figure of each shade: as many regions in one as in another, and one shade where all are alike."""
    ordered = sorted(values)
    if not ordered:
        return ()
    cuts = [ordered[-(-len(ordered) * part // len(_SHADES)) - 1] for part in range(1, len(_SHADES) + 1)]
    return tuple(dict.fromkeys(cuts))


def _shade(value: Decimal, bounds: tuple[Decimal, ...]) -> int:
    step = next(number for number, bound in enumerate(bounds) if value <= bound)
    return step if len(bounds) == len(_SHADES) else len(_SHADES) - len(bounds) + step


def _tile(paper: Paper, tile: Tile, bounds: tuple[Decimal, ...], size: tuple[float, float], words: _Words) -> None:
    wide, high = size
    x, y = tile.column * wide, tile.row * high
    value = tile.point.middle if tile.point else None
    said = tile.point.text if tile.point and tile.point.text else words.unknown
    shade = None if value is None else _shade(value, bounds)
    box: dict[str, Any] = {"x": x + _SPACE / 2, "y": y + _SPACE / 2, "width": wide - _SPACE, "height": high - _SPACE}
    paper.add("rect", told=f"{tile.name}: {said}", **box, **paper.shaded(shade))
    style = "ink" if shade is None else _SHADES[shade]
    for line, at in _lines(tile, said, wide, high):
        paper.write(line, x + wide / 2, y + at, style=style, anchor="middle", size=SMALL if wide >= _ROOMY else 10.5)


def _lines(tile: Tile, said: str, wide: float, high: float) -> Iterator[tuple[str, float]]:
    if wide < _ROOMY:
        yield tile.letters, high / 2 + 4
        return
    lines = [*folded(tile.name, wide - 10, SMALL)[:2], said]
    for number, line in enumerate(lines):
        yield line, high / 2 + 4 + 15 * (number - (len(lines) - 1) / 2)


def _legend(paper: Paper, tiles: tuple[Tile, ...], bounds: tuple[Decimal, ...], words: _Words) -> None:
    """From the least to the greatest of each shade, in the figures' own words."""
    known = sorted(
        ((each.point.middle, each.point.text) for each in tiles if each.point and each.point.middle is not None),
        key=lambda each: each[0],
    )
    entries: list[tuple[int | None, str]] = []
    for step in range(len(_SHADES)):
        texts = [text for value, text in known if _shade(value, bounds) == step]
        if texts:
            entries.append((step, texts[0] if texts[0] == texts[-1] else f"{texts[0]} – {texts[-1]}"))
    if len(known) < len(tiles):
        entries.append((None, words.unknown))
    x, paper.y = 2.0, paper.y + 16
    for shade, text in entries:
        if x > 2 and x + 30 + width(text) > WIDTH:
            x, paper.y = 2.0, paper.y + 19
        paper.add("rect", x=x, y=paper.y - 11, width=18, height=13, **paper.shaded(shade))
        paper.write(text, x + 24, paper.y)
        x += 36 + width(text)
    paper.y += 6
