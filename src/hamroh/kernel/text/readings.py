"""Other readings of a typed query: another keyboard, another script, missing letters."""

from hamroh.kernel.text.folding import lower

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_JCUKEN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(_QWERTY, _JCUKEN)
_TO_LATIN = str.maketrans(_JCUKEN, _QWERTY)


def alternates(text: str) -> list[tuple[str, str]]:
    """Other readings of a typed query as (language, text), likeliest first."""
    typed = lower(text)
    found = [("ru", typed.translate(_TO_CYRILLIC)), ("en", typed.translate(_TO_LATIN))]
    return [(lang, reading) for lang, reading in found if reading != typed]
