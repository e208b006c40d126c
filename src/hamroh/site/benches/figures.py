"""What a benchmark hands back: figures with stable ids, and the small measures that all of them need."""

import operator
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMPARE: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True)
class Figure:
    """One measured number; ``bar`` is text such as ``<= 30`` (None: for information), ``peer`` what it stands beside."""

    id: str
    value: float
    unit: str
    bar: str | None = None
    peer: str | None = None
    peer_value: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the value keeps its bar; None without one."""
        if self.bar is None:
            return None
        sign, limit = self.bar.split()
        return _COMPARE[sign](self.value, float(limit))

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "value": self.value,
            "unit": self.unit,
            "bar": self.bar,
            "holds": self.holds,
            "peer": self.peer,
            "peer_value": self.peer_value,
        }


def short(count: int) -> str:
    """A count as ids say it: ``400``, ``10k``, ``1m``."""
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if count >= size and count % size == 0:
            return f"{count // size}{letter}"
    return str(count)


def milliseconds(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Wall time of each call, in order."""
    return [_timed(call) for call in calls]


def spent(calls: Iterable[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """Wall time of each call, and processor time of this process, which a machine with other work tells better."""
    wall, cpu = [], []
    for call in calls:
        before = time.process_time()
        wall.append(_timed(call))
        cpu.append((time.process_time() - before) * 1000)
    return wall, cpu


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all (0 to 1) do not exceed, rounded to a hundredth."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 4)


def memory_mib() -> float:
    """Resident memory of this process now (its peak where the system does not tell)."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10, 1)


def _timed(call: Callable[[], object]) -> float:
    before = time.perf_counter()
    call()
    return (time.perf_counter() - before) * 1000
