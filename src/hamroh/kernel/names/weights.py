"""What speaks for two names being one person's, and how much: the table of bits, and the shapes of words that it goes by."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from hamroh.kernel.datafiles import rows
from hamroh.kernel.names.keys import Kind
from hamroh.kernel.names.reading import Part

FILE = "names/weights.csv"
SCRIPTS = ("latin", "cyrillic", "arabic")
ENDINGS = ("", "patronymic", "child", "son", "daughter", "surname")
SEXES = ("", "female", "male")
RELATIONS = ("same", "cross", "arabic")


class Level(IntEnum):
    """How alike two words sound, from the same to not at all."""

    SAME = 0
    VOWELS = 1
    CONSONANTS_NEAR = 2
    VARIANT = 3
    COMPOUND = 4
    CONSONANTS = 5
    VOICE_NEAR = 6
    VOICE = 7
    LETTER = 8
    BARE = 9
    NEAR = 10
    NONE = 11


#: codes of the table of weights, and how many times each counts
Grounds = tuple[tuple[str, float], ...]
#: the kinds of key that a level asks for, the nearest level first
_ASKED = {
    Level.SAME: Kind.ROOT, Level.VOWELS: Kind.VOWELS, Level.CONSONANTS_NEAR: Kind.SKELETON | Kind.VOWELS_NEAR,
    Level.VARIANT: Kind.GROUP, Level.COMPOUND: Kind.COMPOUND, Level.CONSONANTS: Kind.SKELETON, Level.VOICE_NEAR: Kind.COARSE | Kind.VOWELS_NEAR, Level.VOICE: Kind.COARSE,
    Level.LETTER: Kind.VOWELS_NEAR, Level.BARE: Kind.BARE, Level.NEAR: Kind.COARSE_NEAR,
}  # fmt: skip


@functools.cache
def level_of(shared: int) -> Level:
    """The nearest level that the shared kinds of key (their sum) allow."""
    return next((level for level, kinds in _ASKED.items() if shared & kinds == kinds), Level.NONE)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a word shows of itself besides its sounds: script, ending, sex, and whether it is the father's name."""

    script: str
    ending: str
    sex: str
    father: bool

    @classmethod
    def of(cls, part: Part) -> "Shape":
        return _shape(part.script, part.ending, part.sex, part.role == "patronymic")

    @property
    def code(self) -> int:
        """A number below 256."""
        ending = ENDINGS.index(self.ending)
        return SCRIPTS.index(self.script) + 4 * ending + 32 * SEXES.index(self.sex) + 128 * self.father

    @classmethod
    def from_code(cls, code: int) -> "Shape":
        """The shape with this code; codes that no shape has give the shape without an ending, sex or script of its own."""
        script, ending, sex = code % 4, code // 4 % 8, code // 32 % 4
        return cls(SCRIPTS[script % 3], ENDINGS[ending % 6], SEXES[sex % 3], code >= 128)


@functools.cache
def _shape(script: str, ending: str, sex: str, father: bool) -> Shape:
    return Shape(script, ending, sex, father)


@dataclass(frozen=True)
class Weights:
    """Bits by what they are for (the codes of the data file)."""

    bits: Mapping[str, float]
    _met: dict[tuple[Level, Shape, Shape], float] = field(default_factory=dict, compare=False, repr=False)

    def met(self, level: Level, a: Shape, b: Shape) -> float:
        """The bits of two words of these shapes that meet on a level, without those of how rare they are."""
        found = self._met.get((level, a, b))
        if found is None:
            found = self._met[level, a, b] = self.of(meeting(level, a, b, 0.0))
        return found

    def of(self, grounds: Grounds) -> float:
        return sum(self.bits[code] * times for code, times in grounds)


def meeting(level: Level, a: Shape, b: Shape, rarity: float) -> Grounds:
    """What speaks for and against two words that meet on a level; `rarity` in bits is how rare what they have in common is."""
    return (level_code(level, relation(a, b)), 1.0), ("rarity", rarity), *_shown(a, b)


@functools.cache
def _shown(a: Shape, b: Shape) -> Grounds:
    return tuple((code, 1.0) for code in shapes(a, b))


@functools.cache
def level_code(level: Level, related: str) -> str:
    return f"{level.name.lower()}/{related}"


def unlike_code(a: Shape, b: Shape) -> str:
    """The code of how far apart two words are spelt."""
    return f"unlike/{relation(a, b)}"


def shapes(a: Shape, b: Shape) -> list[str]:
    """What two words show besides their sounds."""
    found = [_endings(a, b)]
    if a.sex and b.sex:
        found.append("sex_same" if a.sex == b.sex else "sex_other")
    return found + ["father_cross"] * (a.father != b.father)


def relation(a: Shape, b: Shape) -> str:
    """How the scripts of two words are related, for Arabic letters leave vowels out."""
    if (a.script == "arabic") != (b.script == "arabic"):
        return "arabic"
    return "same" if a.script == b.script else "cross"


def _endings(a: Shape, b: Shape) -> str:
    """The code of how two endings go together: *Saidzoda* is another's *Said* more often than *Saidov* is."""
    if a.ending == b.ending:
        return "ending_same"
    if a.ending and b.ending:
        return "ending_other"
    return "ending_child" if "child" in {a.ending, b.ending} else "ending_one"


@functools.cache
def shipped() -> Weights:
    """The weights of the data file."""
    return weights_of(FILE)


def weights_of(file: str) -> Weights:
    """The weights of a file in the form of the shipped one."""
    return Weights({row["code"]: float(row["bits"]) for row in rows(file)})


def table() -> str:
    """The shipped weights as the tables of their page of documentation."""
    bits = shipped().bits
    lines = ["| level | same script | Latin and Cyrillic | Arabic and other |", "|---|---|---|---|"]
    for name in (*(level.name.lower() for level in list(Level)[:-1]), "unlike"):
        cells = [f"{bits[f'{name}/{each}']:+.2f}" for each in RELATIONS]
        lines.append(f"| {name.replace('_', ' ')} | {' | '.join(cells)} |")
    lines += ["", "| what | bits |", "|---|---|"]
    lines += [f"| {code.replace('_', ' ')} | {each:+.2f} |" for code, each in bits.items() if "/" not in code]
    return "\n".join(lines) + "\n"
