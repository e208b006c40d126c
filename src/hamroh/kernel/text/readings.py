"""Other readings of a typed query: another keyboard, another script, missing letters."""

import re
from collections.abc import Callable, Iterator

from hamroh.kernel.text.folding import lower, normalise
from hamroh.kernel.text.transliteration import azerbaijani_to_latin, russian_to_cyrillic, tajik_to_cyrillic

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_JCUKEN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_AZERI = "`qüertyuiopöğasdfghjklıəzxcvbnmçş"
_LATIN_KEYS_TO_RUSSIAN = str.maketrans(_QWERTY, _JCUKEN)
_AZERI_KEYS_TO_RUSSIAN = str.maketrans(_AZERI, _JCUKEN)
_RUSSIAN_KEYS_TO_LATIN = str.maketrans(_JCUKEN, _QWERTY)
_RUSSIAN_KEYS_TO_AZERI = str.maketrans(_JCUKEN, _AZERI)

_CYRILLIC = re.compile("[\u0400-\u052f]")
_VOWEL, _UNSPEAKABLE = re.compile("[aeiouy]"), re.compile(r"[^aeiouy\s]{5}|[\[\];,.`](?=[a-z])")
_LONGEST_QUERY, _MOST_WORDS = 200, 12


def alternates(text: str) -> list[tuple[str, str]]:
    """Other readings of a typed query as (language, text), likeliest first, at most a dozen.

    Of the readings those come back of which their languages know the most words, at least half. The text itself never does, nor
    does anything for texts of more than 200 characters or 12 words.
    """
    typed = " ".join(text.split())
    if not typed or len(typed) > _LONGEST_QUERY or typed.count(" ") >= _MOST_WORDS:
        return []
    plain = lower(typed)
    shares = {reading: _known_share(*reading) for reading in _readings(plain) if reading[1] != plain}
    best = max(shares.values(), default=0.0)
    if best < 0.5 and plain.isascii() and _UNSPEAKABLE.search(plain):
        other = plain.translate(_LATIN_KEYS_TO_RUSSIAN)  # a name, typed on the other keyboard
        return [("ru", other)] if other != plain else []
    return [reading for reading, share in shares.items() if share >= max(best, 0.5)]


def _readings(typed: str) -> Iterator[tuple[str, str]]:
    """Readings in the order of their likelihood; other keyboards only for what means nothing as it stands."""
    from hamroh.kernel.text import azerbaijani, tajik

    if _CYRILLIC.search(typed):
        yield "tg", _respelt(typed, tajik.respell)
        yield "az", _respelt(_by_word(azerbaijani_to_latin, typed), azerbaijani.respell)
        if max(_known_share("ru", typed), _known_share("tg", typed)) < 0.5:
            yield "az", typed.translate(_RUSSIAN_KEYS_TO_AZERI)
            yield "az", _respelt(typed.translate(_RUSSIAN_KEYS_TO_LATIN), azerbaijani.respell)
            yield "en", typed.translate(_RUSSIAN_KEYS_TO_LATIN)
        return
    yield "az", _respelt(typed, azerbaijani.respell)
    yield "ru", _by_word(russian_to_cyrillic, typed)
    yield "tg", _respelt(_by_word(tajik_to_cyrillic, typed), tajik.respell)
    if _known_share("az", typed) < 0.5:
        for keys in (_LATIN_KEYS_TO_RUSSIAN, _AZERI_KEYS_TO_RUSSIAN):
            yield "ru", typed.translate(keys)
            yield "tg", _respelt(typed.translate(keys), tajik.respell)


def _by_word(convert: Callable[[str], str], typed: str) -> str:
    return " ".join(map(convert, typed.split()))


def _respelt(typed: str, respell: Callable[[str], str | None]) -> str:
    return _by_word(lambda word: respell(word) or word, typed)


def _known_share(lang: str, reading: str) -> float:
    words = [normalise(word, lang) for word in reading.split()]
    return sum(map(_dictionary(lang), words)) / len(words) if words else 0.0


def _dictionary(lang: str) -> Callable[[str], bool]:
    from hamroh.kernel.text import azerbaijani, russian, tajik

    return {"az": azerbaijani.knows, "tg": tajik.knows, "ru": russian.knows, "en": _is_english}[lang]


def _is_english(word: str) -> bool:
    """No dictionary of English is at hand: a word of letters that can be pronounced."""
    return word.isascii() and word.isalpha() and bool(_VOWEL.search(word)) and not _UNSPEAKABLE.search(word)
