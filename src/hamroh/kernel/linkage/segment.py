"""Many people's names as arrays: which words share a key, who has a word. A segment never changes once it is made.

It knows words and keys only as numbers, so that it is the same over clear keys and over keyed hashes of them. A row is one name of
one person.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.keying import Word
from hamroh.kernel.linkage.lists import Ints, Lists, joined_lists
from hamroh.kernel.names.keys import Kind

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_ARRAYS = ("keys", "key_rows", "bones", "numbers", "shapes", "kin")
_LISTS = ("key_words", "word_rows", "row_words")
#: how many rows elsewhere have a word with one of these keys
Counting = Callable[[Hashes], Ints]


@dataclass(frozen=True, slots=True)
class Segment:
    """Arrays over keys, words and rows.

    ``keys`` are distinct and sorted, ``key_rows`` how many rows have each, ``bones`` which are skeletons; ``numbers`` are the words' own,
    ``shapes`` codes of `weights.Shape`, ``kin`` how many rows share the commonest skeleton of the word.
    """

    keys: Hashes
    key_words: Lists
    key_rows: Ints
    bones: Bools
    numbers: Hashes
    shapes: npt.NDArray[np.uint8]
    kin: Ints
    word_rows: Lists
    row_words: Lists

    @classmethod
    def opened(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "Segment":
        key_words, word_rows, row_words = (Lists(arrays[f"{name}_starts"], arrays[f"{name}_values"]) for name in _LISTS)
        return cls(
            key_words=key_words, word_rows=word_rows, row_words=row_words, **{name: arrays[name] for name in _ARRAYS}
        )

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


@dataclass(frozen=True, slots=True)
class _Words:
    """Distinct words as arrays: a number and a shape of each; key i, a skeleton if ``bones[i]``, is of word ``owners[i]``."""

    numbers: Hashes
    shapes: npt.NDArray[np.uint8]
    keys: Hashes
    bones: Bools
    owners: Ints


def build(rows: Iterable[Sequence[Word]], elsewhere: Counting | None = None) -> Segment:
    """The segment of these rows; `elsewhere` counts in the segments that stand already."""
    making = Making()
    for row in rows:
        making.add(list(map(making.place, row)))
    return making.segment(elsewhere)


class Making:
    """Rows of words that come one by one, each word kept once."""

    def __init__(self) -> None:
        self._starts, self._row_words = array("i", [0]), array("i")
        self._places: dict[int, int] = {}
        self._shapes, self._lengths = array("B"), array("i")
        self._keys, self._kinds = array("Q"), array("H")

    def place(self, word: Word) -> int:
        """The place of a word from now on."""
        at = self._places.setdefault(word.number, len(self._shapes))
        if at == len(self._shapes):
            self._shapes.append(word.shape)
            self._lengths.append(len(word.keys))
            self._keys.extend(word.keys)
            self._kinds.extend(word.kinds)
        return at

    def add(self, words: list[int]) -> None:
        """A row of words by their places."""
        self._row_words.fromlist(words)
        self._starts.append(len(self._row_words))

    def segment(self, elsewhere: Counting | None = None) -> Segment:
        """The segment of all rows; `elsewhere` counts in the segments that stand already."""
        row_words = Lists(np.array(self._starts, np.int32), np.array(self._row_words, np.int32))
        return _segment(self._words(), row_words, elsewhere)

    def _words(self) -> _Words:
        return _Words(
            numbers=np.fromiter(self._places, np.uint64, len(self._places)),
            shapes=np.array(self._shapes, np.uint8),
            keys=np.array(self._keys, np.uint64),
            bones=np.array(self._kinds, np.uint16) == Kind.SKELETON,
            owners=np.repeat(np.arange(len(self._shapes), dtype=np.int32), np.array(self._lengths, np.int32)),
        )


def joined(parts: Sequence[tuple[Segment, Ints]], elsewhere: Counting | None = None) -> Segment:
    """One segment of some rows of several; a word that several have is kept once, one that no row has any more is not kept."""
    firsts = np.cumsum([0, *(len(segment.numbers) for segment, _rows in parts)]).astype(np.int32)
    rows = joined_lists([
        segment.row_words.picked(rows).raised(first) for (segment, rows), first in zip(parts, firsts, strict=False)
    ])  # fmt: skip
    numbers = np.concatenate([segment.numbers for segment, _rows in parts])
    used = np.unique(rows.values)
    kept, first_use, place_of_used = np.unique(numbers[used], return_index=True, return_inverse=True)
    place = np.full(len(numbers), -1, np.int32)
    place[used] = place_of_used
    speaks = np.zeros(len(numbers), bool)  # of the words that became one, the one whose keys are taken over
    speaks[used[first_use]] = True
    keyed = [_keyed(segment, speaks, place, first) for (segment, _rows), first in zip(parts, firsts, strict=False)]
    keys, bones, owners = (np.concatenate(each) for each in zip(*keyed, strict=True))
    shapes = np.concatenate([segment.shapes for segment, _rows in parts])[used[first_use]]
    return _segment(_Words(kept, shapes, keys, bones, owners), Lists(rows.starts, place[rows.values]), elsewhere)


def _keyed(segment: Segment, speaks: Bools, place: Ints, first: int) -> tuple[Hashes, Bools, Ints]:
    """The keys of a segment's words that speak, whether each is a skeleton, and the new place of its word."""
    taken = speaks[segment.key_words.values + first]
    of_key = segment.key_words.owners()[taken]
    return segment.keys[of_key], segment.bones[of_key], place[segment.key_words.values[taken] + first]


def _segment(words: _Words, row_words: Lists, elsewhere: Counting | None) -> Segment:
    word_rows = row_words.turned(len(words.numbers))
    keys, first, places = np.unique(words.keys, return_index=True, return_inverse=True)
    of_key: Ints = places.astype(np.int32)
    key_rows = np.bincount(of_key, weights=word_rows.lengths()[words.owners], minlength=len(keys)).astype(np.int32)
    counted = key_rows + elsewhere(keys) if elsewhere else key_rows
    kin = np.zeros(len(words.numbers), np.int32)
    np.maximum.at(kin, words.owners[words.bones], counted[of_key[words.bones]])
    return Segment(
        keys=keys,
        key_words=Lists.grouped(of_key, words.owners, len(keys)),
        key_rows=key_rows,
        bones=words.bones[first],
        numbers=words.numbers,
        shapes=words.shapes,
        kin=kin,
        word_rows=word_rows,
        row_words=row_words,
    )
