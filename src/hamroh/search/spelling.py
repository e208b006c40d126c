"""Words that are nearly what was typed, from the words that public records use.

Words within a slip or two of each other share a beginning when letters are left out (after W. Garbe's symmetric delete
spelling correction, 2012), so that they are found by looking up a few dozen keys and measured one by one.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from django.db import connection
from rapidfuzz.distance import OSA

from hamroh.kernel import text as analysis
from hamroh.search.models import Word, WordKey
from hamroh.search.tokens import batched, written_in

SHORTEST = 4
_PREFIX, _KEY = 7, 5
_CANDIDATES, _AT_ONCE = 2000, 500
_COUNT = """INSERT INTO search_word (text, barest, records) VALUES (%s, %s, %s)
    ON CONFLICT (text) DO UPDATE SET records = search_word.records + excluded.records"""
_LESS = "UPDATE search_word SET records = records - %s WHERE text = %s"
_KEYS = "INSERT INTO search_wordkey (key, text) VALUES (%s, %s)"
_ONE_ROOT, _STRANGE = 3, 4
_FAR = 6  # letters from which on two slips are forgiven


def keys(word: str, slips: int = 1) -> set[str]:
    """Keys of a word: the beginnings of its folded spelling and of its stems, whole and with letters left out."""
    return {key for form in _barest(word) if len(form) >= SHORTEST for key in _deletes(form[:_PREFIX], slips)}


def suggestions(word: str, limit: int = 3) -> list[str]:
    """The words in use nearest to a typed one, the more used first; none farther than the nearest."""
    typed, allowed = _barest(word), 2 if len(word) >= _FAR else 1
    near = WordKey.objects.filter(key__in=keys(word, allowed)).values("text")
    rows = Word.objects.filter(text__in=near).order_by("-records", "text").values_list("text", "barest")[:_CANDIDATES]
    far = {text: _distance(typed, barest.split(), allowed) for text, barest in rows}
    least = min(far.values(), default=_STRANGE)
    return [text for text in far if far[text] == least < _STRANGE][:limit]


def add_words(words: Counter[str]) -> None:
    """Count each word once more for each record that uses it."""
    known = {text for some in batched(words, _AT_ONCE) for text in _known(some)}
    fresh = [word for word in sorted(words) if word not in known]
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, [(word, " ".join(sorted(_barest(word))), words[word]) for word in sorted(words)])
        cursor.executemany(_KEYS, [(key, word) for word in fresh for key in sorted(keys(word))])


def remove_words(words: Counter[str]) -> None:
    """Count each word once less; a word that no public record uses is gone."""
    with connection.cursor() as cursor:
        cursor.executemany(_LESS, [(words[word], word) for word in sorted(words)])
    for some in batched(words, _AT_ONCE):
        gone = list(Word.objects.filter(text__in=some, records__lte=0).values_list("text", flat=True))
        Word.objects.filter(text__in=gone).delete()
        WordKey.objects.filter(text__in=gone).delete()


def _known(words: Iterable[str]) -> Iterable[str]:
    return Word.objects.filter(text__in=words).values_list("text", flat=True)


@lru_cache(maxsize=20_000)
def _barest(word: str) -> frozenset[str]:
    """Folded spelling and folded stems, in the languages that are written so."""
    langs = written_in(word)
    stems = {analysis.fold(stem, lang) for lang in langs for stem in analysis.analyse(word, lang)}
    return frozenset({analysis.fold(word), *stems})


def _deletes(form: str, slips: int) -> set[str]:
    left = {form}
    for _ in range(slips):
        left |= {some[:place] + some[place + 1 :] for some in left for place in range(len(some))}
    return {some[:_KEY] for some in left}


def _distance(typed: Iterable[str], word: Iterable[str], allowed: int) -> int:
    """Slips between two words or their stems; next to that, words of one root; else strange."""
    pairs = [(one, other) for one in typed for other in word if min(len(one), len(other)) >= SHORTEST]
    least = min((OSA.distance(one, other, score_cutoff=allowed) for one, other in pairs), default=_STRANGE)
    if least <= allowed:
        return least
    return _ONE_ROOT if any(_one_root(one, other) for one, other in pairs) else _STRANGE


def _one_root(one: str, other: str) -> bool:
    """Whether two words begin alike for most of their length, as выселять and выселение do."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return shared >= _KEY and shared >= 0.6 * max(len(one), len(other))
