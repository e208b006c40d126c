"""Words that are nearly what was typed, from the words that public records use.

Two words within one slip of each other share a spelling with at most one letter left out (W. Garbe's symmetric delete
spelling correction, 2012), so that a slip is found by looking up a handful of keys.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from hamroh.kernel import text as analysis
from hamroh.search.models import Word, WordKey
from hamroh.search.tokens import batched, written_in

SHORTEST = 4
_PREFIX = 7
_FAR = 6  # letters from which on two slips are forgiven


def keys(word: str) -> set[str]:
    """Keys of a word: its folded spelling and its stems, whole and with one letter left out."""
    return {key for form in _barest(word) if len(form) >= SHORTEST for key in _deletes(form)}


def suggestions(word: str, limit: int = 3) -> list[str]:
    """Words in use nearest to a typed one: nearest first, then the more used one."""
    near = Word.objects.filter(keys__key__in=keys(word)).distinct()
    rows = near.order_by("-records", "text").values_list("text", "records")[:500]
    ranked = sorted(
        (distance, -records, text) for text, records in rows if (distance := _distance(word, text)) is not None
    )
    return [text for _, _, text in ranked[:limit]]


def add_words(words: Counter[str]) -> None:
    """Count each word once more for each record that uses it."""
    known = {row.text: row for row in _known(words)}
    for text, row in known.items():
        row.records += words[text]
    Word.objects.bulk_update(known.values(), ["records"], batch_size=500)
    fresh = [Word(text=text, records=words[text]) for text in sorted(words) if text not in known]
    Word.objects.bulk_create(fresh, batch_size=500)
    WordKey.objects.bulk_create(
        [WordKey(word=word, key=key) for word in fresh for key in sorted(keys(word.text))], batch_size=1000
    )


def remove_words(words: Counter[str]) -> None:
    """Count each word once less; a word that no public record uses is gone."""
    known = _known(words)
    for row in known:
        row.records = max(0, row.records - words[row.text])
    Word.objects.bulk_update(known, ["records"], batch_size=500)
    Word.objects.filter(records=0).delete()


def _known(words: Iterable[str]) -> list[Word]:
    texts = sorted(words)
    return [row for some in batched(texts, 500) for row in Word.objects.filter(text__in=some)]


@lru_cache(maxsize=20_000)
def _barest(word: str) -> frozenset[str]:
    """Folded spelling and folded stems, in the languages that are written so."""
    langs = written_in(word)
    stems = {analysis.fold(stem, lang) for lang in langs for stem in analysis.analyse(word, lang)}
    return frozenset({analysis.fold(word), *stems})


def _deletes(form: str) -> set[str]:
    short = form[:_PREFIX]
    return {short, *(short[:place] + short[place + 1 :] for place in range(len(short)))}


def _distance(typed: str, word: str) -> int | None:
    """Slips between two words, or between their stems; None where they are too far apart to be the same."""
    pairs = [(one, other) for one in _barest(typed) for other in _barest(word) if min(len(one), len(other)) >= 3]
    least = min((OSA.distance(one, other, score_cutoff=2) for one, other in pairs), default=3)
    return least if least <= (2 if len(typed) >= _FAR else 1) else None
