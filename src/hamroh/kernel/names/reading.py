"""A whole name: its words, whose child they say somebody is, and what is left of each without its ending."""

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from hamroh.kernel.datafiles import rows
from hamroh.kernel.names.sounds import MOST, plain, readings, script_of, squeezed

Role = Literal["", "patronymic", "surname"]
Sex = Literal["", "female", "male"]
ENDINGS, KINWORDS = "names/endings.csv", "names/kinwords.csv"
#: words of a name that are read; no name has more
MOST_WORDS = 10
#: letters of a whole name that are read
LONGEST_NAME = 400
#: a root so short may have lost an i of its own to the ending (علیاف, Aliyev), or the name has no ending at all (Lyova)
_SHORT = 3
#: the sex that a word for somebody's child says
_BY_KIN: dict[str, Sex] = {"son": "male", "daughter": "female"}
#: the Arabic article, whose l is not said before half the consonants, and in Tajik before none; and in names of faith
_ARTICLE, _OF_FAITH = (
    re.compile("^abd[aeiou]?l(?=[^aeiouyl])"),
    re.compile("(?<=...)[aeiou]?l(?=d[iy]n$|n[ie]?s[aoe]$)"),
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LOOSE_VOWELS = str.maketrans("eyou", "iiuu")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name.

    ``readings`` are its sounds, ``roots`` what they are without an ending, the likeliest first; ``ending`` is the kind of ending
    (patronymic, child, son, daughter, surname) or "", ``role`` what the word is in the name as far as it says so itself, ``sex`` whose
    ending it is (*-ova, -ovna*) or "".
    """

    written: str
    script: str
    readings: tuple[str, ...]
    roots: tuple[str, ...]
    ending: str
    role: Role
    sex: Sex = ""

    def __hash__(self) -> int:
        return hash(self.written)

    @property
    def root(self) -> str:
        return self.roots[0]


#: a word as a part of a name, and which kind of word beside a name it is ("" for none)
Heard = tuple[Part, str]
#: the words of a piece of a name, a text without gaps
Hearing = Callable[[str], tuple[Heard, ...]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it was written and its parts in their order; ``left_out`` are words that are no part of it."""

    written: str
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = field(default=())

    def trace(self) -> list[str]:
        """What was done, a line a word."""
        lines = [f"{part.written}: {part.script}, {' or '.join(part.readings)}{_ended(part)}" for part in self.parts]
        return lines + [f"{word}: left out" for word in self.left_out]


def _ended(part: Part) -> str:
    if part.ending:
        return f" -> {' or '.join(part.roots)} ({part.ending})"
    return ""


def read(name: str, hear: Hearing | None = None) -> Name:
    """Read a name in any script. Whatever was written, it raises nothing; a text without letters has no parts.

    Whoever reads many names gives a `hearing` that they share.
    """
    hear = hear or _lately
    heard = [each for piece in name[:LONGEST_NAME].split() for each in hear(piece)][:MOST_WORDS]
    parts, kin, left_out = [part for part, _kin in heard], [kin for _part, kin in heard], list[str]()
    if any(kin):
        parts, left_out = _together(heard)
    return Name(name, tuple([part for part in parts if part.roots[0]]), tuple(left_out))


def hearing(most: int | None = None) -> Hearing:
    """What hears the words of a piece and keeps so many of both in mind, or all: for as long as there are names to read."""

    @functools.lru_cache(maxsize=most)
    def word_heard(word: str) -> Heard:
        return _part(word), _kin(word)

    @functools.lru_cache(maxsize=most)
    def heard(piece: str) -> tuple[Heard, ...]:
        return tuple(map(word_heard, _WORD.findall(plain(piece))[:MOST_WORDS]))

    return heard


_lately = hearing(1 << 14)


def _together(heard: Iterable[Heard]) -> tuple[list[Part], list[str]]:
    """The words of a name with those that stand beside them, and what is left out."""
    parts: list[Part] = []
    left_out: list[str] = []
    before, of_next = "", False
    for part, kin in heard:
        word = part.written
        if kin == "title":
            left_out.append(word)
        elif kin == "of":
            of_next = True
        elif kin == "head":
            before += word
        elif kin == "tail" and (before or parts):
            parts.append(_part((before or parts.pop().written) + word))
            before = ""
        elif kin and kin != "tail" and parts:
            parts[-1] = _child_of(parts[-1], kin)
        else:
            parts += _with_head(before, part, of_next)
            before, of_next = "", False
    return parts + ([_part(before)] if before else []), left_out


def _with_head(before: str, part: Part, of_next: bool) -> list[Part]:
    """Abd al-Rahman is one word, Abdul Karimov is two."""
    joined = before and not part.ending
    part = _part(before + part.written) if joined else part
    first = [_part(before)] if before and not joined else []
    return [*first, _child_of(part, "son") if of_next else part]


@functools.lru_cache(maxsize=1 << 12)
def _child_of(part: Part, kin: str) -> Part:
    """A father's name with the word beside it: ``Said oghlu``. ``Said zoda`` may be a surname as well."""
    role: Role = part.role if kin == "child" else "patronymic"
    return replace(part, ending=kin, role=role, sex=_BY_KIN.get(kin, ""))


@functools.lru_cache(maxsize=1 << 12)
def _part(word: str) -> Part:
    spoken = tuple(dict.fromkeys(map(_without_article, readings(word))))
    roots: dict[str, None] = {}
    whole: dict[str, None] = {}
    ending = ""
    sex: Sex = ""
    for way in spoken:
        kind, root, both, sexed = _without_ending(way)
        roots[root] = None
        if not ending:
            ending, sex = kind, sexed
        if len(root) < _SHORT and way[len(root) :].startswith("y"):
            roots[root + "i"] = None
        if both or len(root) < _SHORT:
            whole[squeezed(way)] = None
    role: Role = "patronymic" if ending == "patronymic" else "surname" if ending else ""
    sounds = tuple(dict.fromkeys(map(squeezed, spoken)))
    return Part(word, script_of(word), sounds, tuple(roots | whole)[:MOST], ending, role, sex)


def _without_ending(spoken: str) -> tuple[str, str, bool, Sex]:
    """Kind of the ending, the sounds before it, whether the whole word is a reading, too, and whose ending it is."""
    pattern, kinds = _endings()
    match = pattern.match(spoken)
    if not (match and match.lastindex):
        return "", _closed(spoken), False, ""
    kind, both, sexed = kinds[match.lastindex - 1]
    start, end = match.span(match.lastindex)
    return kind, _closed(spoken[:start]), both, _sex(spoken[start:end]) if sexed else _BY_KIN.get(kind, "")


def _sex(ending: str) -> Sex:
    """A daughter's ending ends in a vowel, or is -ovna without its last one."""
    return "female" if ending[-1] in "aoe" or ending.endswith(("ay", "vn")) else "male"


def _without_article(spoken: str) -> str:
    """Abdulhamid and Abduhamid are one, so are Nasr al-Din and Nasruddin."""
    if "l" not in spoken:
        return spoken
    return _ARTICLE.sub("abdu", _OF_FAITH.sub("u", spoken))


def _closed(root: str) -> str:
    """Sergey and Serge-yev have one root."""
    root = squeezed(root)
    return root[:-1] if len(root) > 3 and root.endswith("y") else root


@functools.cache
def _endings() -> tuple[re.Pattern[str], tuple[tuple[str, bool, bool], ...]]:
    """A pattern with a group for each row of the table, of which the first that fits counts, and of each row the kind, whether given
    names end so, too, and whether it says a sex."""
    table = tuple(rows(ENDINGS))
    return (
        re.compile("|".join(f".{{{row['least']},}}?({row['form']})$" for row in table)),
        tuple((row["role"], row["both"] == "yes", row["sexed"] == "yes") for row in table),
    )


@functools.cache
def _kinwords() -> dict[tuple[str, str], str]:
    return {_loose(plain(word)): row["role"] for row in rows(KINWORDS) for word in row["words"].split()}


def _kin(word: str) -> str:
    return _kinwords().get(_loose(word), "") if len(word) < 10 else ""


def _loose(word: str) -> tuple[str, str]:
    """The script and the sounds, of whose vowels it does not matter which: oglu, ogly, ugli."""
    return script_of(word), squeezed(readings(word)[0]).translate(_LOOSE_VOWELS)
