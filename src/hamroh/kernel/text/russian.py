"""Russian stems: dictionary forms from the OpenCorpora dictionary that pymorphy3 reads, guesses for words it lacks."""

from functools import cache
from typing import Any

_YO = str.maketrans("ё", "е")
_GUESSES = 3


def stems(word: str) -> tuple[str, ...]:
    """Dictionary forms of a Russian word in small letters, with е for ё."""
    dictionary, substitutes = _dictionary()
    found = dictionary.words.similar_items(word, substitutes)
    lemmas = [
        dictionary.build_normal_form(paradigm, place, known) for known, places in found for paradigm, place in places
    ]
    return tuple(dict.fromkeys(lemma.translate(_YO) for lemma in lemmas or _guesses(word)))


def _guesses(word: str) -> list[str]:
    return _analyser().normal_forms(word)[:_GUESSES] or [word]


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _dictionary() -> tuple[Any, Any]:
    dictionary = _analyser().dictionary
    return dictionary, dictionary.words.compile_replaces({"е": "ё"})
