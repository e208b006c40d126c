"""The HSDS tabular data package: one CSV a table and a descriptor, streamed as a zip."""

import csv
import io
import json
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from hamroh.directory.exchange.cells import safe_cell
from hamroh.directory.exchange.hsds.parts import Object
from hamroh.directory.exchange.hsds.profile import RESOURCES, Resource

#: a list inside an object -> the table of its rows
LISTS = {
    "phones": "phone",
    "contacts": "contact",
    "locations": "location",
    "addresses": "address",
    "accessibility": "accessibility",
    "organization_identifiers": "organization_identifier",
    "attributes": "attribute",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
}
SINGLES = {"location": "location", "taxonomy_term": "taxonomy_term"}
CHUNK = 64 * 1024
IN_MEMORY = 2**20


def flat_rows(table: str, item: Object) -> Iterator[tuple[str, Object]]:
    """The object's own row and those of everything inside it, owners before what refers to them."""
    yield table, item
    for name, value in item.items():
        if name in LISTS:
            for each in value:
                yield from flat_rows(LISTS[name], each)
        elif name in SINGLES:
            yield from flat_rows(SINGLES[name], value)


class _Tables:
    """CSV files that are being written, each row once by its id, spooled so that memory stays small."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.files = {name: tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) for name in RESOURCES}  # noqa: SIM115
        self.texts = {name: io.TextIOWrapper(file, "utf-8", newline="") for name, file in self.files.items()}
        self.writers = {name: csv.writer(text, lineterminator="\r\n") for name, text in self.texts.items()}
        for name, writer in self.writers.items():
            writer.writerow(column.name for column in RESOURCES[name].columns)

    def add(self, table: str, item: Object) -> None:
        for name, row in flat_rows(table, item):
            if (name, row["id"]) not in self.seen:
                self.seen.add((name, row["id"]))
                self.writers[name].writerow([_cell(row.get(column.name)) for column in RESOURCES[name].columns])

    def chunks(self, name: str) -> Iterator[bytes]:
        self.texts[name].flush()
        self.files[name].seek(0)
        return iter(lambda: self.files[name].read(CHUNK), b"")

    def close(self) -> None:
        for text in self.texts.values():
            text.close()


class _Sink(io.RawIOBase):
    """Takes what the zip writes and hands it on."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def drain(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def data_package(objects: Iterable[tuple[str, Object]], *, lang: str, title: str, notice: str = "") -> Iterator[bytes]:
    """The zip in pieces; ``objects`` are ``(table, object)`` with everything nested, organizations before services."""
    tables = _Tables()
    try:
        for table, item in objects:
            tables.add(table, item)
        about = {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, "hamroh:hsds")), "name": title, "language": lang}
        tables.add("meta_table_description", about | {"character_set": "UTF-8"})
        yield from _zipped(tables, descriptor(title, notice))
    finally:
        tables.close()


def descriptor(title: str, notice: str) -> dict[str, Any]:
    resources: list[Resource] = list(RESOURCES.values())
    return {
        "name": "human_services_data",
        "title": title,
        "description": notice
        or "Organizations, their services and where they are given, after HSDS with the Hamroh profile.",
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "resources": [resource.descriptor() for resource in resources],
    }


def _zipped(tables: _Tables, told: dict[str, Any]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", json.dumps(told, ensure_ascii=False, indent=1))
        for name, resource in RESOURCES.items():
            with archive.open(resource.path, "w") as member:
                yield from _copied(tables.chunks(name), member, sink.drain)
    yield sink.drain()


def _copied(chunks: Iterator[bytes], member: IO[bytes], drain: Callable[[], bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        member.write(chunk)
        yield drain()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else safe_cell(str(value))
