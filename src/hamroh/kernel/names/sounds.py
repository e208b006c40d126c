"""A written word as sounds: one small alphabet for Cyrillic, Latin and Arabic letters of every language of the region.

Vowels are ``a e i o u``; consonants ``b d f g h j k l m n p r s t v z`` as in English, ``č`` (church), ``š`` (ship), ``y`` (yes).
``j`` stands for ж, ҷ and дж; ``h`` for х and ҳ; ``g`` for г and ғ; ``k`` for к and қ: spellers mix them. Short vowels that Arabic
letters do not write are missing.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
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
_SILENT = re.compile("[\u0640\u04cf]")
_VOWEL = "aeiouəäöüı"
#: where in a word a letter of its own reading stands
_APART = {
    "start": "^(?:{})",
    "end": "(?:{})$",
    "soft": "(?:{})(?=[eiyə])",
    "inner": f"(?<=[^\\W{_VOWEL}])(?:{{}})(?=[^\\W{_VOWEL}])",
}


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """How one script is read: a pattern that finds its letters, and what each stands for."""

    pattern: re.Pattern[str]
    spoken: dict[tuple[str, str], tuple[str, ...]]
    second: dict[str, str]


def script_of(word: str) -> str:
    """``cyrillic`` or ``arabic`` where a word has such a letter, else ``latin``."""
    if _CYRILLIC.search(word):
        return "cyrillic"
    return "arabic" if _ARABIC.search(word) else "latin"


def plain(text: str) -> str:
    """A text in small letters without marks that nobody pronounces: directions, joiners, loose accents, dotted capital I."""
    small = unicodedata.normalize("NFKC", text.replace("İ", "I")).casefold()
    kept = "".join(char for char in small if unicodedata.category(char) not in {"Cf", "Mn", "Me"})
    return re.sub("[’ʻʼ`‘´ʿʾ]", "'", _SILENT.sub("", kept))


@functools.lru_cache(maxsize=1 << 18)
def readings(word: str) -> tuple[str, ...]:
    """The ways in which a plain word may sound, the likeliest first; ("",) for a word without a letter.

    >>> readings("ҷамшед"), readings("dzhamshed"), readings("chazanov")
    (('jamšed',), ('jamšed', 'djamšed'), ('čazanov', 'hazanov', 'šazanov'))

    Doubled letters stay doubled.
    """
    alphabet = _alphabet(script_of(word))
    choices = list(_choices(word[:LONGEST], alphabet))
    found = dict.fromkeys("".join(way) for way in itertools.islice(itertools.product(*choices), MOST))
    others = ("".join(_other(word, *pair, alphabet)) for pair in alphabet.second.items() if pair[0] in word)
    return tuple(itertools.islice(found | dict.fromkeys(others), MOST))


def _other(word: str, letter: str, other: str, alphabet: _Alphabet) -> Iterator[str]:
    """The word once more, with the second sound of a letter in all its places."""
    for match, spoken in _matches(word[:LONGEST], alphabet):
        yield other if match == letter else spoken[0]


def _choices(word: str, alphabet: _Alphabet) -> Iterator[tuple[str, ...]]:
    for _letters, spoken in _matches(word, alphabet):
        yield spoken


def _matches(word: str, alphabet: _Alphabet) -> Iterator[tuple[str, tuple[str, ...]]]:
    for match in alphabet.pattern.finditer(word):
        letters = match.group()
        yield letters, alphabet.spoken.get((letters, match.lastgroup or "")) or _bare(letters, alphabet)


def _bare(letter: str, alphabet: _Alphabet) -> tuple[str, ...]:
    """A letter that the table has not, without its marks; one of another script as it is read there, any other as silence."""
    base = unicodedata.normalize("NFD", letter)[0]
    return alphabet.spoken.get((base, "any")) or _alphabet(script_of(base)).spoken.get((base, "any"), ("",))


def squeezed(text: str) -> str:
    """Sounds without doublings: spellers write them or not."""
    return re.sub(r"(.)\1+", r"\1", text)


@functools.cache
def _alphabet(script: str) -> _Alphabet:
    spoken: dict[tuple[str, str], tuple[str, ...]] = {}
    second: dict[str, str] = {}
    for row in rows(FILE):
        if row["script"] != script:
            continue
        if row["where"] == "once":
            second[row["written"]] = row["spoken"].split("|")[1]
        else:
            spoken[row["written"], row["where"] or "any"] = tuple(row["spoken"].split("|"))
    return _Alphabet(re.compile(_pattern(spoken)), spoken, second)


def _pattern(spoken: dict[tuple[str, str], tuple[str, ...]]) -> str:
    """Letters that stand in a special place first, then the longest."""
    groups = []
    for where in (*_APART, "any"):
        letters = sorted((written for written, at in spoken if at == where), key=len, reverse=True)
        if letters:
            inside = "|".join(map(re.escape, letters))
            groups.append(f"(?P<{where}>{_APART.get(where, '(?:{})').format(inside)})")
    return "|".join([*groups, r"(?P<other>[^\W\d_])"])
