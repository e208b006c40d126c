"""A written word as sounds: one small alphabet for Cyrillic, Latin and Arabic letters of every language of the region.

Vowels are ``a e i o u``; consonants ``b d f g h j k l m n p r s t v z`` as in English, ``č`` (church), ``š`` (ship), ``y`` (yes).
``j`` stands for ж, ҷ and дж; ``h`` for х and ҳ; ``g`` for г and ғ; ``k`` for к and қ: spellers mix them. Short vowels that Arabic
letters do not write are missing.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hamroh.kernel.datafiles import rows

FILE = "names/letters.csv"
SCRIPTS = ("latin", "cyrillic", "arabic")
#: letters of one word that are read; no name is longer
LONGEST = 40
#: readings of one word that are kept, the likeliest first
MOST = 6
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARABIC = re.compile("[\u0600-\u07bf\ufb50-\ufdff\ufe70-\ufeff]")
#: letters that only draw a word out (tatweel, palochka) or say nothing
_SILENT = "\u0640\u04cf"
_DOUBLE = re.compile(r"(.)\1+")
_VOWEL = "aeiouəäöüı"
_VOWELS = _VOWEL + "аеёиоуыэюяәіїүө"
#: where in a word a letter of its own reading stands
_APART = {
    "start": "^(?:{})",
    "end": "(?:{})$",
    "glide": f"^(?:{{}})(?=[{_VOWELS}])",
    "soft": "(?:{})(?=[eiyə])",
    "inner": f"(?<=[^\\W{_VOWEL}])(?:{{}})(?=[^\\W{_VOWEL}])",
}


#: letters of a word, and what they may stand for
_Piece = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Habit:
    """How some people spell: what some letters stand for with them, and which letters say that a word is (or is not) theirs, if any."""

    spoken: dict[str, str]
    signs: dict[str, tuple[bool, tuple[str, ...]]]

    def read(self, word: str, pieces: Sequence[_Piece]) -> str:
        """The word by this habit; "" where it has no letter that sounds otherwise."""
        if not any(letters in self.spoken for letters, _ways in pieces):
            return ""
        return "".join(self._spoken(word, letters) or ways[0] for letters, ways in pieces)

    def _spoken(self, word: str, letters: str) -> str:
        theirs, signs = self.signs.get(letters, (True, ()))
        if signs and any(sign in word for sign in signs) is not theirs:
            return ""
        return self.spoken.get(letters, "")


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """How one script is read: a pattern that finds its letters, what each stands for, and the habits of those who spell otherwise."""

    pattern: re.Pattern[str]
    spoken: dict[tuple[str, str], tuple[str, ...]]
    habits: tuple[_Habit, ...]


def script_of(word: str) -> str:
    """``cyrillic`` or ``arabic`` where a word has such a letter, else ``latin``."""
    if _CYRILLIC.search(word):
        return "cyrillic"
    return "arabic" if _ARABIC.search(word) else "latin"


class _Pronounced(dict[int, str]):
    """What a letter is read as: nothing for marks and for signs of direction, an apostrophe for its many forms, else itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "" if char in _SILENT or unicodedata.category(char) in {"Cf", "Mn", "Me"} else char
        return self[code]


_PRONOUNCED = _Pronounced(dict.fromkeys(map(ord, "’ʻʼ`‘´ʿʾ"), "'"))


def plain(text: str) -> str:
    """A text in small letters without marks that nobody pronounces: directions, joiners, loose accents, dotted capital I."""
    return unicodedata.normalize("NFKC", text.replace("İ", "I")).casefold().translate(_PRONOUNCED)


@functools.lru_cache(maxsize=1 << 14)
def readings(word: str) -> tuple[str, ...]:
    """The ways in which a plain word may sound, the likeliest first; ("",) for a word without a letter.

    >>> readings("ҷамшед"), readings("jamshed"), readings("chazanov")
    (('jamšed',), ('jamšed', 'yamšed'), ('čazanov', 'hazanov', 'šazanov'))

    Doubled letters stay doubled.
    """
    alphabet = _alphabet(script_of(word))
    pieces = list(_pieces(word[:LONGEST], alphabet))
    ways = itertools.islice(itertools.product(*(spoken for _letters, spoken in pieces)), MOST)
    found = dict.fromkeys(map("".join, ways))
    others = (other for habit in alphabet.habits if (other := habit.read(word, pieces)))
    return tuple(itertools.islice(found | dict.fromkeys(others), MOST))


def _pieces(word: str, alphabet: _Alphabet) -> Iterator[_Piece]:
    for match in alphabet.pattern.finditer(word):
        letters = match.group()
        yield letters, alphabet.spoken.get((letters, match.lastgroup or "")) or _bare(letters, alphabet)


def _bare(letter: str, alphabet: _Alphabet) -> tuple[str, ...]:
    """A letter that the table has not, without its marks; one of another script as it is read there, any other as silence."""
    base = unicodedata.normalize("NFD", letter)[0]
    return alphabet.spoken.get((base, "any")) or _alphabet(script_of(base)).spoken.get((base, "any"), ("",))


def squeezed(text: str) -> str:
    """Sounds without doublings: spellers write them or not."""
    return _DOUBLE.sub(r"\1", text)


@functools.cache
def _alphabet(script: str) -> _Alphabet:
    spoken: dict[tuple[str, str], tuple[str, ...]] = {}
    habits: dict[str, _Habit] = {}
    for row in rows(FILE):
        if row["script"] != script:
            continue
        where, *more = row["where"].split() or ["any"]
        if where == "as":
            habit = habits.setdefault(more[0], _Habit({}, {}))
            habit.spoken[row["written"]] = row["spoken"]
            habit.signs[row["written"]] = (more[1:2] != ["unless"], tuple(more[2:]))
        else:
            spoken[row["written"], where] = tuple(row["spoken"].split("|"))
    return _Alphabet(re.compile(_pattern(spoken)), spoken, tuple(habits.values()))


def _pattern(spoken: dict[tuple[str, str], tuple[str, ...]]) -> str:
    """Letters that stand in a special place first, then the longest."""
    groups = []
    for where in (*_APART, "any"):
        letters = sorted((written for written, at in spoken if at == where), key=len, reverse=True)
        if letters:
            inside = "|".join(map(re.escape, letters))
            groups.append(f"(?P<{where}>{_APART.get(where, '(?:{})').format(inside)})")
    return "|".join([*groups, r"(?P<other>[^\W\d_])"])
