"""What a submission can become: each room that keeps such things declares one, and says which answers it asks for.

A mapping of the form proposes an answer for each field, a person looks at all of them and may put them right, and only then something is
made. ``carry`` and ``undo`` run within the action's transaction and ask their own room for the right.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Text = Any
Choices = Sequence[tuple[str, Text]]


class NotCarried(ValueError):
    """It cannot become that; the message says why and can be shown. ``field`` is the one that is meant, if one is."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Field:
    """One thing that an outcome asks for. ``kind`` is text, long, date or number; with ``choices`` it is one of them.

    ``reads`` makes of an answer of a form what is proposed: so may a yes of the form become a way to agree.
    """

    code: str
    label: Text
    kind: str = "text"
    required: bool = False
    choices: Choices = ()
    help: Text = ""
    reads: Callable[[Any], str] | None = None


class Became(NamedTuple):
    """What was made: kind and id of the record, and the code that its page is called by, if it has one."""

    kind: str
    record_id: str
    code: str = ""


@dataclass(frozen=True)
class Carrying:
    """Who carries which submission as what: ``values`` are as they were confirmed, ``chosen`` is the target that was picked."""

    actor: Any
    submission: Any
    values: Mapping[str, str]
    chosen: str = ""
    lang: str = "en"


def nothing_to_choose(_actor: Any, _submission: Any) -> Choices:
    return ()


def anything(_actor: Any, _submission: Any) -> bool:
    return True


@dataclass(frozen=True)
class Outcome:
    """One thing that a submission can become.

    ``choose`` gives the targets of which one is picked (campaigns, releases), under ``choose_label``; ``offered`` says whether it is
    offered to this person for this submission at all. ``undo`` takes it back, or raises NotCarried; without it nothing is taken back.
    ``address`` leads to what was made; empty where its page does not open for who asks.
    """

    code: str
    label: Text
    fields: tuple[Field, ...]
    carry: Callable[[Carrying], Became]
    undo: Callable[[Any, Any], None] | None = None
    address: Callable[[Any, Any], str] | None = None
    choose: Callable[[Any, Any], Choices] = nothing_to_choose
    choose_label: Text = ""
    offered: Callable[[Any, Any], bool] = anything


_outcomes: dict[str, Outcome] = {}


def declare(outcome: Outcome) -> None:
    """Called by a room when it is loaded."""
    _outcomes[outcome.code] = outcome


def outcomes() -> list[Outcome]:
    """All of them, in the order in which they were declared."""
    return list(_outcomes.values())


def of(code: str) -> Outcome | None:
    return _outcomes.get(code)
