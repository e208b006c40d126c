"""Alphabets of the four languages: order, A-Z pages, sort keys, and guessing a language by its letters."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from hamroh.kernel.text.folding import lower

_ALPHABETS = {
    "az": "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v y z",
    "tg": "а б в г ғ д е ё ж з и ӣ й к қ л м н о п р с т у ӯ ф х ҳ ч ҷ ш ъ э ю я",
    "ru": "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
}
_LATIN = "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v w y z"
_CYRILLIC = "а б в г ғ д е ё ж з и ӣ й к қ л м н о п р с т у ӯ ф х ҳ ц ч ҷ ш щ ъ ы ь э ю я"
# The language's own script comes first; foreign letters stand where its readers look for them.
_ORDERS = {
    "az": (_LATIN, _CYRILLIC),
    "tg": (_CYRILLIC, _LATIN),
    "ru": (_CYRILLIC, _LATIN),
    "en": ("", _LATIN, _CYRILLIC),
}
_ORDERS["en"] = (_ALPHABETS["en"] + " ə", _CYRILLIC)

_END, _GAP, _DIGIT, _LETTER, _OTHER = "00", "02", 0x10, 0x20, "f"
_MARKS = re.compile("[\u0300-\u036f]")
_OWN_LETTERS = {
    "az": frozenset("əğışçöüӘәҜҝӨөҮүҺһҸҹ".lower()),
    "tg": frozenset("ғӣқӯҳҷ"),
    "ru": frozenset("ёыщцьэ"),
}
_SMALL_WORDS = {
    "az": frozenset("və ilə bu bir olan qadın necə hara var yox kim".split()),  # noqa: SIM905
    "tg": frozenset("ва дар аз ки барои бо ба чи чист кист кор зан кучо оила шавхар падар модар нафака".split()),  # noqa: SIM905
    "ru": frozenset("и в на не что как где для по с о или я мне нет кто".split()),  # noqa: SIM905
    "en": frozenset("the of and to in for is a how what where my who not with".split()),  # noqa: SIM905
}


@cache
def alphabet(lang: str) -> tuple[str, ...]:
    """Capital letters of a language in its own order, as an A-Z page shows them; KeyError for an unknown language."""
    return tuple(_capital(letter) for letter in _ALPHABETS[lang].split())


def initial(text: str, lang: str) -> str:
    """Letter of `alphabet(lang)` under which a text stands on an A-Z page, or "#" where it begins with no such letter."""
    for char in lower(text, lang):
        if char.isalnum():
            found = _own_letter(char, lang)
            return _capital(found) if found else "#"
    return "#"


def sort_key(text: str, lang: str) -> str:
    """Key of hexadecimal digits in ASCII that sorts texts in the order of a language's alphabet.

    Case, accents and punctuation only part texts that are otherwise equal. The characters 0-9a-f stand in the same order in
    every collation, so both databases sort alike.
    """
    first: list[str] = []
    second: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        weight, case = _weighed(char, lang)
        if weight:
            first.append(weight)
            second.append(case)
    return "".join(_squeeze(first)) + _END + "".join(second).rstrip("0")


def guess_language(text: str) -> str | None:
    """Language whose own letters or commonest words a text shows (az, tg, ru, en), or None where nothing tells."""
    letters = lower(text, "az" if "ə" in text.lower() else None)
    scores = {lang: sum(letter in own for letter in letters) for lang, own in _OWN_LETTERS.items()}
    best = max(scores, key=lambda lang: scores[lang])
    if scores[best]:
        return "tg" if scores["tg"] and best == "ru" and scores["tg"] * 3 >= scores["ru"] else best
    words = set(letters.split())
    counts = {lang: len(words & small) for lang, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda lang: counts[lang])
    return best if counts[best] and list(counts.values()).count(counts[best]) == 1 else None


def _capital(letter: str) -> str:
    return "İ" if letter == "i" else letter.upper()


def _own_letter(char: str, lang: str) -> str | None:
    own = _ALPHABETS[lang].split()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", char))
    return next((letter for letter in (char, bare[:1]) if letter in own), None)


@cache
def _weights(lang: str) -> dict[str, str]:
    table = {str(digit): f"{_DIGIT + digit:02x}" for digit in range(10)}
    letters = " ".join(_ORDERS[lang]).split()
    return table | {letter: f"{_LETTER + place:02x}" for place, letter in enumerate(letters)}


@lru_cache(maxsize=4096)
def _weighed(char: str, lang: str) -> tuple[str, str]:
    """The weight of a character, and whether it is a capital."""
    small = lower(char, lang)
    return _weight(small, _weights(lang)), "1" if char != small else "0"


def _weight(char: str, weights: dict[str, str]) -> str:
    if char in weights:
        return weights[char]
    if char.isspace() or char in "-–—/":
        return _GAP
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", char))
    if bare and bare != char:
        return "".join(_weight(part, weights) for part in bare)
    return f"{_OTHER}{ord(char[0]):07x}" if char.isalnum() else ""


def _squeeze(weights: Iterable[str]) -> Iterable[str]:
    last = _GAP
    for weight in weights:
        if weight != _GAP or last != _GAP:
            yield weight
        last = weight
