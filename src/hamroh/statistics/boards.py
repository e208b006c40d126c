"""What a board is made of: each room hands over its parts, which answer in words first. Every number leads to the list that it counts.

Boards are for those who run an organisation. Who pays has none: she is given tables.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation


@dataclass(frozen=True)
class Board:
    """One page. ``verb`` says for whom."""

    code: str
    title: Any
    lead: Any
    verb: str


BOARDS: Mapping[str, Board] = {
    each.code: each
    for each in (
        Board("team", _("The team’s work"), _("What presses, who carries how much, and what waits for a second person."), "board.team"),
        Board("programme", _("Our programme"), _("Where projects stand, what is behind, and what is due."), "board.programme"),
        Board("network", _("The network"), _("What organisations let out for everybody, and nothing besides."), "board.network"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One sentence with its number; ``href`` is the list that it counts, ``state`` how it stands: risk, due, care, done, none.

    Without an address the viewer may not open the list, or there is nothing in it.
    """

    said: str
    count: int
    href: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a part's table: its title, the address behind it, and pairs of a number and the list that it counts."""

    title: str
    cells: Sequence[tuple[int, str]]
    href: str = ""


@dataclass(frozen=True)
class Shown:
    """What a part shows: sentences first, then a table, then a picture of the same."""

    answers: Sequence[Answer] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Row] = ()
    picture: SafeString | str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a list: what it is, where it opens, and what is to be known of it."""

    title: str
    href: str = ""
    about: str = ""


@dataclass(frozen=True)
class Listing:
    """All that a number counts: ``rows`` for an actor in an organisation, and how a page of them reads."""

    title: Any
    rows: Callable[[Any, Organisation], "QuerySet[Any] | Sequence[Any]"]
    lines: Callable[[Any, Sequence[Any]], Sequence[Line]]


@dataclass(frozen=True)
class Part:
    """One section of a board; None where the viewer has none of it. It asks as many queries for few as for many."""

    board: str
    code: str
    place: int
    title: Any
    shown: Callable[[Any, Organisation], Shown | None]
    lists: Mapping[str, Listing] = field(default_factory=dict)


_parts: dict[tuple[str, str], Part] = {}


def declare(part: Part) -> None:
    """Called when a room is loaded."""
    _parts[part.board, part.code] = part


def parts(board: str) -> list[Part]:
    """Those of a board, in their order."""
    return sorted((each for each in _parts.values() if each.board == board), key=lambda each: each.place)


def listing(board: str, code: str) -> Listing | None:
    """A list of a board by its code."""
    return next((each.lists[code] for each in parts(board) if code in each.lists), None)
