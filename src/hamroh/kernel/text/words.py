"""Words of a text with their places, and the three kinds of tokens made of each: exact, stems, folded."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import NamedTuple

from hamroh.kernel.text.folding import INVISIBLE, fold, normalise

_MARK = f"\u0300-\u036f\u0483-\u0489{INVISIBLE}"
_WORD = re.compile(rf"[^\W_][{_MARK}]*(?:['’‘ʼʻ`´′]?[^\W_][{_MARK}]*)*")
_MODULES = {"az": "azerbaijani", "tg": "tajik", "ru": "russian", "en": "english"}
_LONGEST = 64  # characters; longer runs of letters are no words of these languages


class Token(NamedTuple):
    """A word of a text: `text[start:end]` is the word as written, the rest is what it is found by."""

    start: int
    end: int
    exact: str
    stems: tuple[str, ...]
    folded: str


def tokens(text: str, lang: str) -> list[Token]:
    """Words of a text in order, with offsets into the text as given; KeyError for an unknown language."""
    return [Token(match.start(), match.end(), *_analysed(match.group(), lang)) for match in _WORD.finditer(text)]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each word of a text stands: what `tokens` tells, without the analysis."""
    return (match.span() for match in _WORD.finditer(text))


def exact(text: str, lang: str) -> list[str]:
    """Words in small letters and repaired spelling, one each."""
    return [normalise(word, lang) for word in _WORD.findall(text)]


def folded(text: str, lang: str) -> list[str]:
    """Words in their barest spelling, one each, so that keyboards and casing make no difference."""
    return [_folded(word, lang) for word in _WORD.findall(text)]


def analyse(text: str, lang: str) -> list[str]:
    """Stems of the words of a text; a word may give several, and two words meet when they share one.

    `lang` is az, tg, ru or en (KeyError otherwise). Never raises for what the text holds.
    """
    return [stem for word in _WORD.findall(text) for stem in _stems(word, lang)]


@lru_cache(maxsize=65_536)
def _analysed(word: str, lang: str) -> tuple[str, tuple[str, ...], str]:
    return normalise(word, lang), _stems(word, lang), _folded(word, lang)


@lru_cache(maxsize=65_536)
def _stems(word: str, lang: str) -> tuple[str, ...]:
    plain = normalise(word, lang)
    found = _stemmer(lang)(plain) if len(plain) <= _LONGEST else ()
    return found if found and all(found) else tuple(filter(None, found)) or (plain,)


@lru_cache(maxsize=65_536)
def _folded(word: str, lang: str) -> str:
    return fold(word, lang) or normalise(word, lang)  # ъ alone folds to nothing


@cache
def _stemmer(lang: str) -> Callable[[str], tuple[str, ...]]:
    """Stemmer of a language; its grammar and lexicon are loaded with its first word."""
    stems: Callable[[str], tuple[str, ...]] = import_module(f"hamroh.kernel.text.{_MODULES[lang]}").stems
    return stems
