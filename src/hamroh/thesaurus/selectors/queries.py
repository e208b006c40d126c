"""What typed words mean in the vocabularies: expansion of a query, and labels as one types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hamroh.kernel import vocabulary
from hamroh.kernel.vocabulary import Candidate, Expansion, Match
from hamroh.thesaurus.models import (
    Concept,
    ConceptAncestor,
    Label,
    LabelKey,
    LabelKind,
    LabelStart,
    Relation,
    RelationKind,
    Status,
)
from hamroh.thesaurus.selectors.names import Name, names

_MOST_CONCEPTS = vocabulary.LIMIT  # narrower ones, and related ones, whose labels are read: each has at least one
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


def expansions(query: str, lang: str, *, limit: int = vocabulary.LIMIT) -> list[Expansion]:
    """Further ways to say a query or parts of it, nearest first: other names, other languages, narrower, related.

    The longest runs of words that are labels in any language count, by folded words or stems. At most ``limit``, always in
    the same order, each with its reason.
    """
    runs = vocabulary.windows(query[:500])
    matches = vocabulary.longest_matches(runs, _known({key for run in runs for key in run.keys}))
    if not matches:
        return []
    return vocabulary.expansions(_candidates(matches), lang, limit)


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


def _known(keys: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(concept, language) by key, of labels in use."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = LabelKey.objects.filter(key__in=sorted(keys)).exclude(label__concept__status=Status.DEPRECATED)
    for key, concept, lang in rows.values_list("key", "label__concept__key", "label__lang"):
        found.setdefault(key, []).append((concept, lang))
    return found


def _candidates(matches: Sequence[Match]) -> list[Candidate]:
    """Labels of the matched concepts, of what lies up to three steps under them and of what is related."""
    ids = _ids({key for match in matches for key in match.concepts})
    reached = _reached(ids.values())
    labels = _labels({*ids.values(), *(other for near in reached.values() for other, _ in near)})
    return [
        Candidate(match.words, text, folded, lang, key, distance, match.concepts[start])
        for match in matches
        for start in match.concepts
        if start in ids
        for other, distance in ((ids[start], 0), *reached[ids[start]])
        for key, lang, text, folded in labels.get(other, ())
    ]


def _ids(keys: set[str]) -> dict[str, UUID]:
    return dict(Concept.objects.filter(key__in=sorted(keys)).values_list("key", "pk"))


def _reached(ids: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, int | None]]]:
    """Concepts below each, nearest first, then related ones; as many as can matter."""
    starts = list(ids)
    reached: dict[UUID, list[tuple[UUID, int | None]]] = {start: [] for start in starts}
    below = ConceptAncestor.objects.filter(ancestor__in=starts, distance__gte=1, distance__lte=vocabulary.DEEPEST)
    below = below.exclude(concept__status=Status.DEPRECATED).order_by("distance", "concept__key")
    for start, other, distance in below.values_list("ancestor_id", "concept_id", "distance")[:_MOST_CONCEPTS]:
        reached[start].append((other, distance))
    beside = Relation.objects.filter(source__in=starts, kind=RelationKind.RELATED)
    beside = beside.exclude(target__status=Status.DEPRECATED).order_by("target__key")
    for start, other in beside.values_list("source_id", "target_id")[:_MOST_CONCEPTS]:
        reached[start].append((other, None))
    return reached


def _labels(ids: set[UUID]) -> dict[UUID, list[tuple[str, str, str, str]]]:
    """(concept key, language, text, folded) by concept, in the languages that records are written in."""
    labels: dict[UUID, list[tuple[str, str, str, str]]] = {}
    rows = Label.objects.filter(concept__in=sorted(ids))  # its index is the concept's: the rest is sorted out here
    columns = ("concept_id", "kind", "concept__key", "lang", "text", "folded")
    for pk, kind, key, lang, text, folded in rows.values_list(*columns):
        if lang in vocabulary.READ and kind != LabelKind.HIDDEN:
            labels.setdefault(pk, []).append((key, lang, text, folded))
    return labels


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
