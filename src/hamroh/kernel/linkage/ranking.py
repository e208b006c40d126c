"""Who of a segment bears a name most like the one that is sought: the weights of `kernel.names` over whole arrays at once.

First every row gets the sum of the best that each sought word finds in it; then the likeliest rows are weighed as `names.compare`
weighs two names: each word met once, words that lack a counterpart counted.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.columns import Bits
from hamroh.kernel.linkage.keying import Word
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.segment import Floats, Segment
from hamroh.kernel.names.comparing import MOST
from hamroh.kernel.names.keys import Kind
from hamroh.kernel.names.weights import RELATIONS, Level, Shape, Weights, level_code, level_of, relation, shapes

#: no meeting, in bits
_NEVER = np.float32(-99.0)
_KINDS, _SHAPES = 2 * int(max(Kind)), 256
#: rows whose words alone say so little are passed over where other rows say more
_LITTLE = 1.0
Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


class Tables:
    """Weights as arrays by number of shape and sum of kinds."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.levels = np.full((len(RELATIONS), _KINDS), _NEVER, np.float32)
        for kinds in range(_KINDS):
            level = level_of(kinds)
            if level is not Level.NONE:
                self.levels[:, kinds] = [weights.bits[level_code(level, each)] for each in RELATIONS]
        self._by_shape = functools.lru_cache(maxsize=_SHAPES)(self._against)
        self._shapes = [Shape.from_code(code) for code in range(_SHAPES)]
        self.father = np.array([shape.father for shape in self._shapes])
        self.given = np.array([not (shape.father or shape.ending) for shape in self._shapes])
        self.female = np.array([shape.sex == "female" for shape in self._shapes])

    def meeting(self, word: Word, theirs: npt.NDArray[np.uint8], kinds: Ints, rarity: Floats) -> Floats:
        """Bits of a sought word against words of these shapes that share these kinds of key with it."""
        related, bits = self._by_shape(word.shape)
        return self.levels[related[theirs], kinds] + bits[theirs] + np.float32(self.weights.bits["rarity"]) * rarity

    def _against(self, code: int) -> tuple[npt.NDArray[np.int8], Floats]:
        ours = Shape.from_code(code)
        related = np.array([RELATIONS.index(relation(ours, other)) for other in self._shapes], np.int8)
        bits = [sum(self.weights.bits[each] for each in shapes(ours, other)) for other in self._shapes]
        return related, np.array(bits, np.float32)


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of the sought name, how many rows share the commonest skeleton of each, and how many rows there are in all."""

    words: Sequence[Word]
    kin: Sequence[int]
    total: int


@dataclass(frozen=True, slots=True)
class Pool:
    """Which rows are still there, which are to be weighed whatever their names, and what the facts of rows weigh."""

    there: Bools
    anyway: Ints
    facts: Bits


def rank(segment: Segment, sought: Sought, tables: Tables, pool: Pool, keep: int) -> tuple[Ints, Floats]:
    """The likeliest rows and their bits, best first."""
    if not (len(segment) and len(segment.shapes) and sought.words):
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    likes = [
        _like(segment, word, kin, sought.total, tables) for word, kin in zip(sought.words, sought.kin, strict=True)
    ]
    rows = _likeliest(_hopes(segment, likes), pool, keep)
    weighed = _weigh(segment, sought, tables, likes, rows) + pool.facts(rows)
    order = np.argsort(-weighed, kind="stable")
    return rows[order], weighed[order]


@dataclass(frozen=True, slots=True)
class _Like:
    """The words of a segment that are like a sought one, in the order of their places, and the bits of each."""

    words: Ints
    bits: Floats

    def of(self, words: Ints) -> Floats:
        """The bits of some words by their places."""
        if not len(self.words):
            return np.full(words.shape, _NEVER)
        at = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        return np.where(self.words[at] == words, self.bits[at], _NEVER)


def _like(segment: Segment, word: Word, kin: int, total: int, tables: Tables) -> _Like:
    found, kinds = _alike(segment, word)
    common = np.maximum(np.maximum(segment.kin[found], kin), 1)
    rarity = np.log2(np.float32(total) / common.astype(np.float32))
    return _Like(found, tables.meeting(word, segment.shapes[found], kinds, rarity))


def _alike(segment: Segment, word: Word) -> tuple[Ints, Ints]:
    """The words of a segment that share a key with this one, and the kinds of what they share."""
    has, at = segment.places(np.array(word.keys, np.uint64))
    kinds = np.zeros(len(segment.shapes), np.int32)
    for place, kind in zip(at[has], np.array(word.kinds, np.int32)[has], strict=True):
        kinds[segment.key_words[place]] |= kind
    found = np.flatnonzero(kinds).astype(np.int32)
    return found, kinds[found]


def _hopes(segment: Segment, likes: Sequence[_Like]) -> Floats:
    """For each row the sum of the best that each sought word finds in it."""
    hopes = np.zeros(len(segment), np.float32)
    for like in likes:
        good = np.flatnonzero(like.bits > 0)
        good = good[np.argsort(like.bits[good], kind="stable")]
        rows, of = segment.word_rows.gathered(like.words[good])
        # of the values that are set for a row the last one stays, which is its best, for they come in order
        hopes[rows] = hopes[rows] + like.bits[good][of]
    return hopes


def _likeliest(hopes: Floats, pool: Pool, keep: int) -> Ints:
    rows = np.flatnonzero((hopes > _LITTLE) & pool.there).astype(np.int32)
    hoped = hopes[rows] + pool.facts(rows)
    if len(rows) > keep:
        rows = rows[np.argpartition(-hoped, keep)[:keep]]
    return np.union1d(rows, pool.anyway[pool.there[pool.anyway]]).astype(np.int32)


def _weigh(segment: Segment, sought: Sought, tables: Tables, likes: Sequence[_Like], rows: Ints) -> Floats:
    words = segment.row_words.table(rows, MOST)
    there = words >= 0
    shapes = np.where(there, segment.shapes[np.maximum(words, 0)], 0)
    asked = [word.shape for word in sought.words]
    cells = np.stack([like.of(words) for like in likes], axis=1)  # a place of -1 is no word's
    met = _Met(cells, tables.father[asked], tables.father[shapes] & there, there)
    given = met.both_left(tables.given[asked], tables.given[shapes] & there)
    female = (tables.female[shapes] & there).any(axis=1) | tables.female[asked].any()
    return met.bits + met.alone(tables.weights.bits, np.asarray(female, np.bool_), given)


class _Met:
    """Words of many rows met with the sought ones, the best pair first, each word once.

    `cells` are bits (rows, sought words, words of the row); `ours` and `theirs` say which words are fathers' names.
    """

    def __init__(self, cells: Floats, ours: Bools, theirs: Bools, there: Bools) -> None:
        count, wide, deep = cells.shape
        self.ours, self.theirs, self.there = ours, theirs, there
        self.bits = np.zeros(count, np.float32)
        self.left = np.ones((count, wide), bool)
        self.right = there.copy()
        self.core = np.zeros(count, np.int32)
        everywhere, open_cells = np.arange(count), cells.copy()
        for _ in range(min(wide, deep)):
            flat = open_cells.reshape(count, wide * deep)
            best = flat.argmax(axis=1)
            rows = everywhere[flat[everywhere, best] > 0]
            if not len(rows):
                break
            i, j = np.divmod(best[rows], deep)
            self.bits[rows] += open_cells[rows, i, j]
            self.left[rows, i], self.right[rows, j] = False, False
            self.core[rows] += ~(ours[i] | theirs[rows, j])
            open_cells[rows, i, :], open_cells[rows, :, j] = _NEVER, _NEVER

    def both_left(self, ours: Bools, theirs: Bools) -> Counts:
        """How many words of a kind are left on both sides."""
        return np.asarray(np.minimum((self.left & ours).sum(axis=1), (self.right & theirs).sum(axis=1)), np.int64)

    def alone(self, bits: Mapping[str, float], female: Bools, given: Counts) -> Floats:
        """What the words without a counterpart weigh, as in `names.compare`."""
        wanted = np.minimum(min(2, int((~self.ours).sum())), (self.there & ~self.theirs).sum(axis=1))
        lacking = np.maximum(wanted - self.core, 0)
        fathers = [(self.left & self.ours).sum(axis=1), (self.right & self.theirs).sum(axis=1)]
        against = np.minimum(np.minimum(*fathers), 1)
        core = [(self.left & ~self.ours).sum(axis=1), (self.right & ~self.theirs).sum(axis=1)]
        absent = sum(np.maximum(each - lacking, 0) for each in core)
        siblings = np.minimum(lacking, given)
        weighed = (
            siblings * bits["against_given"]
            + (lacking - siblings) * np.where(female, bits["against_woman"], bits["against"])
            + against * bits["against_father"]
            + (sum(fathers) - 2 * against) * bits["father_absent"]
            + absent * bits["word_absent"]
        )
        return np.asarray(weighed, np.float32)
