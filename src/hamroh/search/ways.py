"""Every way in which a record may meet a part of a query, with its weight and its reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from hamroh.kernel import text as analysis
from hamroh.kernel.vocabulary import Expansion
from hamroh.search.queries import SMALL_WORDS, alternates
from hamroh.search.tokens import LANGUAGES, exact_form, folded_forms, stem_form, written_in

EXACT, FORM, SPELLING, KEYBOARD, SCRIPT, CORRECTED = "exact", "form", "spelling", "keyboard", "script", "corrected"
_OF_WORD = {EXACT: 1.0, FORM: 0.92, SPELLING: 0.84}
_READING, _EXPANSION, _CORRECTION, _HINT = 0.8, 0.75, 0.6, 0.4
_EXPANSIONS = 28

Forms = frozenset[str]


@dataclass(frozen=True)
class Way:
    """One way: a record meets it that has, for every word, one of its forms. ``why`` is a code, ``text`` what is looked for.

    A ``hint`` is a word of a longer name: it makes no record meet the concept, but brings near ones behind those that do.
    """

    words: tuple[Forms, ...]
    weight: float
    why: str
    text: str
    lang: str = ""
    concept: str = ""
    hint: bool = False


@dataclass
class Concept:
    """A part of a query.

    ``spellings`` are the folded words it may be read as, for the vocabulary to hold on to; ``led_to`` counts what that gave.
    """

    typed: str
    ways: list[Way] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)
    led_to: int = 0


def concept_of(chunk: str) -> Concept:
    """A chunk as it was typed and as it may have been meant: another keyboard, another script."""
    concept = Concept(chunk, list(typed_ways(chunk)), {" ".join(analysis.folded(chunk, "en"))})
    for lang, reading in alternates(chunk):
        why = KEYBOARD if lang in ("ru", "en") else SCRIPT
        add_reading(concept, reading, why, _READING)
    return concept


def add_reading(concept: Concept, text: str, why: str, weight: float = _CORRECTION) -> None:
    """Let a concept also be read as another text."""
    concept.spellings.add(" ".join(analysis.folded(text, "en")))
    concept.ways += [replace(way, why=why, weight=way.weight * weight, text=text) for way in typed_ways(text)]


@lru_cache(maxsize=4096)
def typed_ways(chunk: str) -> tuple[Way, ...]:
    """As written, by its stems, by its folded spelling; a chunk of several words needs all of them."""
    words = [word.strip("'") for word in analysis.exact(chunk, "en")]
    forms = ((why, weight, tuple(frozenset(_forms(word, why)) for word in words)) for why, weight in _OF_WORD.items())
    return tuple(Way(wanted, weight, why, chunk) for why, weight, wanted in forms if wanted)


def expand(concepts: Sequence[Concept], expansions: Iterable[Expansion]) -> None:
    """Give the concepts the further ways that the vocabulary knows; one of several words goes to each of them."""
    known: dict[str, list[Concept]] = {}
    for expansion in expansions:
        if expansion.replaces not in known:
            known[expansion.replaces] = spanned(concepts, expansion.replaces)
        for concept in known[expansion.replaces]:
            if concept.led_to >= _EXPANSIONS:
                continue
            way = _expansion_way(expansion)
            if way.words and not _included(way, concept):
                concept.led_to += 1
                concept.ways += [way, *_hints(way)]


def _included(way: Way, concept: Concept) -> bool:
    """Whether records that meet a way meet the concept already as well."""
    single = (
        other for other in concept.ways if len(other.words) == 1 and not other.hint and other.weight >= way.weight
    )
    return any(word <= other.words[0] for other in single for word in way.words)


def _hints(way: Way) -> Iterator[Way]:
    if len(way.words) > 1 and way.why in ("same", "other_language"):
        for word in way.words:
            yield replace(way, words=(word,), weight=way.weight * _HINT, hint=True)


def spanned(concepts: Sequence[Concept], words: str) -> list[Concept]:
    """The concepts that together were typed as these folded words, small words aside."""
    wanted = words.split()
    for start in range(len(concepts)):
        left, size = wanted, 0
        for concept in concepts[start:]:
            rest = _after(left, concept)
            if rest is None:
                break
            left, size = rest, size + 1
            if not left:
                return list(concepts[start : start + size])
    return []


def _after(wanted: list[str], concept: Concept) -> list[str] | None:
    """What is left of the wanted words after a concept; None where it is not among the next ones."""
    for skipped in range(min(3, len(wanted))):
        for size in range(len(wanted) - skipped, 0, -1):
            if " ".join(wanted[skipped : skipped + size]) in concept.spellings:
                return wanted[skipped + size :]
    return None


@lru_cache(maxsize=20_000)
def _expansion_way(expansion: Expansion) -> Way:
    lang = expansion.lang if expansion.lang in LANGUAGES else "en"
    found = analysis.tokens(expansion.text, lang)
    telling = [word for word in found if word.folded not in SMALL_WORDS] or found
    words = tuple(
        frozenset({exact_form(word.exact), *(stem_form(lang, stem) for stem in word.stems)}) for word in telling[:6]
    )
    weight = expansion.weight * _EXPANSION
    return Way(words, weight, expansion.why, expansion.text, expansion.lang, expansion.concept)


def _forms(word: str, why: str) -> Iterator[str]:
    for lang in written_in(word):
        for token in analysis.tokens(word, lang):
            if why == EXACT:
                yield exact_form(token.exact)
            elif why == FORM:
                yield from (stem_form(lang, stem) for stem in token.stems)
            else:
                yield from folded_forms(token.folded)
