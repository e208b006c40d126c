"""Hamroh's own index, as a library uses it."""

import itertools
import time
from collections.abc import Iterable
from typing import Any

from hamroh.kernel.linkage import Index
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


class Contestant:
    def __init__(self, records: Iterable[dict[str, Any]], **options: Any) -> None:
        self._index = Index.from_records(records, **options)

    def search(self, query: dict[str, Any], limit: int) -> list[tuple[str, float, str]]:
        return [(one.id, one.bits, str(one.band)) for one in self._index.search(query, limit=limit)]

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
