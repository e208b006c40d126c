"""Records kept small: end to end as text in one piece of memory, opened one at a time."""

import hashlib
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.lists import Ints, Longs
from hamroh.kernel.linkage.people import Record


@dataclass(frozen=True, slots=True)
class Shelf:
    """Records by number: record i is ``texts[starts[i]:starts[i + 1]]``; ``order`` sorts the hashes of their ids."""

    texts: npt.NDArray[np.uint8]
    starts: Longs
    ids: npt.NDArray[np.uint64]
    order: Ints

    @classmethod
    def opened(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "Shelf":
        return cls(arrays["texts"], arrays["text_starts"], arrays["ids"], arrays["id_order"])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        return {"texts": self.texts, "text_starts": self.starts, "ids": self.ids, "id_order": self.order}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> dict[str, Any]:
        text = self.texts[self.starts[number] : self.starts[number + 1]].tobytes()
        record: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
        return record

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[number] for number in range(len(self)))

    def text_of(self, numbers: Ints) -> npt.NDArray[np.uint8]:
        """The texts of some records end to end."""
        if len(numbers) == len(self):
            return self.texts
        kept = np.zeros(len(self), bool)
        kept[numbers] = True
        texts: npt.NDArray[np.uint8] = self.texts[np.repeat(kept, np.diff(self.starts))]
        return texts

    def numbers(self, of: Sequence[str]) -> list[int]:
        """The numbers of the records with these ids. All are looked for at once, for each look over the order costs a copy of it."""
        wanted = np.array([_number(each) for each in of], np.uint64)
        first, last = (
            np.searchsorted(self.ids, wanted, side, sorter=self.order).tolist() for side in ("left", "right")
        )
        near = ((each, int(at)) for each, *ends in zip(of, first, last, strict=True) for at in self.order[slice(*ends)])
        return [at for each, at in near if str(self[at]["id"]) == each]


def joined(parts: Sequence[tuple[Shelf, Ints]]) -> Shelf:
    """One shelf of some records of several, in their order."""
    texts = np.concatenate([shelf.text_of(numbers) for shelf, numbers in parts])
    lengths = np.concatenate([np.diff(shelf.starts)[numbers] for shelf, numbers in parts])
    ids = np.concatenate([shelf.ids[numbers] for shelf, numbers in parts])
    return _shelf(texts, np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]), ids)


def _shelf(texts: npt.NDArray[np.uint8], starts: Longs, ids: npt.NDArray[np.uint64]) -> Shelf:
    return Shelf(texts, starts, ids, np.argsort(ids, kind="stable").astype(np.int32))


class Shelving:
    """Records put on a shelf one by one."""

    def __init__(self) -> None:
        self._texts, self._starts, self._ids = bytearray(), array("q", [0]), array("Q")
        self._written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def add(self, record: Record, of: str = "") -> int:
        """The number of the record, whose id is `of`, from now on."""
        plain = record if type(record) is dict else dict(record)
        self._texts += self._written(plain).encode("utf-8", "surrogatepass")
        self._starts.append(len(self._texts))
        self._ids.append(_number(of or str(record["id"])))
        return len(self._ids) - 1

    def shelf(self) -> Shelf:
        texts = np.frombuffer(bytes(self._texts), np.uint8)
        return _shelf(texts, np.array(self._starts, np.int64), np.array(self._ids, np.uint64))


def _number(of: str) -> int:
    return int.from_bytes(hashlib.blake2b(of.encode("utf-8", "surrogatepass"), digest_size=8).digest())
