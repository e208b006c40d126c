"""One spelling for the ways in which people and programs write the same word: case, look-alikes, marks, keyboards."""

import re
import unicodedata
from functools import lru_cache

_DOTTED = {ord("I"): "ı", ord("İ"): "i"}
_DOTLESS = {ord("İ"): "i"}
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´′ʹ＇"), "'")
# Soft hyphen, zero-width space, joiners, marks of direction, byte order mark: never part of a word.
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

# Letters that look like the right one: other alphabets' letters, and what fonts of the time before Unicode left behind.
_TAJIK_REPAIRS = str.maketrans("һҺҹҸўќњљѓїіӽӿ", "ҳҳҷҷӯқҳҷғӣӣҳҳ")
_SCHWA = str.maketrans("әǝӘƏ", "əəəə")
_LATIN_TO_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_CYRILLIC_TO_LATIN = str.maketrans("асеорхукмтһіј", "aceopxykmthij")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z\u00df-\u024f\u0259]")
_ONLY_CYRILLIC = re.compile(r"[бгдёжзийлнпфцчшщъыьэюяғӣқӯҳҷ]")
_ONLY_LATIN = re.compile(r"[bdfgijlmnqrstuvwzəğışçöü]")

# Words of these need no repair: small composed letters of one alphabet.
_PLAIN = re.compile("[a-z0-9çəğıöşü]+|[а-яёғӣқӯҳҷ]+")

_FOLDS = str.maketrans(
    {
        **dict(zip("əıøłđðħ", "eioldde", strict=True)),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict(zip("ғқҳҷҝөүһҹј", "гкхчгоухчи", strict=True)),
        "ъ": "",
        "'": "",
    }
)
_FOLDS[ord("ħ")] = "h"
_PRECOMPOSED = str.maketrans("çşğöüâîûёйӣӯќѓў", "csgouaiuеииукгу")
_PLAIN_FOLDS = _FOLDS | _PRECOMPOSED
_SPACES = re.compile(r"(\s+)")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489]")


def lower(text: str, lang: str | None = None) -> str:
    """Text in NFC and small letters; I becomes dotless ı only in Azerbaijani."""
    table = _DOTTED if lang == "az" else _DOTLESS
    return _composed(_composed(text).translate(table).lower())


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def normalise(word: str, lang: str | None = None) -> str:
    """Word in small letters with one apostrophe, no invisible characters and look-alike letters repaired."""
    if _PLAIN.fullmatch(word):
        return word
    clean = lower(word, lang)
    return clean if _PLAIN.fullmatch(clean) else repair(_INVISIBLE.sub("", clean).translate(_APOSTROPHES), lang)


_normalised = lru_cache(maxsize=65_536)(normalise)


def repair(word: str, lang: str | None = None) -> str:
    """Word whose letters come from one alphabet: һ for ҳ, Latin letters within Cyrillic words and the reverse."""
    if lang == "tg":
        word = word.translate(_TAJIK_REPAIRS)
    if not _CYRILLIC.search(word):
        return word.translate(_SCHWA) if "ǝ" in word else word
    if not _LATIN.search(word):
        return word
    cyrillic, latin = bool(_ONLY_CYRILLIC.search(word)), bool(_ONLY_LATIN.search(word))
    if cyrillic == latin:  # both have letters of their own, or neither has: the text's language decides
        cyrillic, latin = (lang in ("tg", "ru") and not latin), (lang == "az" and not cyrillic)
    if cyrillic:
        return word.translate(_LATIN_TO_CYRILLIC)
    return word.translate(_SCHWA).translate(_CYRILLIC_TO_LATIN) if latin else word


def fold_letters(word: str) -> str:
    """Folded spelling of one normalised word of these four languages; faster than `fold`, which takes any text."""
    return word.translate(_PLAIN_FOLDS)


def fold(text: str, lang: str | None = None) -> str:
    """Text in its barest spelling, for matching only, never for showing.

    Small letters without marks, apostrophes or ъ; ə is e, ı is i, ғ is г, қ is к, ҳ is х, ҷ is ч, ӣ and й are и, ё is е.
    Folding twice changes nothing; the folded text may be shorter than the text.
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    words = (_normalised(part, lang) for part in _SPACES.split(text))
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", "".join(words)).lower())
    bare = repair(bare.translate(_APOSTROPHES).translate(_FOLDS), lang)
    return unicodedata.normalize("NFC", _MARKS.sub("", bare).translate(_FOLDS))
