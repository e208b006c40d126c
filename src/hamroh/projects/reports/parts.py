"""What a report in one language is made of, whoever lays it out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A text in a table; ``soft`` stands beneath it, ``href`` opens what it says, for who sits at the desk."""

    text: str
    soft: str = ""
    href: str = ""


@dataclass(frozen=True)
class Block:
    """One of: words, quote, list, note, table, picture. ``lang`` is that of its words where it is another one than the report's."""

    kind: str
    lines: tuple[str, ...] = ()
    lang: str = ""
    title: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    #: which columns hold numbers
    right: tuple[int, ...] = ()
    svg: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Part:
    """A section with its heading."""

    code: str
    heading: str
    blocks: tuple[Block, ...]


def note(text: str) -> Block:
    return Block("note", lines=(text,))


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], right: Sequence[int] = ()) -> Block:
    return Block("table", title=title, head=tuple(head), rows=tuple(tuple(row) for row in rows), right=tuple(right))
