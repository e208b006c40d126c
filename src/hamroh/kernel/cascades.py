"""Who trained whom, and how many people that reached: each counted once, as far as it is known who they are.

People who are known are told apart by keys. Others were only counted; how many of them had been there before is known where somebody
said so. Where nobody did, what is reached lies between two numbers, and both are told with their reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Why(StrEnum):
    """Why a number is exact or not."""

    KNOWN = "known"  #: everybody is known
    STATED = "stated"  #: somebody said how many came before
    PARTLY = "partly"  #: said of some earlier rounds, not of all
    UNSTATED = "unstated"  #: nobody said how many came before
    ALIKE = "alike"  #: two who are known may be one person
    MIXED = "mixed"  #: some are known, others were only counted: the same person may be among both
    AT_LEAST = "at_least"  #: a number was written as "more than"


class CascadeFault(ValueError):
    """What is said of the rounds cannot be true; ``code`` says why, ``key`` which round."""

    def __init__(self, code: str, key: str) -> None:
        super().__init__(f"{code}: {key}")
        self.code, self.key = code, key


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high`` people; ``is_open`` where there may be more than that."""

    low: int
    high: int
    is_open: bool = False

    @property
    def is_exact(self) -> bool:
        return self.low == self.high and not self.is_open


@dataclass(frozen=True)
class Taught:
    """Who was in one round: keys of people who are known, and ``others`` who were only counted.

    ``before`` of the others had been in some earlier round, None where nobody said; ``shared`` says it of single earlier rounds.
    ``parents`` are the rounds in which its trainers had learned. ``at_least``: there were more others than the number.
    """

    key: str
    known: frozenset[str] = frozenset()
    others: int = 0
    before: int | None = None
    shared: Mapping[str, int] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    at_least: bool = False

    @property
    def heads(self) -> int:
        return len(self.known) + self.others


@dataclass(frozen=True)
class Step:
    """What one round added: people who had never been there, and those who came again."""

    key: str
    heads: int
    new: Range
    again: Range
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Reach:
    """People reached by all rounds, ``heads`` as often as they came; one step a round, in the order given."""

    total: Range
    heads: int
    steps: tuple[Step, ...]
    why: tuple[Why, ...]


@dataclass
class _Sofar:
    """Where the count stands after some rounds."""

    low: int = 0
    high: int = 0
    others: int = 0
    is_open: bool = False
    most: int = 0
    seen: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    sizes: dict[str, int] = field(default_factory=dict)


def reach(rounds: Sequence[Taught], alike: Mapping[str, str] | None = None) -> Reach:
    """How many people the rounds reached, earlier rounds first.

    ``alike`` gives keys of people who may be one the same name of a group: the lower bound counts a group once. CascadeFault where
    more people are said to have come before than there were.

    >>> reach([Taught("a", others=60), Taught("b", others=900, before=270)]).total
    Range(low=690, high=690, is_open=False)
    """
    group, now = alike or {}, _Sofar()
    steps = [_step(now, each, group) for each in rounds]
    return Reach(
        Range(now.low, now.high, now.is_open),
        sum(each.heads for each in rounds),
        tuple(steps),
        tuple(dict.fromkeys(why for step in steps for why in step.why)),
    )


def _step(now: _Sofar, each: Taught, group: Mapping[str, str]) -> Step:
    """Add one round.

    The others who are new came in no earlier round, so they add to whatever was reached. Of the known who are new some may be among
    earlier others, unless there were none.
    """
    groups = {group.get(key, key) for key in each.known}
    names_high, names_low = len(each.known - now.seen), len(groups - now.groups)
    least, most = _before(now, each)
    hidden = max(0, names_low - now.others) if now.others else names_low
    was = Range(now.low, now.high)
    now.seen |= each.known
    now.groups |= groups
    now.most = max(now.most, len(groups) + each.others)
    now.high += names_high + each.others - least
    now.low = max(now.low + hidden + each.others - most, now.most, len(now.groups))
    now.others += each.others
    now.is_open = now.is_open or each.at_least
    now.sizes[each.key] = each.heads
    new = Range(
        max(hidden + each.others - most, now.low - was.high, 0), names_high + each.others - least, each.at_least
    )
    again = Range(max(0, each.heads - new.high), each.heads - new.low)
    return Step(each.key, each.heads, new, again, _why(each, now, names_high, names_low, (least, most)))


