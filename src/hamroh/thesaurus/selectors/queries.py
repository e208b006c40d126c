"""What typed words mean in the vocabularies: expansion of a query, and labels as one types."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hamroh.kernel import vocabulary
from hamroh.kernel.text import spans as text_spans
from hamroh.kernel.vocabulary import Candidate, Expansion, Match
from hamroh.thesaurus.models import Concept, LabelKind, LabelStart, Status
from hamroh.thesaurus.selectors.memory import Memory, memory
from hamroh.thesaurus.selectors.names import Name, names
from hamroh.thesaurus.selectors.programs import Thing, neighbours, things

_MOST_STARTS = 200


@dataclass(frozen=True)
class Found:
    """A concept that begins as typed: the label that did, and the preferred one in the reader's language."""

    key: str
    scheme: str
    label: str
    lang: str
    title: str
    certainty: str


@dataclass(frozen=True)
class Recognised:
    """A concept that part of a query is a label of, with what stands before and after that part as it was typed."""

    before: str
    typed: str
    after: str
    concept: Thing
    broader: tuple[Thing, ...]
    narrower: tuple[Thing, ...]


def recognised(query: str, lang: str, *, most: int = 3) -> list[Recognised]:
    """Concepts that a query names, in its order, with what is directly broader and narrower."""
    typed = query[:500]
    runs, held = vocabulary.windows(typed), memory()
    known = held.known(key for run in runs for key in run.keys)
    matches = vocabulary.longest_matches(
        runs, {key: [(name, its) for _, name, its in found] for key, found in known.items()}
    )
    ids = {name: pk for found in known.values() for pk, name, _ in found}
    named = [(match, ids[key]) for match in sorted(matches, key=lambda one: one.start) for key in match.concepts][:most]
    concepts = {pk for _, pk in named}
    if not concepts:
        return []
    rows = Concept.objects.filter(pk__in=concepts).select_related("scheme")
    called = {thing.id: thing for thing in things(rows, lang)}
    broader, narrower = (neighbours(concepts, way, lang) for way in ("broader", "narrower"))
    spans = list(text_spans(typed))
    return [
        Recognised(
            typed[: spans[match.start][0]],
            typed[spans[match.start][0] : spans[match.end - 1][1]],
            typed[spans[match.end - 1][1] :],
            called[pk],
            tuple(broader.get(pk, ())),
            tuple(narrower.get(pk, ())),
        )
        for match, pk in named
    ]


def expansions(query: str, lang: str, *, limit: int = vocabulary.LIMIT) -> list[Expansion]:
    """Further ways to say a query or parts of it, nearest first: other names, other languages, narrower, related.

    The longest runs of words that are labels in any language count, by folded words or stems. At most ``limit``, always in
    the same order, each with its reason.
    """
    runs, held = vocabulary.windows(query[:500]), memory()
    known = held.known(key for run in runs for key in run.keys)
    matches = vocabulary.longest_matches(
        runs, {key: [(name, its) for _, name, its in found] for key, found in known.items()}
    )
    ids = {name: pk for found in known.values() for pk, name, _ in found}
    return vocabulary.expansions(_candidates(held, matches, ids), lang, limit) if matches else []


def concept_lookup(prefix: str, lang: str, *, scheme: str = "", limit: int = 10) -> list[Found]:
    """Concepts with a label that begins with what was typed, from any of its words on; the label's beginning first."""
    low, high = vocabulary.prefix_range(prefix[:100], lang)
    if not low:
        return []
    rows = LabelStart.objects.filter(start__gte=low, start__lt=high).exclude(label__concept__status=Status.DEPRECATED)
    if scheme:
        rows = rows.filter(label__concept__scheme__code=scheme)
    # By the index alone: the shortest continuations stand first within each beginning.
    best: dict[UUID, Any] = {}
    for row in rows.order_by("start").values_list(
        "label__concept_id", "place", "label__lang", "start", "label__text", "label__kind"
    )[:_MOST_STARTS]:
        _keep_better(best, row, lang)
    chosen = sorted(best.values(), key=lambda row: _rank(row, lang))[:limit]
    return _found(chosen, lang)


def _candidates(held: Memory, matches: Sequence[Match], ids: Mapping[str, UUID]) -> Iterator[Candidate]:
    """Labels of the matched concepts, then of what lies up to three steps under them, then of what is related."""
    starts = {key: ids[key] for match in matches for key in match.concepts}
    near = held.near(starts.values())
    labels = held.said({*starts.values(), *(other for some in near.values() for other, _ in some)})
    for step in (0, *range(1, vocabulary.DEEPEST + 1), None):
        for match in matches:
            for start, typed_in in match.concepts.items():
                own = (starts[start], 0)
                for other in (pk for pk, distance in (own, *near[starts[start]]) if distance == step):
                    for key, lang, text, folded in labels[other]:
                        yield Candidate(match.words, text, folded, lang, key, step, typed_in)


def _keep_better(best: dict[UUID, Any], row: tuple[Any, ...], lang: str) -> None:
    pk = row[0]
    if pk not in best or _rank(row, lang) < _rank(best[pk], lang):
        best[pk] = row


def _rank(row: tuple[Any, ...], lang: str) -> tuple[Any, ...]:
    pk, place, its_lang, start, text, kind = row
    return place > 0, its_lang != lang, kind == LabelKind.HIDDEN, len(start), text, str(pk)


def _found(rows: Sequence[tuple[Any, ...]], lang: str) -> list[Found]:
    ids = [row[0] for row in rows]
    titles = names(ids, lang)
    concepts = {row.pk: row for row in Concept.objects.filter(pk__in=ids).select_related("scheme")}
    found = []
    for pk, _place, its_lang, _start, text, kind in rows:
        title, concept = titles.get(pk, Name(text, its_lang, "")), concepts[pk]
        label, said_in = (title.text, title.lang) if kind == LabelKind.HIDDEN else (text, its_lang)
        found.append(Found(concept.key, concept.scheme.code, label, said_in, title.text, title.certainty))
    return found
