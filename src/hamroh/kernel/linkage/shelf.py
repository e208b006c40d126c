"""Records kept small: end to end as text in one piece of memory, opened one at a time."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from hamroh.kernel.linkage.people import Record


class Shelf:
    """Records by number; found again by their id."""

    def __init__(self, records: Iterable[Record]) -> None:
        texts, starts, ids = bytearray(), [0], []
        for record in records:
            texts += json.dumps(dict(record), ensure_ascii=False, separators=(",", ":")).encode()
            starts.append(len(texts))
            ids.append(_number(str(record["id"])))
        self._texts, self._starts = bytes(texts), np.array(starts, np.int64)
        self._ids = np.array(ids, np.uint64)
        self._order = np.argsort(self._ids, kind="stable").astype(np.int32)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self._texts[self._starts[number] : self._starts[number + 1]])
        return record

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[number] for number in range(len(self)))

    def numbers(self, of: str) -> list[int]:
        """The numbers of the records with this id."""
        wanted = np.uint64(_number(of))
        first, last = (int(np.searchsorted(self._ids, wanted, side, sorter=self._order)) for side in ("left", "right"))
        return [int(number) for number in self._order[first:last] if str(self[number]["id"]) == of]


def _number(of: str) -> int:
    return int.from_bytes(hashlib.blake2b(of.encode(), digest_size=8).digest())
