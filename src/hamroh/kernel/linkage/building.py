"""A large part made in several processes: each reads the names of one script as far as that shares the work out, and their parts are joined.

A process works out each distinct word once, and hardly a word is written in two scripts, so that two of them need little more than half
the time. The memory that this takes goes with them: who asked for the part keeps its arrays alone.
"""

import atexit
import contextlib
import ctypes
import gc
import itertools
import multiprocessing
import os
from array import array
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
from hamroh.kernel.names.sounds import script_of

#: records that a process takes at once, and batches that wait for one of them
BATCH, WAITING = 10_000, 2
#: what a record costs whose name is in Cyrillic letters, and any other: Latin ones spell a name in more ways
_WORK = {True: 2, False: 3}
#: so many batches more may be given to a process before another one helps
LEAD = 3
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
        part = _in_processes(itertools.chain(first, coming), processes, (hashing, lexicon, keeps_records))
    if len(part.owners) >= BATCH:
        _give_back()
    return part


def _in_processes(records: Iterable[Record], count: int, with_: tuple[Hashing, bool, bool]) -> Part:
    context = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as stack:
        workers = [
            _Worker(stack.enter_context(ProcessPoolExecutor(1, context, _begin, (number, *with_))), number)
            for number in range(count)
        ]
        for script, batch, of in _batches(records):
            _choose(workers, script).give(batch, of, _WORK[script])
        ended = [worker.ended() for worker in workers if worker.work]
        parts = [each.result() for each in ended]
        numbers = np.concatenate([worker.numbers for worker in workers])
        for worker in workers:
            worker.let_go()
        whole = joined(parts, uncounted)
    _refuse_twice(whole, numbers)
    return whole


def _batches(records: Iterable[Record]) -> Iterator[tuple[bool, list[Record], "array[int]"]]:
    """Records of one script together, each with its number: so two processes have few words in common."""
    heaps: dict[bool, tuple[list[Record], array[int]]] = {script: ([], array("i")) for script in _WORK}
    for number, record in enumerate(records, 1):
        script = script_of(str(record.get("name"))) == "cyrillic"
        batch, numbers = heaps[script]
        batch.append(record)
        numbers.append(number)
        if len(batch) == BATCH:
            yield script, batch, numbers
            heaps[script] = ([], array("i"))
    yield from ((script, *heap) for script, heap in heaps.items() if heap[0])


def _choose(workers: Sequence["_Worker"], script: bool) -> "_Worker":
    """The one that has the words of a script already, unless another one has far less to do."""
    home, idlest = workers[script], min(workers, key=lambda worker: worker.work)
    return home if home.work <= idlest.work + LEAD * BATCH * _WORK[script] else idlest


class _Worker:
    """A process that gathers batches, of which a few wait for it. ``work`` is what it was given, ``numbers`` whose in the order of its part."""

    def __init__(self, pool: ProcessPoolExecutor, number: int) -> None:
        self._pool, self._number = pool, number
        self._waiting: deque[Future[None]] = deque()
        self.numbers: Ints = np.zeros(0, np.int32)
        self.work = 0

    def give(self, batch: Sequence[Record], numbers: "array[int]", work: int) -> None:
        """Let it read a batch; ValueError where an earlier one could not be read."""
        while len(self._waiting) >= WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(_take, self._number, batch, numbers))
        self.numbers = np.concatenate([self.numbers, np.array(numbers, np.int32)])
        self.work += work * len(batch)

    def ended(self) -> "Future[Part]":
        """What it made of all of them, when it is done."""
        for each in self._waiting:
            each.result()
        return self._pool.submit(_made, self._number)

    def let_go(self) -> None:
        """It has nothing more to do, and nobody waits until it is gone."""
        self._pool.shutdown(wait=False)


def _begin(worker: int, hashing: Hashing, lexicon: bool, keeps_records: bool) -> None:
    if multiprocessing.parent_process():
        _only_for_this()
    _workers[worker] = Gathering(Keying(hashing, lexicon).for_many(), keeps_records=keeps_records)


def _only_for_this() -> None:
    """What a process makes is kept until its end, so looking for rings, and letting go piece by piece then, would be for nothing."""
    gc.disable()
    atexit.register(os._exit, 0)


def _take(worker: int, records: Sequence[Record], numbers: "array[int]") -> None:
    _workers[worker].take(records, numbers)


def _made(worker: int) -> Part:
    return _workers[worker].part()


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
            raise ValueError(f"record {int(numbers[both].max())}: the id {one!r} is there already")
