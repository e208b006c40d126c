"""A large part made in several processes: each reads every so-manieth batch of the records, and their parts are joined.

A process works out each distinct word once, so that two of them need little more than half the time. The memory that this takes goes
with them: who asked for the part keeps its arrays alone.
"""

import contextlib
import ctypes
import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

import numpy as np

from hamroh.kernel.linkage.gathering import Gathering, gathered
from hamroh.kernel.linkage.keying import Hashing, Keying
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.parts import Part, joined
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.linkage.segment import Hashes

#: records that a process takes at once, and batches that wait for one of them
BATCH, WAITING = 10_000, 2
#: what the workers in a process have gathered, each settled when it starts
_workers: dict[int, Gathering] = {}


def built(
    records: Iterable[Record], processes: int, *, hashing: Hashing, lexicon: bool, keeps_records: bool
) -> Part:  # fmt: skip
    """The part of these records; ValueError says which cannot be read. `hashing` goes to the processes, so it must pickle."""
    coming = iter(records)
    first = list(itertools.islice(coming, BATCH))
    if processes < 2 or len(first) < BATCH:
        keying = Keying(hashing, lexicon).for_many()
        part = gathered(itertools.chain(first, coming), keying, keeps_records=keeps_records)
        del keying
    else:
        batches = itertools.chain([first], _batches(coming))
        part = _in_processes(batches, processes, (hashing, lexicon, keeps_records))
    if len(part.owners) >= BATCH:
        _give_back()
    return part


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(itertools.islice(records, BATCH)):
        yield batch


def _in_processes(batches: Iterable[Sequence[Record]], count: int, with_: tuple[Hashing, bool, bool]) -> Part:
    context = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as stack:
        workers = [
            _Worker(stack.enter_context(ProcessPoolExecutor(1, context, _begin, (number, *with_))), number)
            for number in range(count)
        ]
        first = 0
        for batch, worker in zip(batches, itertools.cycle(workers)):
            worker.give(batch, first)
            first += len(batch)
        parts = [part for worker in workers if (part := worker.part())]
    whole = joined(parts, uncounted)
    _refuse_twice(whole, np.concatenate([worker.numbers() for worker in workers]))
    return whole


class _Worker:
    """A process that gathers batches, of which a few wait for it."""

    def __init__(self, pool: ProcessPoolExecutor, number: int) -> None:
        self._pool, self._number = pool, number
        self._waiting: deque[Future[None]] = deque()
        self._given: list[range] = []

    def give(self, batch: Sequence[Record], first: int) -> None:
        """Let it read a batch; ValueError where an earlier one could not be read."""
        while len(self._waiting) >= WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(_take, self._number, batch, first))
        self._given.append(range(first, first + len(batch)))

    def part(self) -> Part | None:
        """What it made of all of them."""
        for each in self._waiting:
            each.result()
        return self._pool.submit(_made, self._number).result() if self._given else None

    def numbers(self) -> Ints:
        """The numbers of the records in the order of its part."""
        return np.concatenate([np.zeros(0, np.int32), *(np.array(each, np.int32) for each in self._given)])


def _begin(worker: int, hashing: Hashing, lexicon: bool, keeps_records: bool) -> None:
    _workers[worker] = Gathering(Keying(hashing, lexicon).for_many(), keeps_records=keeps_records)


def _take(worker: int, records: Sequence[Record], first: int) -> None:
    _workers[worker].take(records, first)


def _made(worker: int) -> Part:
    return _workers.pop(worker).part()


def uncounted(keys: Hashes) -> Ints:
    """Nobody stands elsewhere."""
    return np.zeros(len(keys), np.int32)


def _give_back() -> None:
    """Give the memory back that was needed meanwhile: glibc keeps freed pieces, five times what the index needs."""
    with contextlib.suppress(OSError, AttributeError):  # another C library has its own way
        ctypes.CDLL(None).malloc_trim(0)


def _refuse_twice(whole: Part, numbers: Ints) -> None:
    """ValueError where two batches have a record with the same id; `numbers` are those of the records in the order given."""
    shelf = whole.shelf
    ids = shelf.ids[shelf.order]
    for at in np.flatnonzero(ids[1:] == ids[:-1]).tolist():
        both = shelf.order[at : at + 2]
        one, other = (str(shelf[int(number)]["id"]) for number in both)
        if one == other:
            raise ValueError(f"record {int(numbers[both].max()) + 1}: the id {one!r} is there already")
