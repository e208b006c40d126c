"""JSON-stat 2.0: a table as a cube of its rows and columns, other figures as a cube of what tells them apart; an edition as a collection."""

from collections.abc import Callable, Iterable, Mapping
from math import prod
from typing import Any

from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.dataset import DIMENSIONS, Dataset, Datum, Grid, number_text
from hamroh.evidence.models import FLAG_RANK
from hamroh.web.texts import pick

Object = dict[str, Any]
#: a cube of more cells is written as a plain list of figures: readers make room for every cell, empty or not
_MOST = 1_000_000
#: what tells figures apart that are in no table, with the name of the dimension
_ALONG = ("concept", "area", *DIMENSIONS, "source", "vintage", "period", "variant")
_ROLES = {"time": "period", "geo": "area"}


def as_jsonstat(data: Dataset, lang: str) -> Object:
    """A dataset where there is one table, or no table; otherwise a collection of tables with the figures that stand alone."""
    if not data.tables:
        return _of_list(data, list(data.rows()), lang)
    if data.is_table:
        return _of_table(data, data.tables[0], lang)
    inside = {cell.code for grid in data.tables for row in grid.rows for cell in row.cells if cell}
    alone = [each for each in data.rows() if each.code not in inside]
    items = [_of_table(data, grid, lang) for grid in data.tables] + ([_of_list(data, alone, lang)] if alone else [])
    return _head(data, "collection", words.title(data, lang), lang) | {"link": {"item": items}}


def _of_table(data: Dataset, grid: Grid, lang: str) -> Object:
    """Rows and columns as printed: their names are the sources' own."""
    rows = [(str(at), str(pick(row.labels, lang)) or row.label) for at, row in enumerate(grid.rows, 1)]
    labels = [str(pick(each, lang)) for each in grid.column_labels] or list(grid.columns)
    columns = [(str(at), label) for at, label in enumerate(labels, 1)]
    cells = [(at, cell) for at, cell in enumerate(cell for row in grid.rows for cell in row.cells) if cell]
    title = str(pick(grid.titles, lang)) or grid.key
    made = _cube(data, title, {"row": rows, "column": columns}, cells, lang)
    made["extension"]["roles"] = {str(at): row.role for at, row in enumerate(grid.rows, 1)}
    return made


def _of_list(data: Dataset, rows: list[Datum], lang: str) -> Object:
    """Figures by what tells them apart; dimensions that they do not use are left out."""
    used = [name for name in _ALONG if name in ("area", "period") or len({_at(each, name) for each in rows}) > 1]
    found = {name: sorted({_at(each, name) for each in rows}) for name in used}
    if prod(len(each) for each in found.values()) > _MOST:
        used, found = ["figure"], {"figure": [each.code for each in rows]}
    where = {name: {value: at for at, value in enumerate(values)} for name, values in found.items()}
    sizes = [len(found[name]) for name in used]
    cells = [(_index([where[name][_at(each, name)] for name in used], sizes), each) for each in rows]
    named = {name: [(value or "_Z", _label(data, name, value, lang)) for value in found[name]] for name in used}
    made = _cube(data, words.title(data, lang), named, sorted(cells, key=lambda each: each[0]), lang)
    made["role"] = {role: [name] for role, name in _ROLES.items() if name in used}
    return made


def _cube(data: Dataset, title: str, along: Mapping[str, Iterable[tuple[str, str]]], cells: list[tuple[int, Datum]], lang: str) -> Object:  # fmt: skip
    kept = {name: list(values) for name, values in along.items()}
    flags = {str(at): words.status(each.flags, each.missing) for at, each in cells}
    return _head(data, "dataset", title, lang) | {
        "id": list(kept), "size": [len(values) for values in kept.values()],
        "dimension": {name: {"label": name, "category": _category(values)} for name, values in kept.items()},
        "value": {str(at): _number(each) for at, each in cells if each.value is not None},
        "status": {at: flag for at, flag in flags.items() if flag != "A"},
        "extension": _beside(data, cells, lang),
    }  # fmt: skip


def _category(values: list[tuple[str, str]]) -> Object:
    return {"index": [code for code, _label in values], "label": dict(values)}


def _beside(data: Dataset, cells: list[tuple[int, Datum]], lang: str) -> Object:
    """What JSON-stat has no place for: figures as printed, ranges, reasons, codes; by the same indexes as the values."""
    told: dict[str, Callable[[Datum], str]] = {
        "figure": lambda each: each.code, "printed": lambda each: each.printed, "low": lambda each: number_text(each.low),
        "high": lambda each: number_text(each.high), "qualifier": lambda each: each.qualifier, "missing": lambda each: each.missing,
        "flags": lambda each: " ".join(each.flags), "source": lambda each: each.source, "vintage": lambda each: each.vintage,
        "unit": lambda each: each.unit, "period": lambda each: each.period, "concept": lambda each: each.concept, "locator": lambda each: each.locator,
    }  # fmt: skip
    by_name = {name: {str(at): said for at, each in cells if (said := tell(each))} for name, tell in told.items()}
    met = {each.missing for _at, each in cells if each.missing}
    return {
        **{name: values for name, values in by_name.items() if values},
        "status": {"label": {flag: words.flag_words(flag, lang) for flag in FLAG_RANK}},
        "reasons": {code: words.missing_words(code, lang) for code in sorted(met)},
        "sources": {key: words.cite(each, data.sources, lang) for key, each in data.sources.items()},
        "licence": words.licence(lang), "licences": {key: each.licence for key, each in data.sources.items() if each.licence},
        "as_of": data.as_of,
    }  # fmt: skip


def _head(data: Dataset, kind: str, title: str, lang: str) -> Object:
    source = "; ".join(sorted({each.title for each in data.sources.values()}))[:2000]
    return {"version": "2.0", "class": kind, "label": title, "source": source, "updated": data.as_of, "note": [words.notice(lang)]}  # fmt: skip


def _at(figure: Datum, name: str) -> str:
    if name == "figure":
        return figure.code
    return figure.dims.get(name, "") if name in DIMENSIONS else str(getattr(figure, name))


def _label(data: Dataset, name: str, value: str, lang: str) -> str:
    if name == "concept":
        return words.measure_name(data, value, lang)
    if name in ("area", "origin", "destination"):
        return words.area_words(value, lang) or value or "_Z"
    if name == "source" and value in data.sources:
        return data.sources[value].title
    return value or "_Z"


def _index(places: list[int], sizes: list[int]) -> int:
    at = 0
    for place, size in zip(places, sizes, strict=True):
        at = at * size + place
    return at


def _number(figure: Datum) -> int | float:
    """A number of JSON; whole ones without a point."""
    value = figure.value
    assert value is not None
    return int(value) if value == value.to_integral_value() else float(value)
