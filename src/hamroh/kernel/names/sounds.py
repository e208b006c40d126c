"""A written word as sounds: one small alphabet for Cyrillic, Latin and Arabic letters of every language of the region.

Vowels are ``a e i o u``; consonants ``b d f g h j k l m n p r s t v z`` as in English, ``č`` (church), ``š`` (ship), ``y`` (yes).
``j`` stands for ж, ҷ and дж; ``h`` for х and ҳ; ``g`` for г and ғ; ``k`` for к and қ: spellers mix them. Short vowels that Arabic
letters do not write are missing.
"""

import functools
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
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
_BEFORE_ITS_LIKE = re.compile(r"(.)(?=\1)")
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


@dataclass(frozen=True, slots=True)
class _Habit:
    """How some people spell: what some letters stand for with them, and which letters say that a word is (or is not) theirs, if any."""

    spoken: dict[str, str]
    signs: dict[str, tuple[bool, tuple[str, ...]]]

    def read(self, word: str, letters: Sequence[str], usual: Sequence[str]) -> str:
        """The word, whose letters usually sound so, by this habit; "" where it has no letter that sounds otherwise."""
        theirs = {each: self._spoken(word, each) for each in self.spoken.keys() & letters}
        if not any(theirs.values()):
            return ""
        return "".join([theirs.get(each) or way for each, way in zip(letters, usual, strict=True)])

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
    #: by letter the habits that read it otherwise, each with its rank
    habits: dict[str, tuple[tuple[int, _Habit], ...]]


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
    placed = [(match[0], match.lastgroup or "") for match in alphabet.pattern.finditer(word[:LONGEST])]
    ways = [alphabet.spoken.get(each) or _bare(each[0], alphabet) for each in placed]
    usual, letters = [spoken[0] for spoken in ways], [letter for letter, _where in placed]
    if len(max(ways, key=len, default=())) > 1:
        found = list(map("".join, itertools.islice(itertools.product(*ways), MOST)))
    else:
        found = ["".join(usual)]
    if not alphabet.habits.keys().isdisjoint(letters):
        habits = dict([habit for letter in letters for habit in alphabet.habits.get(letter, ())])
        found += filter(None, [habits[rank].read(word, letters, usual) for rank in sorted(habits)])
    return tuple(dict.fromkeys(found))[:MOST] if len(found) > 1 else (found[0],)


def _bare(letter: str, alphabet: _Alphabet) -> tuple[str, ...]:
    """A letter that the table has not, without its marks; one of another script as it is read there, any other as silence."""
    base = unicodedata.normalize("NFD", letter)[0]
    return alphabet.spoken.get((base, "any")) or _alphabet(script_of(base)).spoken.get((base, "any"), ("",))


def squeezed(text: str) -> str:
    """Sounds without doublings: spellers write them or not."""
    return _BEFORE_ITS_LIKE.sub("", text)


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
    by_letter: dict[str, tuple[tuple[int, _Habit], ...]] = {}
    for ranked in enumerate(habits.values()):
        by_letter |= {letter: (*by_letter.get(letter, ()), ranked) for letter in ranked[1].spoken}
    alone = _alone(spoken)
    pattern = re.compile(_pattern(spoken, alone))
    spoken |= {(letter, "alone"): spoken[letter, "any"] for letter in alone}
    return _Alphabet(pattern, spoken, by_letter)


def _alone(spoken: dict[tuple[str, str], tuple[str, ...]]) -> list[str]:
    """Letters with which nothing else begins and that sound so everywhere."""
    begun = Counter(written[0] for written, _at in spoken)
    return [written for written, at in spoken if at == "any" and len(written) == begun[written] == 1]


def _pattern(spoken: dict[tuple[str, str], tuple[str, ...]], alone: Sequence[str]) -> str:
    """Letters first that are told at once, then those that stand in a special place, then the longest."""
    groups = [f"(?P<alone>{_either(alone)})"]
    for where in (*_APART, "any"):
        letters = [written for written, at in spoken if at == where]
        if letters:
            groups.append(f"(?P<{where}>{_APART.get(where, '(?:{})').format(_either(letters))})")
    return "|".join([*groups, r"(?P<other>[^\W\d_])"])


def _either(letters: Sequence[str]) -> str:
    """The longest first; single ones as a set, which is looked up at once."""
    several = sorted((re.escape(each) for each in letters if len(each) > 1), key=len, reverse=True)
    single = "".join(re.escape(each) for each in letters if len(each) == 1)
    return "|".join([*several, *([f"[{single}]"] if single else [])])
