"""Whole lists compared: how many of those who are on both are proposed, how many proposals are right, time and memory.

Beside it the name engine does the same job one person after the other, as it does where somebody is looked for.
"""

import itertools
import random
import resource
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.probability import shipped_calibration
from hamroh.kernel.linkage.registers import Row, rows_of
from hamroh.kernel.names.reading import hearing
from hamroh.site.benches.figures import Figure, memory_mib, short
from hamroh.site.benches.names import sets
from hamroh.site.benches.names.people import households
from hamroh.site.benches.names.runs import said
from hamroh.tracing import bulk

_DEFAULT, _FULL, _SEED, _BOTH, _SOUGHT = 10_000, 100_000, 77_003, 0.2, 2_000
#: chances from which on a pair is proposed
_LEAST = {"50": 0.5, "95": 0.95}
Pairs = dict[tuple[str, str], float]


@dataclass(frozen=True)
class _Lists:
    """Two lists of made-up people, a fifth of them on both under one id."""

    ours: Sequence[sets.Record]
    theirs: Sequence[sets.Record]

    @classmethod
    def of(cls, size: int) -> "_Lists":
        """Those on both and their brothers and sisters, who are on one of the lists, then others."""
        chance, ours, theirs = random.Random(_SEED), list[sets.Record](), list[sets.Record]()
        for number, children in enumerate(itertools.islice(households(_SEED), int(size * _BOTH))):
            query, found = sets._pair(f"x{number}", children[0], chance)  # noqa: SLF001 - the bench's own
            ours.append({"id": f"x{number}", **query.asked(facts=True)})
            theirs.append({**found, "id": f"x{number}"})
            for rank, child in enumerate(children[1:]):
                (ours, theirs)[chance.random() < 0.5].append(sets._in_pool(f"k{number}-{rank}", child, chance))  # noqa: SLF001
        others = sets.crowd()
        for at, side in enumerate((ours, theirs)):
            side.extend({**next(others), "id": f"o{at}-{number}"} for number in range(size - len(side)))
            chance.shuffle(side)
        return cls(ours, theirs)

    @property
    def both(self) -> set[str]:
        """Who is on both."""
        return {str(each["id"]) for each in self.ours} & {str(each["id"]) for each in self.theirs}


def figures(*, full: bool) -> Iterator[Figure]:
    """Two lists of 10,000 people; ``full``: of 100,000."""
    size = _FULL if full else _DEFAULT
    name = short(size)
    lists = _Lists.of(size)
    before = memory_mib()
    found, seconds = _timed(lambda: _linked(lists))
    said(f"linkage: {seconds:.0f} s, {len(found)} pairs")
    yield Figure(f"linkage.seconds.{name}", round(seconds, 1), "s")
    yield Figure(f"linkage.memory.{name}", round(_peak() - before, 0), "MiB")
    for word, least in _LEAST.items():
        some = {pair for pair, chance in found.items() if chance >= least}
        yield Figure(f"linkage.pairs_{word}.{name}", len(some), "pairs")
        yield Figure(f"linkage.recall_{word}.{name}", _recall(some, lists.both), "share")
        yield Figure(f"linkage.precision_{word}.{name}", _precision(some), "share")
    yield from _beside(lists, found, name)


def _linked(lists: _Lists) -> Pairs:
    return bulk.linked(_rows(lists.ours), _rows(lists.theirs), least=min(_LEAST.values()), tell=_told)


def _told(done: int, whole: int) -> None:
    said(f"linkage: part {done} of {whole}")


def _rows(records: Sequence[sets.Record]) -> Iterator[Row]:
    hear = hearing(1 << 16)
    return (row for record in records for row in rows_of(record, hear))


def _beside(lists: _Lists, found: Pairs, name: str) -> Iterator[Figure]:
    """The same for the first people of our list by the index of the name engine, pair by pair, and what both find together."""
    index, built = _timed(lambda: Index.from_records(lists.theirs))
    some = lists.ours[:_SOUGHT]
    ids = {str(each["id"]) for each in some}
    theirs, seconds = _timed(lambda: _searched(index, some, len(lists.theirs)))
    said(f"linkage: the index {built:.0f} s and {seconds:.0f} s")
    mine = {pair for pair, chance in found.items() if chance >= _LEAST["50"] and pair[0] in ids}
    both = lists.both & ids
    yield _next("recall", name, "share", (_recall(mine, both), _recall(theirs, both)))
    yield _next("precision", name, "share", (_precision(mine), _precision(theirs)))
    yield Figure(f"linkage.index_build.{name}", round(built, 1), "s")
    yield Figure(f"linkage.index_search.{name}", round(1000 * seconds / len(some), 1), "ms")
    yield Figure(f"linkage.recall_either.{name}", _recall(mine | theirs, both), "share")
    yield Figure(f"linkage.precision_agreed.{name}", _precision(mine & theirs), "share")


def _searched(index: Index, some: Sequence[sets.Record], size: int) -> set[tuple[str, str]]:
    """Pairs that an officer would be told of: each candidate asked by itself, at least perhaps the one."""
    calibration = shipped_calibration()

    def chance(one: Any) -> float:
        (alone,) = calibration.probabilities([one.bits], size)
        return alone * calibration.kept({code for reason in one.reasons for code, _times in reason.grounds})

    return {
        (str(each["id"]), one.id) for each in some for one in index.search(each) if chance(one) >= calibration.possible
    }


def _next(measure: str, name: str, unit: str, values: tuple[float, float]) -> Figure:
    return Figure(f"linkage.beside.{measure}.{name}.index", values[0], unit, None, "index", values[1])


def _timed(do: Callable[[], Any]) -> tuple[Any, float]:
    before = time.perf_counter()
    found = do()
    return found, time.perf_counter() - before


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def _recall(some: Iterable[tuple[str, str]], both: set[str]) -> float:
    return round(sum(one == other for one, other in some) / max(1, len(both)), 4)


def _precision(some: Collection[tuple[str, str]]) -> float:
    return round(sum(one == other for one, other in some) / max(1, len(some)), 4)
