"""Workflow graphs that are declared as classes and checked when the class is made."""

from dataclasses import dataclass, field
from typing import Any, ClassVar


class GraphError(TypeError):
    """A declared graph makes no sense: the message names the state."""


class MoveRefused(ValueError):
    """The graph has no such move from the state the record is in."""


@dataclass(eq=False)
class State:
    """One state of a graph; ``then`` declares where it leads."""

    #: a text, or what becomes one in the reader's language
    label: Any
    initial: bool = False
    name: str = ""
    leads_to: "set[State]" = field(default_factory=set)

    def then(self, *others: "State") -> None:
        self.leads_to.update(others)


class Graph:
    """Base of workflow graphs: exactly one initial state, every state reachable, names filled in.

    >>> class Door(Graph):
    ...     open = State("Open", initial=True)
    ...     shut = State("Shut")
    ...     open.then(shut)
    >>> Door.moves("open")
    ['shut']
    """

    states: ClassVar[dict[str, State]] = {}
    initial: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.states = {name: value for name, value in vars(cls).items() if isinstance(value, State)}
        for name, state in cls.states.items():
            state.name = name
        cls.initial = _only_initial(cls.__name__, cls.states)
        _refuse_unreachable(cls.__name__, cls.states, cls.initial)

    @classmethod
    def moves(cls, name: str) -> list[str]:
        """Names of the states that ``name`` leads to, in the order of declaration."""
        return [other for other, state in cls.states.items() if state in cls.states[name].leads_to]

    @classmethod
    def check(cls, before: str, after: str) -> None:
        """Raise MoveRefused unless the graph has the move."""
        if after not in cls.moves(before):
            raise MoveRefused(f"{cls.__name__}: {before} does not lead to {after}")

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        return [(name, state.label) for name, state in cls.states.items()]


def _only_initial(graph: str, states: dict[str, State]) -> str:
    initial = [name for name, state in states.items() if state.initial]
    if len(initial) != 1:
        raise GraphError(f"{graph} needs one initial state and has {len(initial)}")
    return initial[0]


def _refuse_unreachable(graph: str, states: dict[str, State], initial: str) -> None:
    seen, waiting = {initial}, [states[initial]]
    while waiting:
        for state in waiting.pop().leads_to:
            if state.name not in seen:
                seen.add(state.name)
                waiting.append(state)
    if lost := set(states) - seen:
        raise GraphError(f"{graph} never reaches {', '.join(sorted(lost))}")
