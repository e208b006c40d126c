"""The other scripts of the languages: Azerbaijani Cyrillic, Tajik Latin, Russian in Latin letters."""

import re

_CYRILLIC = re.compile("[\u0400-\u052f]")
_AZ = str.maketrans(
    dict(zip("абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйэё'", "abvqğdeəjziıykglmnoöprstuüfxhçcşyeo'", strict=True))
    | {"ц": "ts", "щ": "ş", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)


def azerbaijani_to_latin(word: str) -> str:
    """Azerbaijani word of the Cyrillic alphabet of 1958 in the Latin alphabet of 1992; other words as they are."""
    return word.translate(_AZ) if _CYRILLIC.search(word) else word
