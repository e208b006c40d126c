"""The other scripts of the languages: Azerbaijani Cyrillic, Tajik Latin, Russian in Latin letters."""

import re

_CYRILLIC = re.compile("[\u0400-\u052f]")
_AZ = str.maketrans(
    dict(zip("абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйэё'", "abvqğdeəjziıykglmnoöprstuüfxhçcşyeo'", strict=True))
    | {"ц": "ts", "щ": "ş", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)


def azerbaijani_to_latin(word: str) -> str:
    """Azerbaijani word of the Cyrillic alphabet of 1958 in the Latin alphabet of 1992; other words as they are."""
    return word.translate(_AZ) if _CYRILLIC.match(word) else word


_LATIN = re.compile("[a-zāēīōūčšžğğǧḩḥ]")
_TG_PAIRS = {
    **dict.fromkeys(("sh", "š"), "ш"),
    **dict.fromkeys(("ch", "č"), "ч"),
    **dict.fromkeys(("zh", "ž"), "ж"),
    **dict.fromkeys(("gh", "ğ", "ǧ"), "ғ"),
    "kh": "х",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    **dict(zip("abcdefghijklmnopqrstuvwxyz'", "абсдефгҳиҷклмнопқрстувwхйзъ", strict=True)),
    **dict(zip("āēīōū", "оеӣӯӯ", strict=True)),
    "ḩ": "ҳ",
    "ḥ": "ҳ",
    "w": "в",
}
_TG = re.compile("|".join(sorted(map(re.escape, _TG_PAIRS), key=len, reverse=True)))


def tajik_to_cyrillic(word: str) -> str:
    """Tajik word in Latin letters in the Cyrillic alphabet, as far as the spelling is regular; other words as they are."""
    if _CYRILLIC.match(word) or not _LATIN.search(word):
        return word
    text = _TG.sub(lambda match: _TG_PAIRS[match.group()], word)
    return text[:-1] + "ӣ" if text.endswith("и") and len(text) > 2 else text


_OLD_TAJIK = re.compile("[цщыь]")
_AFTER_VOWEL = re.compile("(?<=[аеёиоуэюяӣӯ])ц")
_OLD_LETTERS = str.maketrans({"ц": "с", "щ": "ш", "ы": "и", "ь": ""})


def tajik_of_today(word: str) -> str:
    """Tajik word in the spelling of 1998, which gave up ц щ ы ь: операция is оператсия, октябрь is октябр."""
    return _AFTER_VOWEL.sub("тс", word).translate(_OLD_LETTERS) if _OLD_TAJIK.search(word) else word


_RU_PAIRS = {
    "shch": "щ",
    "sch": "щ",
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ju": "ю",
    "ja": "я",
    "ye": "е",
    "iy": "ий",
    "yy": "ый",
    "'": "ь",
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввхыз", strict=True)),
}
_RU = re.compile("|".join(sorted(map(re.escape, _RU_PAIRS), key=len, reverse=True)))


def russian_to_cyrillic(word: str) -> str:
    """Russian word typed in Latin letters in Cyrillic ones; words with other letters as they are."""
    return _RU.sub(lambda match: _RU_PAIRS[match.group()], word) if word.isascii() else word
