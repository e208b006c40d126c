"""How much speaks for two names being one person's: which words meet, how, and how rare what they have in common is.

The weight of evidence is in bits (Fellegi and Sunter): what is common to both counts by how few people share it, then a little
more or less by how alike the spellings are. A missing patronymic says nothing, a different one speaks against.
"""

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from hamroh.kernel.datafiles import rows
from hamroh.kernel.names.keys import Keys, keys
from hamroh.kernel.names.reading import Name, Part, read

REASONS = "names/reasons.csv"
#: the share of people whose names have a word of this skeleton
Frequency = Callable[[str], float]


class Level(IntEnum):
    """How alike two words sound, from the same to not at all."""

    SAME = 0
    VOWELS = 1
    CONSONANTS_NEAR = 2
    CONSONANTS = 3
    VOICE = 4
    LETTER = 5
    NEAR = 6
    NONE = 7


#: bits over (or under) what the rarity of the common skeleton gives
ALIKE = {
    Level.SAME: 1.2, Level.VOWELS: 0.9, Level.CONSONANTS_NEAR: -0.3, Level.CONSONANTS: -1.5, Level.VOICE: -2.2, Level.LETTER: -2.5,
    Level.NEAR: -4.0,
}  # fmt: skip
_CODES = {
    Level.SAME: "same", Level.VOWELS: "vowels", Level.CONSONANTS_NEAR: "consonants", Level.CONSONANTS: "consonants",
    Level.VOICE: "voice", Level.LETTER: "letter", Level.NEAR: "near",
}  # fmt: skip
SAME_ENDING, NO_ENDING, OTHER_ENDING = 0.4, -0.8, -0.6
OTHER_ROLE = -2.0
MISSING, CONTRADICTION = -0.3, -3.0
#: words of this many letters may differ in one and still be near
_LONG = 4
#: bits of a name by the length of its skeleton, where no pool says how rare it is
_RARITY = (1.0, 3.0, 5.0, 7.5, 9.5, 11.0, 12.0)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two words that were taken for one name (or one that has no counterpart: the other is None) and what that weighs in bits."""

    a: Part | None
    b: Part | None
    level: Level
    bits: float

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
            return ["against"]
        more = ["ending"] if self.a.ending != self.b.ending else []
        return [_CODES[self.level], *more, *(["role"] if _one_is_fathers(self.a, self.b) else [])]


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


def compare(a: str | Name, b: str | Name, frequency: Frequency = usual_frequency) -> Comparison:
    """Compare two names in any spelling and order of words; which comes first makes no difference. Nothing meets a text without letters."""
    left, right = (name if isinstance(name, Name) else read(name) for name in (a, b))
    if not (left.parts and right.parts):
        return Comparison(left, right, ())
    table = [[meet(one, other, frequency) for other in right.parts] for one in left.parts]
    met = _assigned(table)
    meetings = [table[i][j] for i, j in met]
    alone_left = [part for i, part in enumerate(left.parts) if i not in {i for i, _j in met}]
    alone_right = [part for j, part in enumerate(right.parts) if j not in {j for _i, j in met}]
    return Comparison(left, right, (*meetings, *_alone(meetings, left, right, alone_left, alone_right)))


def meet(a: Part, b: Part, frequency: Frequency) -> Meeting:
    """The best way in which two words can be one name."""
    level, bits = min(
        (_level_and_bits(keys(x), keys(y), frequency) for x in a.roots for y in b.roots),
        key=lambda found: (-found[1], found[0]),
    )
    if level is Level.NONE:
        return Meeting(a, b, level, CONTRADICTION)
    return Meeting(a, b, level, bits + _by_ending(a, b))


def level_of(a: Keys, b: Keys) -> Level:
    """How alike two roots sound."""
    length = min(len(a.root), len(b.root))
    if a.root == b.root:
        return Level.SAME
    vowels = OSA.distance(a.vowels, b.vowels, score_cutoff=3)
    if a.skeleton == b.skeleton and len(a.skeleton) > 1:
        return (Level.VOWELS, Level.CONSONANTS_NEAR, *[Level.CONSONANTS] * 3)[vowels]
    if a.coarse == b.coarse and len(a.coarse) > 1:
        return Level.VOICE
    if length >= _LONG and vowels <= 1:
        return Level.LETTER
    near = OSA.distance(a.coarse, b.coarse, score_cutoff=1) <= 1 and vowels <= 2
    return Level.NEAR if near and length > _LONG else Level.NONE


def _level_and_bits(a: Keys, b: Keys, frequency: Frequency) -> tuple[Level, float]:
    level = level_of(a, b)
    if level is Level.NONE:
        return level, -math.inf
    common = max(frequency(a.skeleton), frequency(b.skeleton))
    return level, -math.log2(common) + ALIKE[level]


def _by_ending(a: Part, b: Part) -> float:
    ending = SAME_ENDING if a.ending == b.ending else OTHER_ENDING if a.ending and b.ending else NO_ENDING
    return ending + (OTHER_ROLE if _one_is_fathers(a, b) else 0.0)


def _one_is_fathers(a: Part, b: Part) -> bool:
    return (a.role == "patronymic") != (b.role == "patronymic")


@functools.cache
def _reasons() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(REASONS)}


def _assigned(table: Sequence[Sequence[Meeting]]) -> list[tuple[int, int]]:
    """Which words meet which, each once, so that the sum of the bits is highest; only meetings that speak for it."""
    columns = len(table[0]) if table else 0

    @functools.cache
    def best(i: int, taken: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if i == len(table):
            return 0.0, ()
        found = best(i + 1, taken)
        for j in range(columns):
            bits = table[i][j].bits
            if bits > 0 and not taken >> j & 1:
                rest, pairs = best(i + 1, taken | 1 << j)
                found = max(found, (round(bits + rest, 9), ((i, j), *pairs)), key=lambda each: each[0])
        return found

    return list(best(0, 0)[1])


def _alone(meetings: Sequence[Meeting], a: Name, b: Name, left: Sequence[Part], right: Sequence[Part]) -> list[Meeting]:
    """Words without a counterpart: given name and surname must have one where both names have two, a patronymic may be missing."""
    core_left, core_right = ([part for part in side if part.role != "patronymic"] for side in (left, right))
    fathers_left, fathers_right = ([part for part in side if part.role == "patronymic"] for side in (left, right))
    met = sum(1 for each in meetings if "patronymic" not in {each.a and each.a.role, each.b and each.b.role})
    wanted = min(2, _core(a), _core(b))
    against = max(0, wanted - met)
    pairs = [
        *_against(core_left, core_right, against),
        *_against(fathers_left, fathers_right, min(len(fathers_left), len(fathers_right), 1)),
    ]
    paired = {id(part) for pair in pairs for part in (pair.a, pair.b)}
    missing = [Meeting(part, None, Level.NONE, MISSING) for part in left if id(part) not in paired]
    return pairs + missing + [Meeting(None, part, Level.NONE, MISSING) for part in right if id(part) not in paired]


def _against(left: Sequence[Part], right: Sequence[Part], count: int) -> list[Meeting]:
    """So many contradictions: word against word while both sides have one, then a word that the other name should have had."""
    sides = itertools.islice(itertools.zip_longest(left, right), count)
    return [Meeting(a, b, Level.NONE, CONTRADICTION) for a, b in sides]


def _core(name: Name) -> int:
    return sum(part.role != "patronymic" for part in name.parts)
