"""Which facts are counted: each source hands over people of a quarter with fixed categories; one page and one register serve them all.

Whoever is counted in a quarter belongs to it for good, so tables of two quarters have nobody in common: there is nothing to subtract,
and the audit stays small. Sources that count the same people share a register, a measure and the name of their time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hamroh.accounts.models import Organisation
from hamroh.kernel.disclosure import Box, Published
from hamroh.statistics.quarters import Quarter

#: what stands for somebody of whom it is not known, and of whom several are true
UNKNOWN, SEVERAL, NONE = "unknown", "several", "none"
#: the variable that is told by districts and regions of the country
DISTRICT = "district"


@dataclass(frozen=True)
class Fact:
    """One person in a quarter: the record that tells of her, and a category for each variable."""

    record: UUID
    told: Mapping[str, str]


@dataclass(frozen=True)
class Variable:
    """What people are told apart by. ``choices`` are its categories as they read; ``groups`` what they add up to, as they read.

    ``name`` is that of the audit, where two sources tell of the same under other codes. Of two sensitive ones a count under ten is small.
    """

    code: str
    title: Any
    choices: Sequence[tuple[str, Any]] = ()
    is_sensitive: bool = False
    name: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group_words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def audited(self) -> str:
        return self.name or self.code


def nothing_by_nature(_tables: Sequence[Published]) -> Sequence[Box]:
    return ()


def of_months(quarter: Quarter) -> Iterable[str]:
    return quarter.months


def of_itself(quarter: Quarter) -> Iterable[str]:
    return (quarter.code,)


@dataclass(frozen=True)
class FactSource:
    """Everything that is asked about one kind of facts.

    ``register`` is the key under which what leaves is written down, ``measure`` what is counted, ``time`` the audit's name of the
    quarter, of which ``units`` are what other tables may cut otherwise. ``rows`` gives the people of a quarter, ``there`` which
    records are not erased; ``waits`` is how many quarters must pass after it before they stand for good.
    """

    key: str
    place: int
    title: Any
    lead: Any
    unit: Any
    register: str
    measure: str
    time: str
    variables: tuple[Variable, ...]
    rows: Callable[[Organisation, Quarter], Iterable[Fact]]
    there: Callable[[Sequence[UUID]], set[UUID]]
    units: Callable[[Quarter], Iterable[str]] = of_months
    empty: Callable[[Sequence[Published]], Sequence[Box]] = nothing_by_nature
    waits: int = 0

    def variable(self, code: str) -> Variable | None:
        return next((each for each in self.variables if each.code == code), None)


_sources: dict[str, FactSource] = {}


def declare(source: FactSource) -> None:
    """Called when a room is loaded."""
    _sources[source.key] = source


def sources() -> list[FactSource]:
    """All of them, in their order."""
    return sorted(_sources.values(), key=lambda each: each.place)


def of(key: str) -> FactSource | None:
    return _sources.get(key)
