"""Tokens: the words that both databases keep for us and never look into.

``te.алимент`` is a word of a title as written, ``bstg.алимент`` a Tajik stem in a body, ``nf.`` a folded spelling in a name,
``p.хукуки.оилави`` two words beside each other. A record has each word once, under the best part it stands in.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import TypeVar

from hamroh.kernel import text as analysis
from hamroh.search.documents import Document, Part, Passage

_T = TypeVar("_T")
#: The forms of a word, as written first; and those of the words of a text, in order.
WordForms = tuple[str, ...]
Said = Sequence[WordForms]
LANGUAGES = ("en", "az", "ru", "tg")
#: Best first; the letter is how a part is written in a token.
PARTS = {Part.TITLE: "t", Part.NAME: "n", Part.SUBJECT: "s", Part.BODY: "b"}
WORST_FIRST = tuple(reversed(PARTS.values()))
PAIR = "p."
LONGEST = 64
_PASSAGE = 20_000  # characters of one passage that are indexed
_MARKED = 2000  # words of one passage that are kept to be marked
_LABEL = 60  # characters of a text that is likely a label
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_BETWEEN = "\n\n"
_FOREIGN = re.compile(r"[\s'\\.\0\"]")


def passages(document: Document) -> list[Passage]:
    """Every text of a record, its titles and summaries among them, best part first."""
    titles = [Passage(Part.TITLE, lang, text) for lang, text in document.titles.items()]
    bodies = [Passage(Part.BODY, lang, text) for lang, text in document.summaries.items()]
    found = dict.fromkeys([*titles, *document.passages, *bodies])
    order = list(PARTS)
    kept = [replace(one, text=storable(one.text)) for one in found if one.text.strip()]
    return sorted(kept, key=lambda passage: order.index(passage.part))


def storable(text: str) -> str:
    """A text without NUL, which PostgreSQL keeps nowhere; every other character stays in its place."""
    return text.replace("\0", " ")


def words(text: str, lang: str) -> Sequence[analysis.Token]:
    """Words of a passage; a language that is not analysed is read as English, by its letters alone."""
    known = lang if lang in LANGUAGES else "en"
    return _label_words(text, known) if len(text) <= _LABEL else analysis.tokens(text[:_PASSAGE], known)


@lru_cache(maxsize=8192)
def _label_words(text: str, lang: str) -> tuple[analysis.Token, ...]:
    """Subjects and names stand in many records: their words are kept."""
    return tuple(analysis.tokens(text, lang))


def spoken(texts: Iterable[Passage]) -> list[Said]:
    """The forms of every word of each text, in order."""
    return [[forms(word, text.lang) for word in words(text.text, text.lang)] for text in texts]


def tokens_in(texts: Sequence[Passage], said: Sequence[Said]) -> list[str]:
    """All tokens of a record, in a fixed order, from its ``passages`` and what is ``spoken`` in them."""
    best: dict[str, str] = {}
    for text, found in zip(texts, said, strict=True):
        part = PARTS[text.part]
        for word in found:
            for form in word:
                best.setdefault(form, part + form)
        for one, other in pairwise(found):
            pair = f"{PAIR}{_folding(one)}.{_folding(other)}"
            best.setdefault(pair, pair)
    return sorted(best.values())


def written_down(said: Iterable[Said]) -> str:
    """Forms of the words of each text: a line a word, an empty line between texts."""
    return _BETWEEN.join("\n".join(map(" ".join, found[:_MARKED])) for found in said)


def read_back(kept: str) -> list[str]:
    """What was ``written_down`` of each text, a line a word."""
    return kept.split(_BETWEEN)


def forms(word: analysis.Token, lang: str) -> WordForms:
    """The forms of a word without their part: as written, its stems, its folded spelling where that differs."""
    return _forms(word.exact, word.stems, word.folded, lang)


@lru_cache(maxsize=65_536)
def _forms(exact: str, stems: tuple[str, ...], folded: str, lang: str) -> WordForms:
    spelt = () if folded == exact else (f"f.{clean(folded)}",)
    return (exact_form(exact), *(stem_form(lang, stem) for stem in stems), *spelt)


def _folding(word: WordForms) -> str:
    """The folded spelling of a word: the last of its forms, or the word itself."""
    return (word[-1] if word[-1].startswith("f.") else word[0])[2:]


def tokens_of(form: str) -> tuple[tuple[str, str], ...]:
    """The tokens that a form is kept under, each with its part, worst part first; a pair of words stands in no part."""
    return (("", form),) if form.startswith(PAIR) else tuple((part, part + form) for part in WORST_FIRST)


def form_of(token: str) -> str:
    return token if token.startswith(PAIR) else token[1:]


def exact_form(text: str) -> str:
    return f"e.{clean(text)}"


def stem_form(lang: str, stem: str) -> str:
    return f"s{lang}.{clean(stem)}"


def folded_forms(folded: str) -> tuple[str, str]:
    """Both places of a folded spelling: its own, and the word that is written so."""
    return f"f.{clean(folded)}", f"e.{clean(folded)}"


def pair_token(one: str, other: str) -> str:
    return f"{PAIR}{clean(one)}.{clean(other)}"


def clean(text: str) -> str:
    """A word that no database reads as syntax: no space, quote, backslash, dot or NUL, at most 64 characters."""
    return (text if text.isalnum() else _FOREIGN.sub("", text))[:LONGEST]


def spelt_words(tokens: Iterable[str]) -> set[str]:
    """Words as written among the tokens of a record, those that a misspelt query may be put right by."""
    return {token[3:] for token in tokens if token[1:3] == "e." and 4 <= len(token) - 3 <= 40 and token[3:].isalpha()}


def deflated(words: str) -> bytes:
    """Tokens, or forms of words, as they are kept beside a record."""
    return zlib.compress(words.encode(), 1)


def inflated(kept: bytes | memoryview) -> str:
    return zlib.decompress(kept).decode()


@lru_cache(maxsize=20_000)
def written_in(word: str) -> tuple[str, ...]:
    """Languages whose script a word is written in."""
    return ("ru", "tg") if _CYRILLIC.search(word) else ("az", "en")


def batched(items: Iterable[_T], size: int) -> Iterator[Sequence[_T]]:
    """Items in groups of at most ``size``."""
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
