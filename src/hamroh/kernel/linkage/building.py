"""A large part made in several processes: each reads batches of records, and what they made is joined.

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

from hamroh.kernel.linkage.entries import bare, entries_of
from hamroh.kernel.linkage.keying import Hashing, Keying
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.parts import Part, joined, made
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.linkage.segment import Hashes

#: records that a process takes at once
BATCH = 10_000
#: what a process of a pool works with, settled when it starts
_workers: list[tuple[Keying, bool]] = []


def built(
    records: Iterable[Record], processes: int, *, hashing: Hashing, lexicon: bool, keeps_records: bool
) -> Part:  # fmt: skip
    """The part of these records; ValueError says which cannot be read. `hashing` goes to the processes, so it must pickle."""
    coming = iter(records)
    first = list(itertools.islice(coming, BATCH))
    if processes < 2 or len(first) < BATCH:
        keying = Keying(hashing, lexicon).for_many()
        return _made(itertools.chain(first, coming), 0, keying, keeps_records=keeps_records)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (hashing, lexicon, keeps_records)) as pool:
        parts = list(_in_turn(pool, itertools.chain([first], _batches(coming)), 2 * processes))
    whole = joined(parts, uncounted)
    _refuse_twice(whole)
    parts.clear()
    _give_back()
    return whole


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(itertools.islice(records, BATCH)):
        yield batch


def _in_turn(pool: ProcessPoolExecutor, batches: Iterable[Sequence[Record]], most: int) -> Iterator[Part]:
    """What is made of each batch, in their order; so many batches at most wait at a time."""
    waiting: deque[Future[Part]] = deque()
    for at, batch in enumerate(batches):
        if len(waiting) == most:
            yield waiting.popleft().result()
        waiting.append(pool.submit(_of_batch, batch, at * BATCH))
    while waiting:
        yield waiting.popleft().result()


def _begin(hashing: Hashing, lexicon: bool, keeps_records: bool) -> None:
    _workers[:] = [(Keying(hashing, lexicon).for_many(), keeps_records)]


def _of_batch(records: Sequence[Record], first: int) -> Part:
    ((keying, keeps_records),) = _workers
    return _made(records, first, keying, keeps_records=keeps_records)


def _made(records: Iterable[Record], first: int, keying: Keying, *, keeps_records: bool) -> Part:
    people = entries_of(records, keying, first)
    return made(((record if keeps_records else bare(entry), entry) for record, entry in people), uncounted)


def uncounted(keys: Hashes) -> Ints:
    """Nobody stands elsewhere."""
    return np.zeros(len(keys), np.int32)


def _give_back() -> None:
    """Give the memory back that the arrays of parts took: glibc keeps freed pieces, five times what the index needs."""
    with contextlib.suppress(OSError, AttributeError):  # another C library has its own way
        ctypes.CDLL(None).malloc_trim(0)


def _refuse_twice(whole: Part) -> None:
    """ValueError where two batches have a record with the same id."""
    shelf = whole.shelf
    ids = shelf.ids[shelf.order]
    for at in np.flatnonzero(ids[1:] == ids[:-1]).tolist():
        one, other = (str(shelf[int(number)]["id"]) for number in shelf.order[at : at + 2])
        if one == other:
            raise ValueError(f"record {int(shelf.order[at + 1]) + 1}: the id {one!r} is there already")
