"""How much of a password must really be guessed: usual words, runs over the keyboard and repetitions weigh little.

After the idea of zxcvbn (Wheeler 2016), with the words, letters and keyboards of our languages instead of English ones.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

from hamroh.kernel import datafiles

#: what a part weighs, in letters that must be guessed; a word of one's own surroundings weighs nothing
WORD, RUN = 3, 1
_SHORTEST = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_Lists = tuple[Collection[str], ...]
_LONGEST = 24
_QWERTY, _JCUKEN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.", "йцукенгшщзхъфывапролджэячсмитьбю"
_TO_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ғ": "gh", "ӣ": "i", "қ": "q",
        "ӯ": "u", "ҳ": "h", "ҷ": "j",
    }
)  # fmt: skip
#: as people write who have no such letter at hand
_PLAIN = (
    str.maketrans("ғӣқӯҳҷ", "гикухч"), str.maketrans("ғӣқӯҳҷ", "гикухж"), str.maketrans("əşçıöüğ", "escioug"),
    str.maketrans({"ə": "a", "ş": "sh", "ç": "ch", "ı": "i", "ö": "o", "ü": "u", "ğ": "g"}),
)  # fmt: skip
_SHORT_LATIN = (("kh", "h"), ("zh", "j"), ("gh", "g"), ("yo", "e"), ("q", "k"), ("ch", "j"), ("u", "oo"))
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def worth(password: str, *, usual: Collection[str] = (), own: Collection[str] = ()) -> int:
    """How many letters of a password a guesser cannot take from lists: ``usual`` are further words of lists, ``own`` those that
    everybody knows who knows the person (her name, her organisation's), in any of their spellings."""
    hers = frozenset(spelling for word in own for spelling in spellings(word))
    return sum(_weights(fold(password), (hers,), (_known(), usual)))


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def spellings(word: str) -> frozenset[str]:
    """A word as it is written with plain letters, with Latin ones, and by somebody who forgot to switch the keyboard."""
    plain = {fold(word), *(fold(word).translate(table) for table in _PLAIN)}
    latin = {each.translate(_TO_LATIN) for each in plain}
    latin |= {each.replace(long, short) for each in latin for long, short in _SHORT_LATIN}
    typed = {_switched(each, _JCUKEN, _QWERTY) for each in plain} | {
        _switched(each, _QWERTY, _JCUKEN) for each in latin
    }
    return frozenset(each for each in plain | latin | typed if len(each) >= 3)


def _switched(word: str, one: str, other: str) -> str:
    return word.translate(str.maketrans(one, other))


@cache
def _known() -> frozenset[str]:
    """The usual words of our languages in all spellings."""
    told = datafiles.document("passwords/usual.yml")
    words = [word for language in ("house", "en", "ru", "tg", "az") for word in told[language]]
    return frozenset(spelling for word in words for spelling in spellings(word) if len(spelling) >= _SHORTEST)


@cache
def _runs() -> tuple[str, ...]:
    """Rows and columns of keyboards and the alphabets, in both directions."""
    rows = [row.strip() for row in datafiles.document("passwords/usual.yml")["rows"]]
    return tuple(direction for row in rows for direction in (row, row[::-1]))


def _weights(text: str, own: _Lists, usual: _Lists) -> Iterator[int]:
    """The weight of each part, from the left; the longest part that is known is taken first."""
    at, unlike = 0, text.translate(_LOOKALIKES)
    while at < len(text):
        length, weight = max(
            (_repeated(text, at), 0), (_word(text, at, own), 0), (_word(unlike, at, own), 0), (_again(text, at), RUN),
            (_year(text, at), RUN), (_run(text, at), RUN), (_word(text, at, usual), WORD), (_word(unlike, at, usual), WORD),
            key=lambda part: (part[0], -part[1]),
        )  # fmt: skip
        if length == 0:
            length, weight = 1, int(text[at].isalnum() or not text[at].isascii())
        yield weight
        at += length


def _word(text: str, at: int, lists: _Lists) -> int:
    """How long the longest word of these lists is that begins here."""
    lengths = range(min(_LONGEST, len(text) - at), 2, -1)
    return next((length for length in lengths if any(text[at : at + length] in words for words in lists)), 0)


def _year(text: str, at: int) -> int:
    return 4 if _YEAR.match(text, at) else 0


def _again(text: str, at: int) -> int:
    """How much that stood somewhere before is said again here."""
    return next((size for size in range(len(text) - at, 2, -1) if text[at : at + size] in text[:at]), 0)


def _run(text: str, at: int) -> int:
    """How far it runs over a keyboard or along an alphabet from here; digits that go up or down, too."""
    found = max((_shared(text[at:], row) for row in _runs()), default=0)
    return found if found >= _SHORTEST else 0


def _shared(text: str, row: str) -> int:
    length = 0
    while length < len(text) and text[: length + 1] in row:
        length += 1
    return length


def _repeated(text: str, at: int) -> int:
    """How long what stood just before is said again here."""
    return next((size for size in range(at, 0, -1) if text[at - size : at] == text[at : at + size]), 0)


def few_signs(text: str, least: int = 6) -> bool:
    """Does it go to and fro between a few characters?"""
    return len(set(fold(text))) < least or sum(one != other for one, other in pairwise(text)) < least
