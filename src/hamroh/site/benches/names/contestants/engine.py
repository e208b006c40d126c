"""Hamroh's own index, as a library uses it."""

import gc
import hashlib
import itertools
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hamroh.kernel.linkage import Index
from hamroh.site.benches.figures import memory_mib
from hamroh.site.benches.names.sets import crowd

_ADDED = 1000
#: what nobody is called, but anybody may send
HOSTILE = {
    "nothing": "",
    "spaces": " " * 10_000,
    "one letter": "а" * 10_000,
    "many words": "Раҳмон " * 1_500,
    "many short words": "а б " * 2_500,
    "right-to-left marks": "\u200f\u202e" * 5_000,
    "Persian letters": "محمد " * 2_000,
    "emoji": "👩‍👩‍👧" * 2_000,
    "accents": "é̈̃" * 3_000,
    "digits": "0123456789" * 1_000,
    "Hangul": "김 " * 5_000,
    "nulls": "\x00" * 10_000,
    "a lone surrogate": "\ud800" * 10_000,
    "commonest words": "Муҳаммад Алӣ Фотима Аҳмад Раҳмон Саид Карим Юсуф Ҳасан Абдулло",
    "apostrophes": "'" * 10_000,
    "hyphens": "Али-" * 2_500,
}


def prepare() -> None:
    """Load what is not the index's own memory: tables and modules."""
    Index.from_records([{"id": "0", "name": "Раҳмон", "year": 1980, "place": "Кӯлоб"}]).search({"name": "Rahmon"})


class Store:
    """Records as a room keeps them while the index has only keyed numbers: each as text that is read when it is opened."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def passing(self, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for record in records:
            self._texts[record["id"]] = json.dumps(record)
            yield record

    def known(self, ids: Sequence[str]) -> set[str]:
        return self._texts.keys() & set(ids)

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        return {each: json.loads(self._texts[each]) for each in ids}


def _keyed(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), key=b"bench", digest_size=8).digest())


class Contestant:
    """The index; `blind` is as the vault's pools use it, over keyed hashes and without the records."""

    def __init__(self, records: Iterable[dict[str, Any]], *, blind: bool = False, **options: Any) -> None:
        self._opener = Store() if blind else None
        if self._opener:
            records, options = self._opener.passing(records), {"hashing": _keyed, "keeps_records": False}
        self._index = Index.from_records(records, processes=os.cpu_count() or 1, **options)

    def search(self, query: dict[str, Any], limit: int) -> list[tuple[str, float, str]]:
        found = self._index.search(query, limit=limit, opener=self._opener)
        return [(one.id, one.bits, str(one.band)) for one in found]

    def hostile(self) -> dict[str, float]:
        """Milliseconds of each input that nobody is called."""
        return {name: self._timed(text) for name, text in HOSTILE.items()}

    def additions(self) -> dict[str, float]:
        """Milliseconds until a thousand more people are found: put in together, and the next thousand one by one."""
        people = [
            {**each, "id": f"added {number}"} for number, each in enumerate(itertools.islice(crowd(), 2 * _ADDED))
        ]
        together, singly = people[:_ADDED], people[_ADDED:]
        return {"ms": self._until_found([together]), "singly_ms": self._until_found([[each] for each in singly])}

    def mapped(self) -> dict[str, float]:
        """MiB that a process grows by which opens the saved index and searches in it, as processes of a house do."""
        with tempfile.TemporaryDirectory() as folder:
            self._index.save(Path(folder))
            gc.collect()
            before = memory_mib()
            index = Index.opened(Path(folder))
            for person in itertools.islice(crowd(), _ADDED):
                index.search(person)
            gc.collect()
            return {"mib": memory_mib() - before}

    def _until_found(self, lots: list[list[dict[str, Any]]]) -> float:
        started = time.perf_counter()
        for lot in lots:
            self._index.add(lot)
        last = lots[-1][-1]
        seen = [one.id for one in self._index.search(last, limit=10)]
        if last["id"] not in seen:
            raise LookupError("who was added is not found")
        return (time.perf_counter() - started) * 1000

    def _timed(self, text: str) -> float:
        started = time.perf_counter()
        self._index.search({"name": text, "year": None, "place": text})
        return (time.perf_counter() - started) * 1000
