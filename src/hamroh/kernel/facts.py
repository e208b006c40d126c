"""Facts about many people as columns of small numbers: packed for sealing, counted by any of their variables at once."""

import json
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
_HEAD = struct.Struct(">I")
#: the category of a variable that a block does not tell
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Block:
    """So many people, and of each variable one code for each of them: a place in its list of categories."""

    size: int
    codes: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Column]

    @classmethod
    def of(cls, names: Sequence[str], rows: Sequence[Sequence[str]]) -> "Block":
        """Facts as rows of categories, a column for each name."""
        codes: dict[str, tuple[str, ...]] = {}
        columns: dict[str, Column] = {}
        for place, name in enumerate(names):
            told = [row[place] for row in rows]
            codes[name] = tuple(sorted(set(told)))
            places = {code: number for number, code in enumerate(codes[name])}
            columns[name] = np.array([places[each] for each in told], dtype=_width(len(places)))
        return cls(len(rows), codes, columns)

    def packed(self) -> bytes:
        """All of it as bytes, small."""
        head = json.dumps(
            {"size": self.size, "codes": {name: list(each) for name, each in self.codes.items()}}
        ).encode()
        body = b"".join(self.columns[name].tobytes() for name in self.codes)
        return _HEAD.pack(len(head)) + head + zlib.compress(body, 1)

    @classmethod
    def opened(cls, packed: bytes) -> "Block":
        """What ``packed`` made."""
        (length,) = _HEAD.unpack_from(packed)
        head = json.loads(packed[_HEAD.size : _HEAD.size + length])
        body, at, columns = zlib.decompress(packed[_HEAD.size + length :]), 0, dict[str, Column]()
        for name, codes in head["codes"].items():
            width = np.dtype(_width(len(codes)))
            columns[name] = np.frombuffer(body, width, head["size"], at)
            at += width.itemsize * head["size"]
        return cls(head["size"], {name: tuple(codes) for name, codes in head["codes"].items()}, columns)

    def counts(self, by: Sequence[str], only: Mapping[str, Iterable[str]] | None = None) -> Counter[tuple[str, ...]]:
        """How many people stand in each cell of some variables, of those whom ``only`` leaves."""
        chosen = self._chosen(only or {})
        sizes = [max(1, len(self._told(name))) for name in by]
        found = np.zeros(int(chosen.sum()) if chosen is not None else self.size, dtype=np.int64)
        for name, size in zip(by, sizes, strict=True):
            if name in self.columns:
                column = self.columns[name] if chosen is None else self.columns[name][chosen]
                found = found * size + column
        numbers = np.bincount(found)
        places = np.flatnonzero(numbers)
        told = np.unravel_index(places, sizes) if len(places) else [np.zeros(0, dtype=np.int64)] * len(by)
        cells = zip(*([self._told(name)[at] for at in each] for name, each in zip(by, told, strict=True)), strict=True)
        return Counter(dict(zip(cells, numbers[places].tolist(), strict=True)))

    def _told(self, name: str) -> tuple[str, ...]:
        """Categories of a variable; of one that the book does not tell nothing is known."""
        return self.codes.get(name, (UNKNOWN,))

    def _chosen(self, only: Mapping[str, Iterable[str]]) -> npt.NDArray[np.bool_] | None:
        chosen: npt.NDArray[np.bool_] | None = None
        for name, wanted in only.items():
            keeps = np.array([code in set(wanted) for code in self._told(name)] or [False])
            here = keeps[self.columns.get(name, np.zeros(self.size, dtype=np.int64))]
            chosen = here if chosen is None else chosen & here
        return chosen

    def without(self, places: Iterable[int]) -> "Block":
        """The same people but those of some places."""
        kept = np.setdiff1d(np.arange(self.size), np.array(list(places), dtype=np.int64))
        return Block(len(kept), self.codes, {name: column[kept] for name, column in self.columns.items()})


def _width(count: int) -> type[Any]:
    return np.uint8 if count <= 1 << 8 else np.uint16
