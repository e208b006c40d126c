"""A list of people as a file of comma-separated values: id, name, year, place."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from hamroh.kernel.exchange.terms import FIELDS, MOST_PEOPLE, Unfit
from hamroh.kernel.linkage.facts import years_of

#: bytes of a file, and letters of a cell, at most
_MOST_BYTES, _LONGEST = 500_000_000, 400


def read_list(path: Path) -> list[dict[str, Any]]:
    """The people of a file in UTF-8 with a line of headings; Unfit says which line is wrong."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unfit(
                f"{path.name} is larger than {_MOST_BYTES // 10**6} MB: a list has {MOST_PEOPLE} people at most"
            )
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(file, path.name))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Unfit(f"{path.name} cannot be read as comma-separated values in UTF-8: {fault}") from fault


def _rows(file: TextIO, name: str) -> Iterator[dict[str, Any]]:
    rows = csv.DictReader(file)
    lacking = [heading for heading in ("id", *FIELDS) if heading not in (rows.fieldnames or ())]
    if lacking:
        raise Unfit(f"{name} has no column {', '.join(lacking)}: its first line must name id, {', '.join(FIELDS)}")
    seen: set[str] = set()
    for row in rows:
        yield _person(row, seen, f"{name}, line {rows.line_num}")
        if len(seen) > MOST_PEOPLE:
            raise Unfit(f"{name} has more than {MOST_PEOPLE} people: make several exchanges of it")


def _person(row: dict[str, Any], seen: set[str], where: str) -> dict[str, Any]:
    cells = {heading: str(row[heading] or "").strip()[:_LONGEST] for heading in ("id", *FIELDS)}
    if not cells["id"] or cells["id"] in seen:
        raise Unfit(f"{where}: each person needs an id of their own")
    if not cells["name"]:
        raise Unfit(f"{where}: there is no name")
    try:
        years_of(cells["year"])
    except ValueError as fault:
        raise Unfit(f"{where}: {fault}") from fault
    seen.add(cells["id"])
    return {"id": cells["id"], "name": cells["name"], "year": cells["year"] or None, "place": cells["place"] or None}
