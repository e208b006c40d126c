"""Many points worked on: in several processes, a piece at a time, going on where an earlier run was stopped."""

import itertools
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamroh.kernel.exchange.group import SIZE

#: points of a piece
PIECE = 2_000
#: one job of `group`, on the points of a piece
Job = Callable[[Sequence[Any], bytes, bytes], bytes]
#: is told what is done, how much of it, and how much there is
Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _whole: int) -> None:
    """For who does not want to know."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with points: what it is called, the job, the secret number and the context that it is given; ``kept`` is a file that
    holds what an earlier run has done."""

    what: str
    job: Job
    number: bytes
    context: bytes
    kept: Path

    def __call__(self, piece: Sequence[Any]) -> bytes:
        return self.job(piece, self.number, self.context)


@dataclass(frozen=True, slots=True)
class Labour:
    """How work is done: in so many processes, told to whom."""

    processes: int = 1
    tell: Progress = silent

    def done(self, task: Task, pieces: Iterable[Sequence[Any]], whole: int) -> Iterator[bytes]:
        """What a task makes of pieces of `PIECE` items, in their order; each item becomes as many bytes as a point has."""
        coming, count = iter(pieces), 0
        for made in itertools.chain(_kept(task.kept, coming), self._made(task, coming)):
            count += len(made) // SIZE
            self.tell(task.what, count, whole)
            yield made

    @contextmanager
    def aside(self, task: Task, pieces: Iterable[Sequence[Any]]) -> Iterator[None]:
        """Within it a task is worked on beside what its caller does, where there are processors for both; `done` then finds it made."""
        if self.processes < 2:
            yield
            return
        with ThreadPoolExecutor(1) as thread:
            making = thread.submit(lambda: deque(Labour(self.processes).done(task, pieces, 0), maxlen=0))
            yield
            making.result()

    def _made(self, task: Task, pieces: Iterator[Sequence[Any]]) -> Iterator[bytes]:
        with task.kept.open("ab") as file:
            for made in self._worked(task, pieces):
                file.write(made)
                file.flush()
                yield made

    def _worked(self, task: Task, pieces: Iterator[Sequence[Any]]) -> Iterator[bytes]:
        first = list(itertools.islice(pieces, 2))
        if self.processes < 2 or len(first) < 2:
            yield from map(task, itertools.chain(first, pieces))
            return
        with ProcessPoolExecutor(self.processes, multiprocessing.get_context("spawn")) as pool:
            waiting: deque[Future[bytes]] = deque()
            for piece in itertools.chain(first, pieces):
                if len(waiting) == 2 * self.processes:
                    yield waiting.popleft().result()
                waiting.append(pool.submit(task, piece))
            while waiting:
                yield waiting.popleft().result()


def _kept(kept: Path, pieces: Iterator[Sequence[Any]]) -> Iterator[bytes]:
    """Whole pieces that an earlier run left, passing over what they were made of; a piece that it left half is cut off."""
    size = PIECE * SIZE
    count = kept.stat().st_size // size if kept.exists() else 0
    if kept.exists():
        with kept.open("r+b") as file:
            file.truncate(count * size)
    if count:
        with kept.open("rb") as file:
            for _piece in itertools.islice(pieces, count):
                yield file.read(size)


def in_pieces(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The items, so many at once as a piece has."""
    return (items[at : at + PIECE] for at in range(0, len(items), PIECE))
