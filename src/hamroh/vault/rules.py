"""Rules of blind indexes: which form of a value is looked up. Pure; None where a value is too thin to be an index."""

import unicodedata
from collections.abc import Callable

_TAIL, _FEWEST_DIGITS, _FEWEST_SIGNS = 9, 6, 4


def digits(text: str) -> str:
    """All decimal digits of a text as 0 to 9, whatever script they were typed in."""
    return _as_ascii("".join(filter(str.isdecimal, text)))


def _as_ascii(text: str) -> str:
    """The text with every script's digits as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def phone_tail(typed: str) -> str | None:
    """The last nine digits, so that a number is found with and without the code of its country.

    >>> phone_tail("+992 (93) 555-00-12") == phone_tail("93 555 00 12")
    True
    """
    found = digits(typed)
    return found[-_TAIL:] if len(found) >= _FEWEST_DIGITS else None


def document_exact(typed: str) -> str | None:
    """Letters and digits of a document's number, without case, spaces and signs between."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    kept = _as_ascii("".join(filter(str.isalnum, plain)))
    return kept if len(kept) >= _FEWEST_SIGNS else None


def exact(typed: str) -> str | None:
    """The text without case and outer spaces."""
    return unicodedata.normalize("NFKC", typed).casefold().strip() or None


Rule = Callable[[str], str | None]
RULES: dict[str, Rule] = {"phone_tail": phone_tail, "document_exact": document_exact, "exact": exact}
