"""Charts and maps as small SVG of our own: real text, the language's numbers, no colour alone, no script; decision 0038 says why."""

from hamroh.evidence.charts.drawing import Drawing, Point, Series, alone, chart, drawn, rows_to_draw
from hamroh.evidence.charts.tiles import Tile, drawn_map, map_of

__all__ = ["Drawing", "Point", "Series", "Tile", "alone", "chart", "drawn", "drawn_map", "map_of", "rows_to_draw"]
