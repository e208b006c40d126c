"""Many people's names as arrays: which words share a key, who has a word. A segment never changes once it is made.

It knows words and keys only as numbers, so that it is the same over clear keys and over keyed hashes of them. A row is one name of
one person.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.keying import Word
from hamroh.kernel.linkage.lists import Ints, Lists
from hamroh.kernel.names.keys import Kind

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
_ARRAYS, _LISTS = ("keys", "key_rows", "shapes", "kin"), ("key_words", "word_rows", "row_words")
#: how many rows elsewhere have a word with one of these keys
Counting = Callable[[Hashes], Ints]


@dataclass(frozen=True, slots=True)
class Segment:
    """Arrays over keys, words and rows.

    ``keys`` are distinct and sorted, ``key_rows`` how many rows have each; ``shapes`` are codes of `weights.Shape`, ``kin`` how many
    rows share the commonest skeleton of the word.
    """

    keys: Hashes
    key_words: Lists
    key_rows: Ints
    shapes: npt.NDArray[np.uint8]
    kin: Ints
    word_rows: Lists
    row_words: Lists

    @classmethod
    def opened(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "Segment":
        key_words, word_rows, row_words = (Lists(arrays[f"{name}_starts"], arrays[f"{name}_values"]) for name in _LISTS)
        keys, key_rows, shapes, kin = (arrays[name] for name in _ARRAYS)
        return cls(keys, key_words, key_rows, shapes, kin, word_rows, row_words)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        found = {name: getattr(self, name) for name in _ARRAYS}
        for name in _LISTS:
            lists: Lists = getattr(self, name)
            found |= {f"{name}_starts": lists.starts, f"{name}_values": lists.values}
        return found

    def __len__(self) -> int:
        return len(self.row_words)

    def count(self, keys: Hashes) -> Ints:
        """How many rows have a word with each of these keys."""
        found, at = self.places(keys)
        counts = np.zeros(len(keys), np.int32)
        counts[found] = self.key_rows[at[found]]
        return counts

    def places(self, keys: Hashes) -> tuple[npt.NDArray[np.bool_], Ints]:
        """Which keys the segment has, and where (nought where it has not)."""
        at = np.searchsorted(self.keys, keys).astype(np.int32)
        found = at < len(self.keys)
        found[found] = self.keys[at[found]] == keys[found]
        return found, at


def build(rows: Iterable[Sequence[Word]], elsewhere: Counting | None = None) -> Segment:
    """The segment of these rows; `elsewhere` counts in the segments that stand already."""
    words: dict[int, int] = {}
    made: list[Word] = []

    def number(word: Word) -> int:
        at = words.setdefault(word.number, len(made))
        if at == len(made):
            made.append(word)
        return at

    row_words = Lists.of([number(word) for word in row] for row in rows)
    word_rows = row_words.turned(len(made))
    keys, of_key = np.unique(np.array([key for word in made for key in word.keys], np.uint64), return_inverse=True)
    owners = np.repeat(np.arange(len(made), dtype=np.int32), [len(word.keys) for word in made])
    weights = word_rows.lengths()[owners] if len(owners) else np.zeros(0)
    key_rows = np.bincount(of_key, weights=weights, minlength=len(keys)).astype(np.int32)
    counted = key_rows + elsewhere(keys) if elsewhere else key_rows
    return Segment(
        keys=keys,
        key_words=Lists.grouped(of_key.astype(np.int32), owners, len(keys)),
        key_rows=key_rows,
        shapes=np.array([word.shape for word in made], np.uint8),
        kin=_kin(made, owners, counted[of_key]),
        word_rows=word_rows,
        row_words=row_words,
    )


def _kin(words: Sequence[Word], owners: Ints, counted: Ints) -> Ints:
    is_skeleton = np.array([kind == Kind.SKELETON for word in words for kind in word.kinds], bool)
    kin = np.zeros(len(words), np.int32)
    np.maximum.at(kin, owners[is_skeleton], counted[is_skeleton])
    return kin
