"""What a team's page is made of: each part of the room hands over its board, as it hands over panels of a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.accounts.models import Organisation


@dataclass(frozen=True)
class Board:
    """One section of the team's page. ``shown`` gives the template's facts for an actor in an organisation, None where she has none of it.

    It asks few queries, whatever stands there. ``place`` orders the boards.
    """

    code: str
    place: int
    template: str
    shown: Callable[[Any, Organisation], Mapping[str, Any] | None]


_boards: dict[str, Board] = {}


def declare(board: Board) -> None:
    """Called when the room is loaded."""
    _boards[board.code] = board


def of(actor: Any, organisation: Organisation) -> list[dict[str, Any]]:
    """All boards with what they show, in their order."""
    found = sorted(_boards.values(), key=lambda board: board.place)
    shown = ((board, board.shown(actor, organisation)) for board in found)
    return [
        {"code": board.code, "template": board.template, "board": facts} for board, facts in shown if facts is not None
    ]
