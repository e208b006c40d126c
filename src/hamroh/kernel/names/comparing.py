"""How much speaks for two names being one person's: which words meet, how, and how rare what they have in common is.

The weight of evidence is in bits (Fellegi and Sunter): what is common to both counts by how few people share it, then a little
more or less by how alike the spellings are. A missing patronymic says nearly nothing, a different one speaks against.
"""

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hamroh.kernel.datafiles import rows
from hamroh.kernel.names.keys import keys, shared, word_keys
from hamroh.kernel.names.reading import Name, Part, read
from hamroh.kernel.names.weights import Grounds, Level, Shape, Weights, level_of, meeting, shipped, unlike_code

REASONS = "names/reasons.csv"
#: the share of people whose names have a word of this skeleton
Frequency = Callable[[str], float]
#: words of a name that are compared
MOST = 6
#: less than any weight, in bits
_HAIR = 1e-6
_CODES = {
    Level.SAME: "same", Level.VOWELS: "vowels", Level.CONSONANTS_NEAR: "consonants", Level.CONSONANTS: "consonants",
    Level.VARIANT: "variant", Level.COMPOUND: "compound",
    Level.VOICE_NEAR: "voice", Level.VOICE: "voice", Level.LETTER: "letter", Level.BARE: "near", Level.NEAR: "near",
}  # fmt: skip
#: bits of a name by the length of its skeleton, where no pool says how rare it is
_RARITY = (1.0, 3.0, 5.0, 7.5, 9.5, 11.0, 12.0)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two words that were taken for one name (or one that has no counterpart: the other is None) and what that weighs in bits.

    ``grounds`` are the codes of the table of weights of which the bits are the sum.
    """

    a: Part | None
    b: Part | None
    level: Level
    bits: float
    grounds: Grounds

    def said(self, lang: str = "en") -> str:
        """The reason in words, in ``en``, ``tg``, ``az`` or ``ru``."""
        words = {"a": self.a.written if self.a else "", "b": self.b.written if self.b else ""}
        if not (self.a and self.b):
            words["a"] = words["a"] or words["b"]
        sentences = [_reasons()[code][lang].format(**words) for code in self._codes()]
        return "; ".join(sentences)

    def _codes(self) -> list[str]:
        if not (self.a and self.b):
            return ["absent"]
        if self.level is Level.NONE:
            return ["against", *(["kin"] if self.grounds[0][0] == "against_given" else [])]
        more = ["ending"] if self.a.ending != self.b.ending else []
        return [_CODES[self.level], *more, *(["role"] if _is_fathers(self.a) != _is_fathers(self.b) else [])]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The evidence that two names are one person's: the meetings' bits add up to ``bits``."""

    a: Name
    b: Name
    meetings: tuple[Meeting, ...]

    @property
    def bits(self) -> float:
        return sum(meeting.bits for meeting in self.meetings)


def usual_frequency(skeleton: str) -> float:
    """How frequent a skeleton of this length usually is."""
    return math.exp2(-_RARITY[min(len(skeleton), len(_RARITY) - 1)])


def compare(
    a: str | Name,
    b: str | Name,
    frequency: Frequency = usual_frequency,
    weights: Weights | None = None,
    *,
    lexicon: bool = True,
) -> Comparison:
    """Compare two names in any spelling and order of words; which comes first makes no difference. Nothing meets a text without letters.

    Without the `lexicon` of attested variants and compounds two words meet by their sounds alone.
    """
    return Scales(frequency, weights or shipped(), lexicon=lexicon).compare(a, b)


class Scales:
    """What names are compared by. Whoever compares one with many keeps it meanwhile, for it asks once about each word."""

    def __init__(self, frequency: Frequency, weights: Weights, *, lexicon: bool = True) -> None:
        self.weights = weights
        self._frequency, self._lexicon = frequency, lexicon
        self._words: dict[Part, _Told] = {}

    def compare(self, a: str | Name, b: str | Name) -> Comparison:
        """Two names, as `compare` does."""
        left, right = (name if isinstance(name, Name) else read(name) for name in (a, b))
        ours, theirs = ([self._told(part) for part in name.parts[:MOST]] for name in (left, right))
        if not (ours and theirs):
            return Comparison(left, right, ())
        table = [[_met(one, other, self.weights) for other in theirs] for one in ours]
        pairs = assigned([[met.preference for met in row] for row in table])
        meetings = [_meeting(ours[i], theirs[j], table[i][j], self.weights) for i, j in pairs]
        alone = _Alone(left.parts[:MOST], right.parts[:MOST], pairs, self.weights)
        return Comparison(left, right, (*meetings, *alone.meetings()))

    def _told(self, part: Part) -> "_Told":
        found = self._words.get(part)
        if found is None:
            found = self._words[part] = _Told(part, self._frequency, self._lexicon)
        return found


class _Told:
    """A word of a name with what is asked of it for each word of the other."""

    __slots__ = ("_common", "_frequency", "keys", "part", "shape")

    def __init__(self, part: Part, frequency: Frequency, lexicon: bool) -> None:
        self.part, self.shape, self.keys = part, Shape.of(part), word_keys(part.roots, lexicon)
        self._frequency, self._common = frequency, 0.0

    def common(self) -> float:
        """How frequent the commonest skeleton of its roots is."""
        self._common = self._common or max([self._frequency(keys(root).skeleton) for root in self.part.roots])
        return self._common


