"""A Data Package (version 2): one resource a table with its missing values labelled, one of all figures, one of sources."""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.cells import csv_lines
from hamroh.evidence.exchange.dataset import Cited, Dataset, Datum, Grid, number_text
from hamroh.evidence.exchange.tidy import COLUMNS, NUMBERS, Teller
from hamroh.evidence.models import Missing
from hamroh.web.texts import pick

Object = dict[str, Any]
PROFILE = "https://datapackage.org/profiles/2.0/"
#: what stands in a cell of a number where there is none; a range stands whole among the figures
_RANGE = "range"
_IN_MEMORY, _CHUNK = 2**21, 64 * 1024


def as_datapackage(data: Dataset, lang: str) -> Iterator[bytes]:
    """The package as a zip, in pieces; large ones rest in a temporary file meanwhile."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("datapackage.json", json.dumps(descriptor(data, lang), ensure_ascii=False, indent=1))
            for path, lines in _files(data, lang):
                with archive.open(path, "w") as member, io.TextIOWrapper(member, "utf-8", newline="") as text:
                    text.writelines(lines)
        file.seek(0)
        yield from iter(lambda: file.read(_CHUNK), b"")


def descriptor(data: Dataset, lang: str) -> Object:
    """What is in the package, by the schema of version 2."""
    licences = sorted({each.licence for each in data.sources.values() if each.licence})
    return {
        "$schema": f"{PROFILE}datapackage.json", "name": data.name, "title": words.title(data, lang),
        "description": f"{words.licence(lang)} {words.notice(lang)}", "version": data.as_of or "1", "id": data.digest or data.name,
        "licenses": [{"name": re.sub(r"[^\w.-]+", "-", each), "title": each} for each in licences] or [{"name": "facts", "title": words.licence(lang)}],
        "sources": [_source(each, data, lang) for each in data.sources.values()],
        "resources": [*(_table(grid, lang) for grid in data.tables), _figures(), _cited()],
    }  # fmt: skip


def _files(data: Dataset, lang: str) -> Iterator[tuple[str, Iterator[str]]]:
    for grid in data.tables:
        yield f"{_name(grid)}.csv", csv_lines(_grid_rows(grid, lang))
    yield "figures.csv", csv_lines(_figure_rows(data, lang))
    yield "sources.csv", csv_lines(_source_rows(data))


def _grid_rows(grid: Grid, lang: str) -> Iterator[list[str]]:
    yield ["row", "label", "role", *_column_names(grid)]
    for at, row in enumerate(grid.rows, 1):
        label = str(pick(row.labels, lang)) or row.label
        yield [str(at), label, row.role, *map(_value, row.cells)]


def _value(figure: Datum | None) -> str:
    """A number, or in its place the code of why there is none."""
    if figure is None:
        return ""
    if figure.value is not None:
        return number_text(figure.value)
    return _code(figure.missing) if figure.missing else _RANGE


def _code(missing: str) -> str:
    return f":{missing.lower()}"


def _figure_rows(data: Dataset, lang: str) -> Iterator[list[str]]:
    yield list(COLUMNS)
    teller = Teller(data, lang)
    yield from (list(teller.told(each).values()) for each in data.rows())


def _source_rows(data: Dataset) -> Iterator[list[str]]:
    names = [each.name for each in fields(Cited)]
    yield names
    yield from ([getattr(each, name) for name in names] for each in data.sources.values())


def _table(grid: Grid, lang: str) -> Object:
    """Why a number is missing is said of the resource, code by code, with its label."""
    labels = [str(pick(each, lang)) for each in grid.column_labels] or list(grid.columns)
    numbers = [{"name": name, "title": label, "type": "number"} for name, label in zip(_column_names(grid), labels, strict=True)]  # fmt: skip
    met = {cell.missing for row in grid.rows for cell in row.cells if cell and cell.missing}
    ranges = any(cell.value is None and not cell.missing for row in grid.rows for cell in row.cells if cell)
    labelled = [{"value": "", "label": "empty"}]
    labelled += [{"value": _code(code), "label": words.missing_words(code, lang)} for code in Missing.values if code in met]  # fmt: skip
    labelled += [{"value": _RANGE, "label": "a range: see figures.csv"}] if ranges else []
    first = [{"name": "row", "type": "integer"}, {"name": "label", "type": "string"}, {"name": "role", "type": "string"}]  # fmt: skip
    return _resource(_name(grid), first + numbers, ["row"]) | {"title": str(pick(grid.titles, lang)) or grid.key, "schema": {
        "$schema": f"{PROFILE}tableschema.json", "fields": first + numbers, "primaryKey": ["row"], "missingValues": labelled,
    }}  # fmt: skip


def _figures() -> Object:
    """One figure a row; why there is no number stands in a column of its own."""
    columns = [{"name": name, "type": "number" if name in NUMBERS else "string"} for name in COLUMNS]
    return _resource("figures", columns, ["figure"])


def _cited() -> Object:
    return _resource("sources", [{"name": each.name, "type": "string"} for each in fields(Cited)], ["key"])


def _resource(name: str, columns: Iterable[Object], key: list[str]) -> Object:
    return {
        "name": name, "path": f"{name}.csv", "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "schema": {"$schema": f"{PROFILE}tableschema.json", "fields": list(columns), "primaryKey": key, "missingValues": [{"value": "", "label": "empty"}]},
    }  # fmt: skip


def _source(source: Cited, data: Dataset, lang: str) -> Object:
    told = {"title": words.cite(source, data.sources, lang), "path": source.url, "version": source.issued}
    return {name: said for name, said in told.items() if said}


def _name(grid: Grid) -> str:
    return "table-" + re.sub(r"[^a-z0-9-]+", "-", grid.key.lower())


def _column_names(grid: Grid) -> list[str]:
    """Names of columns, each once."""
    met: dict[str, int] = {}
    found = []
    for column in grid.columns:
        met[column] = met.get(column, 0) + 1
        found.append(column if met[column] == 1 and column not in ("row", "label", "role") else f"{column} ({met[column]})")  # fmt: skip
    return found