def _before(now: _Sofar, each: Taught) -> tuple[int, int]:
    """How many of the others had been in an earlier round, at least and at most."""
    limit = each.others if now.is_open else min(each.others, now.high)
    if each.before is not None:
        if each.before > limit or each.before < 0:
            raise CascadeFault("more_before_than_people", each.key)
        return each.before, each.before
    for other, number in each.shared.items():
        if other not in now.sizes:
            raise CascadeFault("not_earlier", each.key)
        if number > min(each.others, now.sizes[other]) or number < 0:
            raise CascadeFault("more_before_than_people", each.key)
    if not each.shared:
        return 0, limit
    unsaid = sum(size for other, size in now.sizes.items() if other not in each.shared)
    return max(each.shared.values()), min(limit, sum(each.shared.values()) + unsaid)


def _why(each: Taught, now: _Sofar, names_high: int, names_low: int, before: tuple[int, int]) -> tuple[Why, ...]:
    earlier_others = now.others - each.others
    found = {
        Why.KNOWN: not each.others and names_high == names_low and not (earlier_others and names_low),
        Why.STATED: bool(each.others) and each.before is not None,
        Why.PARTLY: bool(each.others) and each.before is None and bool(each.shared),
        Why.UNSTATED: bool(each.others) and each.before is None and not each.shared and before[1] > before[0],
        Why.ALIKE: names_high != names_low,
        Why.MIXED: bool(earlier_others and names_low),
        Why.AT_LEAST: each.at_least,
    }
    return tuple(why for why, holds in found.items() if holds)


# -- the tree --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """A round in the tree, under the first round in which its trainers learned; ``also`` are the others."""

    key: str
    depth: int
    parent: str
    also: tuple[str, ...]


def tree(rounds: Sequence[Taught]) -> list[Node]:
    """The rounds, each under the one that its trainers come from, in the order in which they are read.

    CascadeFault where a round has learned from one that is not earlier.
    """
    place = {each.key: at for at, each in enumerate(rounds)}
    children: dict[str, list[Taught]] = {}
    for each in rounds:
        parents = [key for key in dict.fromkeys(each.parents) if key in place]
        if any(place[key] >= place[each.key] for key in parents):
            raise CascadeFault("not_earlier", each.key)
        children.setdefault(parents[0] if parents else "", []).append(each)
    found, waiting = [], [(each, 0, "") for each in reversed(children.get("", []))]
    while waiting:
        each, depth, parent = waiting.pop()
        also = tuple(key for key in dict.fromkeys(each.parents) if key in place and key != parent)
        found.append(Node(each.key, depth, parent, also))
        waiting.extend((child, depth + 1, each.key) for child in reversed(children.get(each.key, [])))
    return found


def below(rounds: Sequence[Taught], root: str) -> list[Taught]:
    """A round and all that came of it, in the order given."""
    inside, found = {root}, []
    for each in rounds:
        if each.key == root or inside & set(each.parents):
            inside.add(each.key)
            found.append(each)
    return found


def in_order(rounds: Sequence[Taught]) -> list[Taught]:
    """The rounds as given, but each after those its trainers learned in; a way that runs in a circle is left out where it closes."""
    by_key = {each.key: each for each in rounds}
    found: dict[str, Taught] = {}
    inside: set[str] = set()
    for root in by_key:
        waiting = [(root, False)]
        while waiting:
            key, is_leaving = waiting.pop()
            if is_leaving:
                inside.discard(key)
                each = by_key[key]
                found[key] = replace(each, parents=tuple(parent for parent in each.parents if parent in found))
            elif key not in found and key not in inside:
                inside.add(key)
                waiting.append((key, True))
                waiting.extend((parent, False) for parent in reversed(by_key[key].parents) if parent in by_key)
    return list(found.values())