class _Met(NamedTuple):
    """How two words can be one name; ``preference`` is the bits, and of two that weigh the same the nearer spelling is a hair better, so
    that it makes no difference which name comes first."""

    level: Level
    rarity: float
    unlike: float
    preference: float


_NEVER = _Met(Level.NONE, 0.0, 1.0, 0.0)


def _met(a: _Told, b: _Told, weights: Weights) -> _Met:
    if a.keys.isdisjoint(b.keys) or (level := level_of(shared(a.keys, b.keys))) is Level.NONE:
        return _NEVER
    rarity = -math.log2(max(a.common(), b.common()))
    bits = weights.met(level, a.shape, b.shape) + weights.bits["rarity"] * rarity
    if bits <= 0:
        return _NEVER
    apart = unlike(a.part, b.part)
    return _Met(level, rarity, apart, bits - _HAIR * apart)


def _meeting(a: _Told, b: _Told, met: _Met, weights: Weights) -> Meeting:
    """Two words that were taken for one name: a little less for those spelt otherwise. Keys do not say how far, so that an index asks only
    when it compares records."""
    spelling = unlike_code(a.shape, b.shape), met.unlike
    grounds = (*meeting(met.level, a.shape, b.shape, met.rarity), spelling)
    return Meeting(a.part, b.part, met.level, weights.of(grounds), grounds)


def unlike(a: Part, b: Part) -> float:
    """How far apart two words are spelt, endings and all, from 0 to 1: by their letters, or by their sounds where the scripts differ."""
    if a.script == b.script:
        return OSA.normalized_distance(a.written, b.written)
    return min(OSA.normalized_distance(one, other) for one in a.readings for other in b.readings)


def _alone(a: Part | None, b: Part | None, code: str, weights: Weights) -> Meeting:
    return Meeting(a, b, Level.NONE, weights.bits[code], ((code, 1.0),))


def assigned(bits: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Which rows meet which columns, each once, so that the sum of the bits is highest; only where they are above nought."""
    good = [(i, j) for i, row in enumerate(bits) for j, each in enumerate(row) if each > 0]
    if (
        len({i for i, _j in good}) == len({j for _i, j in good}) == len(good)
    ):  # as mostly: none is in the way of another
        return good
    columns = len(bits[0]) if bits else 0

    @functools.cache
    def best(i: int, taken: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if i == len(bits):
            return 0.0, ()
        found = best(i + 1, taken)
        for j in range(columns):
            if bits[i][j] > 0 and not taken >> j & 1:
                rest, pairs = best(i + 1, taken | 1 << j)
                found = max(found, (round(bits[i][j] + rest, 9), ((i, j), *pairs)), key=lambda each: each[0])
        return found

    return list(best(0, 0)[1])


class _Alone:
    """The words that met none: given name and surname must have a counterpart where both names have two, a patronymic may be missing."""

    def __init__(
        self, left: Sequence[Part], right: Sequence[Part], pairs: Sequence[tuple[int, int]], weights: Weights
    ) -> None:
        self.weights = weights
        core = [min(2, sum(not _is_fathers(part) for part in side)) for side in (left, right)]
        met = sum(not (_is_fathers(left[i]) or _is_fathers(right[j])) for i, j in pairs)
        self.lacking = max(0, min(core) - met)
        ours, theirs = {i for i, _j in pairs}, {j for _i, j in pairs}
        self.left = [part for i, part in enumerate(left) if i not in ours]
        self.right = [part for j, part in enumerate(right) if j not in theirs]
        self.against = "against_woman" if any(part.sex == "female" for part in (*left, *right)) else "against"

    def meetings(self) -> list[Meeting]:
        against = self._core() + self._fathers()
        paired = {id(part) for meeting in against for part in (meeting.a, meeting.b)}
        return against + [self._missing(part, True) for part in self.left if id(part) not in paired] + [
            self._missing(part, False) for part in self.right if id(part) not in paired
        ]  # fmt: skip

    def _core(self) -> list[Meeting]:
        """Word against word while both sides have one, given names first, then a word that the other name should have had."""
        ours, theirs = (
            sorted((part for part in side if not _is_fathers(part)), key=lambda part: not _is_given(part))
            for side in (self.left, self.right)
        )
        sides = itertools.islice(itertools.zip_longest(ours, theirs), self.lacking)
        return [_alone(a, b, self._code(a, b), self.weights) for a, b in sides]

    def _code(self, a: Part | None, b: Part | None) -> str:
        """Brothers and sisters share all but the given name, so that another one says more than another surname."""
        return "against_given" if a and b and _is_given(a) and _is_given(b) else self.against

    def _fathers(self) -> list[Meeting]:
        sides = zip(*(filter(_is_fathers, side) for side in (self.left, self.right)), strict=False)
        return [_alone(a, b, "against_father", self.weights) for a, b in itertools.islice(sides, 1)]

    def _missing(self, part: Part, ours: bool) -> Meeting:
        code = "father_absent" if _is_fathers(part) else "word_absent"
        return _alone(part if ours else None, None if ours else part, code, self.weights)


def _is_given(part: Part) -> bool:
    """Whether nothing about a word says that it is a surname or a father's name."""
    return not part.ending and not _is_fathers(part)


def _is_fathers(part: Part) -> bool:
    return part.role == "patronymic"


@functools.cache
def _reasons() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(REASONS)}
