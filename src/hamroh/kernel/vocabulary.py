"""Expansion of a query by a vocabulary: which other words may stand for what was typed, and why.

A label is recognised by its keys (`phrase_keys`): its folded words and its folded stems. `windows` gives the same keys for
every run of words of a query, `longest_matches` keeps the longest runs that some label answers to, and `expansions` weighs
what the matched concepts are called elsewhere. Asking the tables stands between them and is not done here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import groupby, islice, product
from operator import attrgetter

from hamroh.kernel import text as analysis

#: Languages whose words are analysed; a label in any other is found by its folded words alone.
READ = ("en", "az", "ru", "tg")
LIMIT = 60
DEEPEST = 3
LONGEST_PHRASE = 6  # words
KEY_LENGTH = 200
FOLDED_LENGTH = 800
SORT_KEY_LENGTH = 240
START_LENGTH = 96
_READINGS = 8  # of one phrase, where words have several stems
_STARTS = 8
_REASONS = ("same", "other_language", "narrower", "related")


@dataclass(frozen=True)
class Expansion:
    """A further way to say part of a query.

    ``replaces`` is the typed part (its folded words), ``text`` and ``lang`` what else is searched, ``weight`` from 0
    to 1 how near it is, ``why`` the reason as a code (``same``, ``other_language``, ``narrower``, ``related``) and
    ``concept`` the key of the concept that links them.
    """

    replaces: str
    text: str
    lang: str
    weight: float
    why: str
    concept: str


@dataclass(frozen=True)
class Window:
    """A run of words of a query, from word ``start`` to before ``end``, with the keys it would be a label under."""

    start: int
    end: int
    words: str
    keys: frozenset[str]


@dataclass(frozen=True)
class Match:
    """A run of words that is a label; ``concepts`` are the names of its concepts with the languages that say so.

    ``start`` and ``end`` are its places among the words of the query.
    """

    words: str
    concepts: Mapping[str, frozenset[str]]
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Candidate:
    """A label that might be searched too; ``distance`` counts steps downwards (0 is the concept, None is related)."""

    replaces: str
    text: str
    folded: str
    lang: str
    concept: str
    distance: int | None
    typed_in: frozenset[str] = frozenset()


def spelling(text: str, lang: str) -> dict[str, str]:
    """What is stored beside a label: ``folded``, ``sort_key`` and ``initial`` in the order of its language's alphabet.

    Labels in languages that are not read here stand in the order of their folded letters.
    """
    folded = analysis.fold(text, lang)[:FOLDED_LENGTH]
    if lang in READ or not lang:
        known = lang or "en"
        key, initial = analysis.sort_key(text, known)[:SORT_KEY_LENGTH], analysis.initial(text, known)
    else:
        key, initial = _hexadecimal(folded), next((char.upper()[:1] for char in folded if char.isalpha()), "#")
    return {"folded": folded, "sort_key": key, "initial": initial}


def phrase_keys(text: str, lang: str) -> frozenset[str]:
    """Keys under which a label is recognised, empty for a label too long to be typed.

    >>> sorted(phrase_keys("Women's rights", "en"))
    ['woman right', 'womens rights']
    """
    words = [frozenset([word]) for word in analysis.folded(text, "en")]
    if not 0 < len(words) <= LONGEST_PHRASE:
        return frozenset()
    stems = _stems(text, lang) if lang in READ else words
    return _joined(words) | _joined(stems)


def windows(query: str, longest: int = LONGEST_PHRASE) -> list[Window]:
    """Every run of words of a query with its keys in all languages, longest runs first, then from the left."""
    words = analysis.folded(query, "en")
    readings = [[frozenset([word]) for word in words], *(_stems(query, lang) for lang in READ)]
    return [
        Window(start, start + size, " ".join(words[start : start + size]), _keys(readings, start, size))
        for size in range(min(longest, len(words)), 0, -1)
        for start in range(len(words) - size + 1)
    ]


def longest_matches(
    runs: Iterable[Window], known: Mapping[str, Iterable[tuple[str, str]]], taken: int = 0
) -> list[Match]:
    """Runs that are labels, the longest first; a word is used once. ``known`` gives (concept, language) by key."""
    matches = []
    for run in runs:
        bits = (1 << run.end) - (1 << run.start)
        concepts: dict[str, set[str]] = {}
        for key in run.keys if not taken & bits else ():
            for concept, lang in known.get(key, ()):
                concepts.setdefault(concept, set()).add(lang)
        if concepts:
            taken |= bits
            said = {key: frozenset(langs) for key, langs in sorted(concepts.items())}
            matches.append(Match(run.words, said, run.start, run.end))
    return matches


def expansions(candidates: Iterable[Candidate], lang: str, limit: int = LIMIT) -> list[Expansion]:
    """The nearest labels, at most ``limit``, in an order that depends on nothing but them.

    ``candidates`` come nearest first (their own concepts, steps downwards, related ones): no more of them are taken than it
    needs. Another name or another language weighs 1, a narrower concept 0.7 a step, a related one 0.3.
    """
    order = _order(lang)
    nearest: dict[tuple[str, str, str], Expansion] = {}
    for _, level in groupby(candidates, key=attrgetter("distance")):
        for candidate in level:
            found, place = _weighed(candidate), (candidate.replaces, candidate.folded, candidate.lang)
            if candidate.folded != candidate.replaces and (
                place not in nearest or order(found) < order(nearest[place])
            ):
                nearest[place] = found
        if len(nearest) >= limit:
            break
    return nsmallest(limit, nearest.values(), key=order)


def starts(text: str, lang: str) -> list[tuple[int, str]]:
    """The label from each of its first words on, as (place of the word, hexadecimal beginning).

    Only for languages that somebody reads here, and for labels without a language.
    """
    words = analysis.folded(text, lang or "en") if not lang or lang in READ else []
    return [(place, _hexadecimal(" ".join(words[place:]))) for place in range(min(len(words), _STARTS))]


def prefix_range(prefix: str, lang: str) -> tuple[str, str]:
    """Bounds (from, to before) of the starts that begin with what was typed; both empty where no word was typed."""
    words = " ".join(analysis.folded(prefix, lang if lang in READ else "en"))
    low = _hexadecimal(words + " " if words and prefix[-1:].isspace() else words)
    return (low, f"{low}g") if low else ("", "")


def _weighed(candidate: Candidate) -> Expansion:
    if candidate.distance is None:
        why, weight = "related", 0.3
    elif candidate.distance > 0:
        why, weight = "narrower", round(0.7**candidate.distance, 3)
    else:
        why, weight = "same" if candidate.lang in candidate.typed_in else "other_language", 1.0
    return Expansion(candidate.replaces, candidate.text, candidate.lang, weight, why, candidate.concept)


def _order(lang: str) -> Callable[[Expansion], tuple[float, int, bool, str, str, str, str]]:
    def order(found: Expansion) -> tuple[float, int, bool, str, str, str, str]:
        reason = _REASONS.index(found.why)
        return -found.weight, reason, found.lang != lang, found.text, found.lang, found.replaces, found.concept

    return order


def _stems(text: str, lang: str) -> list[frozenset[str]]:
    return [_folded_stems(token.stems, lang) or frozenset([token.folded]) for token in analysis.tokens(text, lang)]


@lru_cache(maxsize=65_536)
def _folded_stems(stems: tuple[str, ...], lang: str) -> frozenset[str]:
    return frozenset(analysis.fold(stem, lang) for stem in stems)


def _keys(readings: Iterable[Sequence[frozenset[str]]], start: int, size: int) -> frozenset[str]:
    return frozenset().union(*(_joined(words[start : start + size]) for words in readings))


def _joined(words: Sequence[frozenset[str]]) -> frozenset[str]:
    if all(len(readings) == 1 for readings in words):
        key = " ".join(reading for readings in words for reading in readings)
        return frozenset([key] if 1 < len(key) <= KEY_LENGTH else ())
    combined = islice(product(*(sorted(readings) for readings in words)), _READINGS)
    return frozenset(key for key in map(" ".join, combined) if 1 < len(key) <= KEY_LENGTH)


def _hexadecimal(text: str) -> str:
    return text.encode()[: START_LENGTH // 2].hex()
