"""A file of records of any shape becomes rows: told apart by its content, not by its name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import FileRefused
from hamroh.library.exchange import bibtex, dublin, marcxml, mods, ris, tabular, xmls
from hamroh.library.exchange.rows import Row
from hamroh.library.exchange.tabular import Layout
from hamroh.library.exchange.texts import recoded, refuse_size, text_of

SHAPES = ("table", "ris", "bibtex", "marcxml", "mods", "dc")
_XML = {"marcxml": marcxml, "mods": mods, "dc": dublin}
_TEXT = {"ris": ris, "bibtex": bibtex}


@dataclass(frozen=True)
class Opened:
    """A file as it is read: its shape, its rows, and of a table how its columns are read."""

    shape: str
    rows: tuple[Row, ...]
    layout: Layout | None = None


def open_file(
    name: str, content: bytes, *, shape: str = "", encoding: str = "", layout: Layout | None = None, kept: Iterable[dict[str, Any]] = ()
) -> Opened:  # fmt: skip
    """The rows of a file; ``kept`` are headings that were read before. Raises FileRefused."""
    refuse_size(content)
    shape = shape or shape_of(content, encoding)
    if shape in _XML:
        return Opened(shape, _some(_XML[shape].rows(content)))
    if shape in _TEXT:
        return Opened(shape, _some(_TEXT[shape].rows(text_of(content, encoding))))
    table = tabular.table_of(PurePath(name).name, content, encoding)
    layout = layout or tabular.layout_of(table.header, kept)
    return Opened("table", _some(tabular.rows(table, layout)), layout)


def _some(rows: Iterator[Row]) -> tuple[Row, ...]:
    found = tuple(rows)
    if not found:
        raise FileRefused(_("No record was found in this file."))
    return found


def shape_of(content: bytes, encoding: str = "") -> str:
    """What the content is: a workbook, some XML, RIS, BibTeX, else a table as text."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "table"
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:2]
    if head[:1] == b"<" or content[:4] in (b"\xff\xfe<\x00", b"\xfe\xff\x00<"):
        return _xml_shape(content)
    text = text_of(recoded(content, encoding))[:4000]
    return next((name for name, reader in _TEXT.items() if reader.looks_so(text)), "table")


def _xml_shape(content: bytes) -> str:
    """By the first names in it that tell."""
    for _event, element, _depth in islice(xmls.parsed(content), 400):
        space, name = xmls.space(element), xmls.local(element)
        if space == marcxml.SPACE or name == "datafield":
            return "marcxml"
        if space == mods.SPACE:
            return "mods"
        if space in dublin.SPACES:
            return "dc"
    raise FileRefused(_("This XML is none of MARCXML, MODS and Dublin Core."))
