"""Why a record was found, in its own words: reasons as data, and texts with marks where the words stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hamroh.kernel import text as analysis
from hamroh.search.documents import Part, Passage
from hamroh.search.tokens import read_back
from hamroh.search.ways import Concept, Way
from hamroh.web.texts import pick

_LENGTH = 220  # characters of a snippet
_BEFORE = 60
_PART_WEIGHT = {Part.TITLE: 1.0, Part.NAME: 0.85, Part.SUBJECT: 0.6, Part.BODY: 0.4}


@dataclass(frozen=True)
class Reason:
    """Why a part of a query was met.

    ``why`` is ``exact``, ``form``, ``spelling``, ``keyboard``, ``script``, ``corrected``, ``same``, ``other_language``,
    ``narrower``, ``related`` or ``missing``; ``typed`` is that part, ``found`` the words of the record in ``lang``, ``part``
    where they stand, ``through`` the word that was looked for instead and ``concept`` the notion that links them.
    """

    why: str
    typed: str
    found: str = ""
    lang: str = ""
    part: str = ""
    through: str = ""
    concept: str = ""


class Span(NamedTuple):
    """A word of a passage that meets some form."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True)
class Explained:
    title: SafeString
    title_lang: str
    snippet: SafeString
    snippet_lang: str
    reasons: tuple[Reason, ...]


class Stored(NamedTuple):
    """What is shown of a record; ``words`` are the forms in its passages, as they were written down."""

    titles: Mapping[str, str]
    passages: Sequence[Passage]
    words: str


@dataclass(frozen=True)
class Wanted:
    """The forms that a query looks for: all of them, and those that are worth a mark wherever they stand."""

    forms: frozenset[str]
    marked: frozenset[str]


def wanted_by(concepts: Sequence[Concept]) -> Wanted:
    """What to look for in every hit of one query; a word of a longer name is marked only where the whole name is met."""
    ways = [way for concept in concepts for way in concept.ways]
    single = (way for way in ways if len(way.words) == 1 and not way.hint)
    return Wanted(
        frozenset(form for way in ways for word in way.words for form in word),
        frozenset(form for way in single for form in way.words[0]),
    )


def explain(
    concepts: Sequence[Concept],
    wanted: Wanted,
    stored: Stored,
    language: str,
) -> Explained:
    """Reasons, title and snippet of one record for a reader of ``language``."""
    passages = stored.passages
    spans = _spans(passages, stored.words, wanted.forms)
    met = [_reason(concept, passages, spans) for concept in concepts]
    everywhere = [span for form, found in spans.items() if form in wanted.marked for span in found]
    marks = sorted({*everywhere, *(span for _, place in met for span in place)}, key=attrgetter("passage", "start"))
    title = pick(stored.titles, language)
    shown = _best(passages, marks, title.lang, language)
    snippet, snippet_lang = SafeString(), language
    if shown is not None:
        passage = passages[shown]
        snippet, snippet_lang = _snippet(passage.text, [one for one in marks if one.passage == shown]), passage.lang
    return Explained(
        title=_marked(title.text, _of(passages, marks, Part.TITLE, title.lang, title.text)),
        title_lang=title.lang,
        snippet=snippet,
        snippet_lang=snippet_lang,
        reasons=tuple(reason for reason, _ in met),
    )


def _spans(passages: Sequence[Passage], words: str, wanted: frozenset[str]) -> dict[str, list[Span]]:
    """Where each wanted form stands, best part first."""
    found: dict[str, list[Span]] = {}
    for index, (passage, said) in enumerate(zip(passages, read_back(words), strict=False)):
        if not (met := wanted.intersection(said.split())):
            continue
        for (start, end), forms in zip(analysis.spans(passage.text), said.split("\n"), strict=False):
            if not met.isdisjoint(forms.split()):
                for form in met.intersection(forms.split()):
                    found.setdefault(form, []).append(Span(index, start, end))
    return found


def _reason(
    concept: Concept, passages: Sequence[Passage], spans: Mapping[str, list[Span]]
) -> tuple[Reason, list[Span]]:
    """The best way in which a record meets a concept, and where; ``concept.ways`` stand best first."""
    best: tuple[float, Way | None, list[Span]] = (0.0, None, [])
    for way in concept.ways:
        if way.weight <= best[0]:
            break
        if (place := _place(way, spans)) and (weight := _weight(way, place, passages)) > best[0]:
            best = (weight, way, place)
    _, found, place = best
    if found is None:
        return Reason("missing", concept.typed), []
    passage = passages[place[0].passage]
    said = " ".join(dict.fromkeys(passages[span.passage].text[span.start : span.end] for span in place))
    return Reason(found.why, concept.typed, said, passage.lang, passage.part, found.text, found.concept), place


def _place(way: Way, spans: Mapping[str, list[Span]]) -> list[Span]:
    """The first place of every word of a way; empty where one is missing."""
    places = []
    for word in way.words:
        if not (found := [spans[form][0] for form in word if form in spans]):
            return []
        places.append(min(found, key=lambda span: (span.passage, span.start)))
    return places


def _weight(way: Way, place: Sequence[Span], passages: Sequence[Passage]) -> float:
    return way.weight * min(_PART_WEIGHT[passages[span.passage].part] for span in place)


def _best(passages: Sequence[Passage], marks: Sequence[Span], title_lang: str, language: str) -> int | None:
    """The passage that shows most of what was asked, in the reader's language where it can; never the title again."""
    shown = [
        index for index, passage in enumerate(passages) if passage.part is not Part.TITLE or passage.lang != title_lang
    ]
    bodies = [index for index in shown if passages[index].part is Part.BODY] or shown
    marked = {index: len({(span.start) for span in marks if span.passage == index}) for index in shown}
    pool = [index for index in bodies if marked[index]] or bodies
    return max(pool, key=lambda index: (passages[index].lang == language, marked[index], -index), default=None)


def _of(passages: Sequence[Passage], marks: Sequence[Span], part: Part, lang: str, text: str) -> list[Span]:
    for index, passage in enumerate(passages):
        if (passage.part, passage.lang, passage.text) == (part, lang, text):
            return [span for span in marks if span.passage == index]
    return []


def _snippet(text: str, marks: Sequence[Span]) -> SafeString:
    """A piece of a text around the marks, cut at spaces."""
    if len(text) <= _LENGTH:
        return _marked(text, marks)
    start = max(0, _densest(marks) - _BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = len(text) if start + _LENGTH >= len(text) else max(text.rfind(" ", start, start + _LENGTH), start + 1)
    inside = [
        Span(span.passage, span.start - start, span.end - start)
        for span in marks
        if start <= span.start and span.end <= end
    ]
    piece = _marked(text[start:end], inside)
    return mark_safe(f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}")  # noqa: S308 - the piece is escaped already


def _densest(marks: Sequence[Span]) -> int:
    """Where the piece with most marks begins."""
    starts = [span.start for span in marks]
    return max(starts, key=lambda start: sum(start <= other < start + _LENGTH - _BEFORE for other in starts), default=0)


def _marked(text: str, marks: Iterable[Span]) -> SafeString:
    """The text, safe for HTML, with ``<mark>`` around the marks."""
    pieces: list[str] = []
    at = 0
    for span in marks:
        if span.start >= at:
            pieces += [escape(text[at : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
            at = span.end
    return mark_safe("".join([*pieces, escape(text[at:])]))  # noqa: S308 - texts are escaped one by one between our own marks
