"""Runs of contestants, each in a fresh process of the interpreter that has what it needs; what is absent is left out and said so."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hamroh
from hamroh.site.benches.elsewhere import environment, ran
from hamroh.site.benches.names.measures import Found
from hamroh.site.benches.names.sets import Query, Record, Set, opaque

_HERE = Path(__file__).parent
_ROOT = Path(hamroh.__file__).parent.parent
#: the packages of another environment come before those that lie beside Hamroh
_WORKER = "import sys; sys.path.append(sys.argv.pop(1)); from hamroh.site.benches.names.worker import main; main()"
#: what a query carries -> whether it has birth year and place
ASKED = {"name": False, "facts": True}
_RUN_TIME = 7200


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers to a list of queries, in their order, with wall and processor time of each in milliseconds (one mean for a batch)."""

    found: list[list[Found]]
    ms: list[float]
    cpu_ms: list[float]


@dataclass(frozen=True, slots=True)
class Run:
    """What a contestant did: seconds of building, memory of the index, answers, and the checks that it was asked for."""

    build_s: float
    build_cpu_s: float
    memory_mib: float
    memory_after_mib: float
    asks: Mapping[str, Asked]
    checks: Mapping[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Pool:
    """Records on disk under opaque ids: ``names`` leads from them to what they were called before."""

    path: Path
    count: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A set and the pool that it is asked of: the name of its size, and how many others are in it."""

    queries: Set
    size: str
    others: int
    pool: Pool

    @property
    def name(self) -> str:
        """Of the set."""
        return self.queries.name

    @property
    def asks(self) -> dict[str, tuple[Sequence[Query], bool]]:
        """All queries, with facts and without."""
        return {asked: (self.queries.queries, facts) for asked, facts in ASKED.items()}

    def id(self, measure: str, part: str = "", asked: str = "") -> str:
        """Of a figure."""
        return ".".join(filter(None, ("names", self.name, measure, part, self.size, asked)))


def said(text: str) -> None:
    """Tell who waits for the bench, beside its figures."""
    print(text, file=sys.stderr, flush=True)


class Hall:
    """The folder in which runs lay their files, and the environments of peers that were made there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Path] = {}

    def pool(self, records: Iterable[Record], known: Iterable[str]) -> Pool:
        """Write a pool down; ``known`` are the ids of whom one will want to know where they are."""
        wanted, names, count = set(known), {}, 0
        path = self._new(".jsonl")
        with path.open("w", encoding="utf-8") as file:
            for name, record in opaque(records):
                count += 1
                if record["id"] in wanted:
                    names[name] = record["id"]
                file.write(json.dumps({**record, "id": name}, ensure_ascii=False) + "\n")
        return Pool(path, count, names)

    def run(self, contestant: str, pool: Pool, asks: Mapping[str, tuple[Sequence[Query], bool]], **how: Any) -> Run:
        """Build and ask in a fresh process; ``asks`` are queries and whether they carry facts. Absent where it cannot run."""
        job, answer = self._new(".json"), self._new(".json")
        paths = {key: str(self._queries(queries, facts=facts)) for key, (queries, facts) in asks.items()}
        task = {
            "contestant": contestant, "options": how.get("options", {}), "pool": str(pool.path), "asks": paths,
            "checks": how.get("checks", []), "answer": str(answer),
        }  # fmt: skip
        job.write_text(json.dumps(task), encoding="utf-8")
        command = [str(how.get("python", sys.executable)), "-c", _WORKER, str(_ROOT), str(job)]
        ran(command, _RUN_TIME)
        return _read(json.loads(answer.read_text(encoding="utf-8")), pool.names)

    def python(self, lock: str) -> Path:
        """The interpreter of an environment with the packages of a lock beside this file, made at the first asking."""
        if lock not in self._made:
            self._made[lock] = environment(self._folder / lock, _HERE / f"{lock}.lock")
        return self._made[lock]

    def _queries(self, queries: Sequence[Query], *, facts: bool) -> Path:
        path = self._new(".jsonl")
        rows = (json.dumps(query.asked(facts=facts), ensure_ascii=False) + "\n" for query in queries)
        path.write_text("".join(rows), encoding="utf-8")
        return path

    def _new(self, suffix: str) -> Path:
        handle, name = tempfile.mkstemp(suffix=suffix, dir=self._folder)
        os.close(handle)
        return Path(name)


def _read(answer: dict[str, Any], names: Mapping[str, str]) -> Run:
    asks = {
        key: Asked(
            [[(names.get(name, name), score, band) for name, score, band in found] for found in ask["found"]],
            ask["ms"],
            ask["cpu_ms"],
        )
        for key, ask in answer["asks"].items()
    }
    costs = {key: answer[key] for key in ("build_s", "build_cpu_s", "memory_mib", "memory_after_mib")}
    return Run(**costs, asks=asks, checks=answer["checks"])
