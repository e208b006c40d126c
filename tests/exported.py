"""Readers of our own for what is exported, as simple as can be."""

import csv
import io
import json
import zipfile
from typing import Any

Rows = list[dict[str, str]]


def fetched(client: Any, address: str, **headers: str) -> bytes:
    """The body of an answer, whole."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(body: bytes) -> Rows:
    """Lines of a CSV by their columns, apostrophes before formulas taken off."""
    from hamroh.evidence.exchange.cells import bare

    lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    head = next(lines)
    return [dict(zip(head, map(bare, line), strict=True)) for line in lines]


def sheets(body: bytes) -> dict[str, list[list[Any]]]:
    """A workbook as lists of cells."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(body))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def cubes(body: bytes) -> list[dict[str, Any]]:
    """The datasets of JSON-stat."""
    made = json.loads(body)
    return made["link"]["item"] if made["class"] == "collection" else [made]


def package(body: bytes) -> tuple[dict[str, Any], dict[str, Rows]]:
    """A data package: what it says of itself, and its tables."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        told = json.loads(archive.read("datapackage.json"))
        return told, {each["name"]: table(archive.read(each["path"])) for each in told["resources"]}
