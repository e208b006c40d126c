"""A whole name: its words, whose child they say somebody is, and what is left of each without its ending."""

import functools
import re
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

    @property
    def root(self) -> str:
        return self.roots[0]


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


def read(name: str) -> Name:
    """Read a name in any script. Whatever was written, it raises nothing; a text without letters has no parts."""
    parts: list[Part] = []
    left_out: list[str] = []
    before, of_next = "", False
    for word in _WORD.findall(plain(name[:LONGEST_NAME]))[:MOST_WORDS]:
        kin = _kin(word)
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
            parts += _with_head(before, word, of_next)
            before, of_next = "", False
    parts += [_part(before)] if before else []
    return Name(name, tuple(part for part in parts if part.root), tuple(left_out))


def _with_head(before: str, word: str, of_next: bool) -> list[Part]:
    """Abd al-Rahman is one word, Abdul Karimov is two."""
    joined = before and not _part(word).ending
    part = _part(before + word if joined else word)
    first = [_part(before)] if before and not joined else []
    return [*first, _child_of(part, "son") if of_next else part]


def _child_of(part: Part, kin: str) -> Part:
    """A father's name with the word beside it: ``Said oghlu``. ``Said zoda`` may be a surname as well."""
    role: Role = part.role if kin == "child" else "patronymic"
    return replace(part, ending=kin, role=role, sex=_BY_KIN.get(kin, ""))


@functools.lru_cache(maxsize=1 << 15)
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
    for kind, pattern, both, sexed in _endings() if _any_ending().search(spoken) else ():
        match = pattern.search(spoken)
        if match:
            return kind, _closed(spoken[: match.start()]), both, _sex(match.group()) if sexed else _BY_KIN.get(kind, "")
    return "", _closed(spoken), False, ""


def _sex(ending: str) -> Sex:
    """A daughter's ending ends in a vowel, or is -ovna without its last one."""
    return "female" if ending[-1] in "aoe" or ending.endswith(("ay", "vn")) else "male"


def _without_article(spoken: str) -> str:
    """Abdulhamid and Abduhamid are one, so are Nasr al-Din and Nasruddin."""
    return _ARTICLE.sub("abdu", _OF_FAITH.sub("u", spoken))


def _closed(root: str) -> str:
    """Sergey and Serge-yev have one root."""
    root = squeezed(root)
    return root[:-1] if len(root) > 3 and root.endswith("y") else root


@functools.cache
def _any_ending() -> re.Pattern[str]:
    """Most words have none, and one look says so."""
    return re.compile(f"(?:{'|'.join(row['form'] for row in rows(ENDINGS))})$")


@functools.cache
def _endings() -> tuple[tuple[str, re.Pattern[str], bool, bool], ...]:
    """Kind, pattern, whether given names end so, too, and whether it says a sex, in the order of the table."""
    return tuple(
        (
            row["role"],
            re.compile(f"(?<=.{{{row['least']}}})(?:{row['form']})$"),
            row["both"] == "yes",
            row["sexed"] == "yes",
        )
        for row in rows(ENDINGS)
    )


@functools.cache
def _kinwords() -> dict[tuple[str, str], str]:
    return {_loose(word): row["role"] for row in rows(KINWORDS) for word in row["words"].split()}


@functools.lru_cache(maxsize=1 << 16)
def _kin(word: str) -> str:
    return _kinwords().get(_loose(word), "") if len(word) < 10 else ""


def _loose(word: str) -> tuple[str, str]:
    """The script and the sounds, of whose vowels it does not matter which: oglu, ogly, ugli."""
    return script_of(word), squeezed(readings(plain(word))[0]).translate(str.maketrans("eyou", "iiuu"))
