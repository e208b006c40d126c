"""What typed words mean in the vocabularies: expansion of a query, and labels as one types."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from hamroh.kernel import vocabulary
from hamroh.kernel.text import spans as text_spans
from hamroh.kernel.vocabulary import Candidate, Expansion, Match
from hamroh.thesaurus.models import Concept, Label, LabelKind, LabelStart, Scheme, Status
from hamroh.thesaurus.selectors.memory import Memory, memory
from hamroh.thesaurus.selectors.names import Name, names
from hamroh.thesaurus.selectors.programs import Thing, neighbours, things

# By the index alone: the shortest continuations stand first within each beginning. Asked for every letter that is typed,
# so without the ORM.
_BEGINNING = f"""SELECT label.concept_id, start.place, label.lang, start.start, label.text, label.kind, concept.key, scheme.code
    FROM {LabelStart._meta.db_table} start
    JOIN {Label._meta.db_table} label ON label.id = start.label_id
    JOIN {Concept._meta.db_table} concept ON concept.id = label.concept_id
    JOIN {Scheme._meta.db_table} scheme ON scheme.id = concept.scheme_id
    WHERE start.start >= %s AND start.start < %s AND concept.status <> '{Status.DEPRECATED.value}' {{}}
    ORDER BY start.start LIMIT 200"""  # noqa: S608, SLF001 - our names


class _Start(NamedTuple):
    """A label that begins as typed, as the database gives it."""

    concept: Any
    place: int
    lang: str
    start: str
    text: str
    kind: str
    key: str
    scheme: str

    def rank(self, lang: str) -> tuple[Any, ...]:
        hidden = self.kind == LabelKind.HIDDEN
        return self.place > 0, self.lang != lang, hidden, len(self.start), self.text, str(self.concept)


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
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGINNING.format("AND scheme.code = %s" if scheme else ""), [low, high, *([scheme] if scheme else [])]
        )
        rows = [_Start(*row) for row in cursor.fetchall()]
    best: dict[Any, _Start] = {}
    for row in sorted(rows, key=lambda row: row.rank(lang)):
        best.setdefault(row.concept, row)
    return _found(list(best.values())[:limit], lang)


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


def _found(rows: Sequence[_Start], lang: str) -> list[Found]:
    titles = names([_as_uuid(row.concept) for row in rows], lang)
    found = []
    for row in rows:
        title = titles.get(_as_uuid(row.concept), Name(row.text, row.lang, ""))
        label, said_in = (title.text, title.lang) if row.kind == LabelKind.HIDDEN else (row.text, row.lang)
        found.append(Found(row.key, row.scheme, label, said_in, title.text, title.certainty))
    return found


def _as_uuid(pk: Any) -> UUID:
    return pk if isinstance(pk, UUID) else UUID(pk)
