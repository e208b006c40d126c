"""One contestant's run in a process of its own: it builds its index, answers, and writes down what it found and what that cost.

It runs under other interpreters than Hamroh's, too, so it imports nothing but the standard library and, by name, a contestant.
A job is a JSON file: ``{"contestant": module, "options": {...}, "pool": path, "asks": {key: path}, "checks": [...], "answer": path}``.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from hamroh.site.benches.figures import memory_mib

Record = dict[str, Any]
LIMIT = 10


class Contestant(Protocol):
    """What a contestant's class offers; it is made of an iterator of records."""

    def search(self, query: Record, limit: int) -> list[tuple[str, float, str]]:
        """Id, score, band ("" for none) of the best candidates in their order."""


def main() -> None:
    """Do the job of the file named on the command line."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    module = import_module(f"hamroh.site.benches.names.contestants.{job['contestant']}")
    answer = _done(module, job)
    Path(job["answer"]).write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")


def lines(path: str) -> Iterator[Record]:
    """The objects of a JSON-lines file."""
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _done(module: Any, job: dict[str, Any]) -> dict[str, Any]:
    module.prepare()
    gc.collect()
    before, started, used = memory_mib(), time.perf_counter(), time.process_time()
    contestant = module.Contestant(lines(job["pool"]), **job["options"])
    answer: dict[str, Any] = {"build_s": time.perf_counter() - started, "build_cpu_s": time.process_time() - used}
    gc.collect()
    answer["memory_mib"] = memory_mib() - before
    answer["asks"] = {key: _asked(contestant, list(lines(path))) for key, path in job["asks"].items()}
    answer["memory_after_mib"] = memory_mib() - before
    answer["checks"] = {name: getattr(contestant, name)() for name in job["checks"]}
    return answer


def _asked(contestant: Any, queries: list[Record]) -> dict[str, Any]:
    if hasattr(contestant, "search_all"):
        started, used = time.perf_counter(), time.process_time()
        found = contestant.search_all(queries, LIMIT)
        count = max(1, len(queries))
        return {
            "found": found,
            "ms": [(time.perf_counter() - started) * 1000 / count],
            "cpu_ms": [(time.process_time() - used) * 1000 / count],
        }
    found, wall, cpu = [], [], []
    for query in queries:
        started, used = time.perf_counter(), time.process_time()
        found.append(contestant.search(query, LIMIT))
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return {"found": found, "ms": wall, "cpu_ms": cpu}


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
