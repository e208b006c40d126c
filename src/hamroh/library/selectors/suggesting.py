"""What a record may be about: labels of the thesaurus that its own words hold, with how often and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from hamroh.kernel import vocabulary
from hamroh.library.models import FullText, Record
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors.memory import memory
from hamroh.thesaurus.selectors.names import Name, names
from hamroh.web.texts import LANGUAGES

#: words of a record that are looked through, and how much its own say beside those of its files
_MOST_WORDS, _AT_ONCE = 3000, 120
_TITLE, _ABSTRACT, _FILE = 5, 3, 1
_SENTENCE = re.compile(r"[.;!?\n\r•]+")


@dataclass(frozen=True)
class Suggestion:
    """A concept that the record's words name: how often, and one place where they do."""

    concept: Concept
    name: Name
    times: int
    example: str


@dataclass
class _Seen:
    weight: int = 0
    times: int = 0
    example: str = ""
    langs: set[str] = field(default_factory=set)


def suggested_subjects(record: Record, lang: str, limit: int = 15) -> list[Suggestion]:
    """Concepts in use that the record does not have yet, the weightiest first."""
    taken = set(record.subjects.values_list("concept", flat=True))
    seen: dict[UUID, _Seen] = {}
    for weight, its_lang, text in _texts(record):
        _look(seen, weight, its_lang, text)
    order = sorted((pk for pk in seen if pk not in taken), key=lambda pk: (-seen[pk].weight, str(pk)))[:limit]
    concepts, called = Concept.objects.select_related("scheme").in_bulk(order), names(order, lang)
    return [
        Suggestion(concepts[pk], called.get(pk, Name(concepts[pk].key, "", "")), seen[pk].times, seen[pk].example)
        for pk in order
        if pk in concepts
    ]


def _texts(record: Record) -> Iterator[tuple[int, str, str]]:
    """(weight, language, some hundred words at once), its own first, then those of its files as far as they are looked through."""
    left = _MOST_WORDS
    own = [(_TITLE, lang, text) for lang, text in record.titles.items()]
    own += [(_ABSTRACT, lang, text) for lang, text in record.abstracts.items()]
    pages = FullText.objects.filter(attachment__record=record).order_by("attachment__position", "page")[:40]
    rows = [*own, *((_FILE, page.lang or (record.languages or ["en"])[0], page.text) for page in pages)]
    for weight, lang, text in rows:
        for part in _SENTENCE.split(text):
            words = part.split()
            for start in range(0, min(len(words), left), _AT_ONCE):
                yield weight, lang, " ".join(words[start : start + _AT_ONCE])
            left -= len(words)
            if left <= 0:
                return


def _look(seen: dict[UUID, _Seen], weight: int, lang: str, text: str) -> None:
    """Count the concepts that a run of words is a label of in its own language."""
    runs = vocabulary.windows(text)
    known = memory().known(key for run in runs for key in run.keys)
    own = {key: [row for row in rows if row[2] == lang or lang not in LANGUAGES] for key, rows in known.items()}
    ids = {name: pk for rows in own.values() for pk, name, _ in rows}
    for match in vocabulary.longest_matches(runs, {k: [(name, its) for _, name, its in v] for k, v in own.items()}):
        for name in match.concepts:
            found = seen.setdefault(ids[name], _Seen())
            found.times += text_count(text, match.words)
            found.weight += weight
            found.example = found.example or _around(text, match.words)


def text_count(text: str, words: str) -> int:
    """How often these folded words stand in a text, at least once."""
    from hamroh.kernel.text import folded

    return max(1, " ".join(folded(text, "en")).count(words))


def _around(text: str, words: str) -> str:
    """The words with a few on both sides, as they stand in the text."""
    from hamroh.kernel.text import folded

    said, size = text.split(), len(words.split())
    for place in range(len(said)):
        if " ".join(folded(" ".join(said[place : place + size]), "en")) == words:
            return " ".join(said[max(0, place - 4) : place + size + 4])
    return " ".join(said[:8])
