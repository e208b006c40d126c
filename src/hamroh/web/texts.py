"""Texts that are kept per language as ``{lang: text}``."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "az", "ru", "tg")
#: Who reads Tajik or Azerbaijani most often reads Russian too; English comes last.
FALLBACK = {"en": ("ru", "az", "tg"), "az": ("ru", "en", "tg"), "ru": ("en", "tg", "az"), "tg": ("ru", "en", "az")}


@dataclass(frozen=True)
class Text:
    """A text in the language it was found in; ``lang`` differs from the asked one when it is a fallback."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text


def pick(texts: Mapping[str, str] | None, lang: str) -> Text:
    """The text in ``lang``, or in the language its readers most likely read, or an empty one."""
    texts = texts or {}
    order = (lang, *FALLBACK.get(lang, LANGUAGES), *sorted(texts))
    found = next((code for code in order if texts.get(code)), None)
    return Text(texts[found], found) if found else Text("", lang)


def capitalised(words: str, lang: str) -> str:
    """Words with a capital first letter of their language: in Azerbaijani the capital of i is İ."""
    first = "İ" if lang == "az" and words[:1] == "i" else words[:1].upper()
    return first + words[1:]
