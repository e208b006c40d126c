"""Reads of the index: ``results`` of a query, other ``readings`` of it, and the public ``records_about`` a value."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.utils.safestring import SafeString

from hamroh.kernel.vocabulary import Expansion
from hamroh.search import postings, queries, ranking, spelling
from hamroh.search.documents import Part, Passage
from hamroh.search.explain import Explained, Reason, Stored, explain, wanted_by
from hamroh.search.facets import Counts, Facets, Mask
from hamroh.search.models import Record
from hamroh.search.postings import View, view
from hamroh.search.queries import LONGEST, SMALL_WORDS, Query
from hamroh.search.ranking import Lookup
from hamroh.search.tokens import inflated, spoken, written_down
from hamroh.search.ways import CORRECTED, KEYBOARD, SCRIPT, Concept, add_reading, concept_of, expand, spanned

__all__ = [
    "LAST",
    "LONGEST",
    "MOST_PER_PAGE",
    "SCRIPT",
    "SMALL_WORDS",
    "Arrival",
    "Asked",
    "FacetValue",
    "Hit",
    "Reading",
    "Results",
    "ask",
    "facet_values",
    "known_values",
    "newest",
    "readings",
    "records_about",
    "results",
    "warm",
]
MOST_PER_PAGE, LAST = 50, 1000
_VALUES = 50  # of one facet that are told
_FEW = 2000  # records that are asked for by their places
_KEPT = """SELECT record.place, record.kind, record.record_id, content.address, content.titles, content.passages, content.words
    FROM search_record AS record JOIN search_content AS content ON content.place = record.place WHERE record.place IN ({})"""
_SAMPLES = ("aliment", "alimentleri", "хонаҳо", "алименты")  # between them they open the dictionaries of all languages
_NO_VALUES: Counts = np.empty(0, np.int64)


@dataclass(frozen=True)
class Reading:
    """The query as it may have been meant; ``why`` is ``keyboard``, ``script`` or ``corrected``."""

    why: str
    text: str


@dataclass(frozen=True)
class Hit:
    """One record. ``title`` and ``snippet`` are safe HTML with ``<mark>``; ``score`` compares hits of one query only."""

    kind: str
    record_id: str
    address: str
    title: SafeString
    title_lang: str
    snippet: SafeString
    snippet_lang: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class FacetValue:
    """A value with the number of hits that have it; a chosen one is ``selected``."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Results:
    """A page of hits; ``total`` counts all pages, ``complete`` those that meet every part of the query."""

    hits: tuple[Hit, ...]
    total: int
    complete: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    did_you_mean: str
    readings: tuple[Reading, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Arrival:
    """A record and when the index was first told of it."""

    hit: Hit
    came_at: dt.datetime


@dataclass(frozen=True)
class Asked:
    """A query as it was read, and what was looked up for it so far."""

    query: Query
    look: Lookup


def ask(text: str) -> Asked:
    """Read a query, to be asked more than once of the same index."""
    return Asked(queries.read(text), Lookup(view()))


def results(
    *,
    query: str | Asked,
    language: str,
    expansions: Sequence[Expansion] = (),
    facets: Mapping[str, Sequence[str]] | None = None,
    page: int = 1,
    per_page: int = 20,
) -> Results:
    """Public records that meet a query, best first, with facet counts and the reason for each.

    ``facets`` are chosen values by name: any of one name, all of the names. Without words they alone choose; without either
    there is nothing to find. Pages beyond the 1000th record are the last one.
    """
    known = query if isinstance(query, Asked) else ask(query)
    look, asked = known.look, known.query
    chosen = {name: list(values) for name, values in (facets or {}).items() if values}
    concepts, corrected = _concepts(look, asked, expansions)
    ranked = _ranked(look, asked, concepts, language, chosen)
    members = ranked.members & ranking.filtered(look.view, chosen)
    total, size = int(np.count_nonzero(members)), max(1, min(per_page, MOST_PER_PAGE))
    pages = max(1, -(-min(total, LAST) // size))
    number = min(max(1, page), pages)
    return Results(
        hits=tuple(
            _hits(ranking.page(look.view, ranked, members, (number - 1) * size, size), concepts, language).values()
        ),
        total=total,
        complete=int(np.count_nonzero(ranked.complete & members)),
        facets=_facets(look.view, ranked, chosen),
        did_you_mean=corrected,
        readings=_readings(look, concepts, corrected, used=True),
        page=number,
        pages=pages,
    )


def newest(
    *,
    query: str | Asked,
    language: str,
    expansions: Sequence[Expansion] = (),
    facets: Mapping[str, Sequence[str]] | None = None,
    limit: int = 30,
) -> tuple[Arrival, ...]:
    """The records that came last among those that meet every part of a query and the chosen facets; without either, among all."""
    known = query if isinstance(query, Asked) else ask(query)
    chosen = {name: list(values) for name, values in (facets or {}).items() if values}
    concepts, _ = _concepts(known.look, known.query, expansions)
    look, asked = known.look, known.query
    ranked = ranking.rank(look, asked, concepts, language) if asked else ranking.everything(look.view)
    members = ranked.members & ranked.complete & ranking.filtered(look.view, chosen)
    came = _arrivals(members, limit)
    found = _hits([(place, 0) for place in came], concepts, language)
    return tuple(Arrival(hit, came[place]) for place, hit in found.items())


def _arrivals(members: Mask, limit: int) -> dict[int, dt.datetime]:
    """When the last of these places came, the newest first."""
    rows = Record.objects.order_by("-came_at", "-place").values_list("place", "came_at")
    if (count := int(np.count_nonzero(members))) <= _FEW:
        rows = rows.filter(place__in=np.flatnonzero(members).tolist())
    found: dict[int, dt.datetime] = {}
    for place, came_at in rows.iterator(chunk_size=500) if count else ():
        if place < len(members) and members[place]:
            found[place] = came_at
            if len(found) == limit:
                break
    return found


def readings(asked: Asked) -> tuple[Reading, ...]:
    """Other readings of a query: another keyboard, another script, words that no public record uses put right."""
    concepts, corrected = _concepts(asked.look, asked.query, ())
    return _readings(asked.look, concepts, corrected, used=False)


def warm() -> None:
    """Read into memory what a process's first searches would otherwise wait for: the index, and how words may have been meant."""
    postings.warm()
    for word in _SAMPLES:
        concept_of(word)


def facet_values(kind: str = "") -> dict[str, dict[str, int]]:
    """How many public records have each value of each facet, of one kind or of all."""
    held = view()
    counts = held.facets.counts(ranking.filtered(held, {"kind": [kind] if kind else []}))
    return {
        name: {held.facets.names[number][1]: int(counts[number]) for number in numbers if counts[number]}
        for name, numbers in held.facets.groups.items()
    }


def known_values(facet: str) -> list[str]:
    """Every value of a facet that some record had since the index was read, in order."""
    held = view().facets
    return [held.names[number][1] for number in held.groups.get(facet, _NO_VALUES)]


def records_about(*, facet: str, value: str, language: str, limit: int = 20) -> Results:
    """Public records with a facet value (the use of a concept, a place, an actor), by their stored quality."""
    return results(query="", language=language, facets={facet: [value]}, per_page=limit)


def _concepts(look: Lookup, asked: Query, expansions: Sequence[Expansion]) -> tuple[list[Concept], str]:
    """The parts of a query with every way to meet them, words that nothing answers to put right."""
    concepts = [concept_of(chunk) for chunk in asked.chunks]
    look.find([*ranking.forms_of_query(asked), *ranking.forms_of(way for one in concepts for way in one.ways)])
    known = {id(concept) for text in {one.replaces for one in expansions} for concept in spanned(concepts, text)}
    text = asked.text
    for concept in concepts:
        if id(concept) not in known and not any(map(look.answers, concept.ways)):
            text = text.replace(concept.typed, _correct(look.view, concept) or concept.typed)
    expand(concepts, expansions)
    for concept in concepts:
        concept.ways.sort(key=lambda way: -way.weight)
    look.find(ranking.forms_of(way for one in concepts for way in one.ways if not way.hint))
    return concepts, "" if text == asked.text else text


def _correct(held: View, concept: Concept) -> str:
    """Let a concept be read as the words in use nearest to it; the nearest one, or an empty text."""
    if not concept.typed.replace("'", "").isalpha():
        return ""
    near = held.corrected(concept.typed, spelling.suggestions)
    for word in near:
        add_reading(concept, word, CORRECTED)
    return near[0] if near else ""


def _ranked(
    look: Lookup, asked: Query, concepts: Sequence[Concept], language: str, chosen: Mapping[str, Sequence[str]]
) -> ranking.Ranked:
    if asked:
        return ranking.rank(look, asked, concepts, language)
    return ranking.everything(look.view) if chosen else ranking.nothing(look.view)


def _facets(
    held: View, ranked: ranking.Ranked, chosen: Mapping[str, Sequence[str]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Values with their counts, each facet as if nothing of its own were chosen; a chosen one stays even at zero."""
    counted = held.facets.counts(ranked.members & ranking.filtered(held, chosen))
    shown = {}
    for name in sorted({*held.facets.groups, *chosen}):
        but = ranked.members & ranking.filtered(held, chosen, but=name) if name in chosen else None
        counts = counted if but is None else held.facets.counts(but)
        shown[name] = _most(held.facets, name, counts, chosen.get(name, ()))
    return shown


def _most(facets: Facets, name: str, counts: Counts, chosen: Sequence[str]) -> tuple[FacetValue, ...]:
    """Every chosen value and the commonest of the others, by their counts."""
    numbers = facets.groups.get(name, _NO_VALUES)
    common = numbers[
        np.argsort(-counts[numbers], kind="stable")[:_VALUES]
    ]  # the numbers are in the order of their values
    told = {value: int(counts[number]) if (number := facets.number(name, value)) is not None else 0 for value in chosen}
    for number in common:
        if len(told) < _VALUES and counts[number]:
            told.setdefault(facets.names[number][1], int(counts[number]))
    values = [FacetValue(value, count, value in chosen) for value, count in told.items()]
    return tuple(sorted(values, key=lambda one: (-one.count, one.value)))


def _hits(places: Sequence[tuple[int, int]], concepts: Sequence[Concept], language: str) -> dict[int, Hit]:
    """What is told of records, by their places and in their order; those that went meanwhile are left out."""
    rows, wanted = _rows([place for place, _ in places]), wanted_by(concepts)
    found = {}
    for place, score in places:
        if place in rows:
            kind, record_id, address, *kept = rows[place]
            told = explain(concepts, wanted, _stored(*kept), language)
            found[place] = _hit((kind, record_id, address), told, score, language)
    return found


def _rows(places: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """What is kept of records, by their place; asked by every search, so without the ORM."""
    if not places:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT.format(", ".join(["%s"] * len(places))), places)
        return {row[0]: row[1:] for row in cursor}


def _stored(titles: str, texts: str, words: bytes | memoryview) -> Stored:
    passages = [Passage(Part(part), lang, text) for part, lang, text in json.loads(texts)]
    return Stored(json.loads(titles), passages, inflated(words) if words else written_down(spoken(passages)))


def _hit(name: tuple[str, str, str], told: Explained, score: int, language: str) -> Hit:
    kind, record_id, address = name
    return Hit(
        kind=kind,
        record_id=record_id,
        address=address.replace("{lang}", language),
        title=told.title,
        title_lang=told.title_lang,
        snippet=told.snippet,
        snippet_lang=told.snippet_lang,
        score=score,
        reasons=told.reasons,
    )


def _readings(look: Lookup, concepts: Sequence[Concept], corrected: str, *, used: bool) -> tuple[Reading, ...]:
    """Whole queries of each other reading, all or those that some record answers to; other words stay as they were typed."""
    found = []
    for why in (KEYBOARD, SCRIPT):
        others = [_other(look, concept, why, used=used) for concept in concepts]
        if any(others):
            words = [other or concept.typed for other, concept in zip(others, concepts, strict=True)]
            found.append(Reading(why, " ".join(words)))
    return (*found, *([Reading(CORRECTED, corrected)] if corrected else []))


def _other(look: Lookup, concept: Concept, why: str, *, used: bool) -> str:
    """The first reading of this kind, or an empty text; an expanded one is in use by what it led to."""
    ways = [way for way in concept.ways if way.why == why]
    answered = (way.text for way in ways if not used or look.answers(way))
    return next(answered, ways[0].text if ways and concept.led_to else "")
