"""What the public index is told of the archive: descriptions as far as the catalogue goes, words as far as they may be read here."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from hamroh.archive.models import Level, Segment, Transcript, Unit
from hamroh.archive.selectors.facts import is_described, spans_of
from hamroh.archive.selectors.public import Shown, places_above, shown
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.kernel.consented import Scope, Span
from hamroh.search.documents import Document, Part, Passage
from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, LabelKind

ARCHIVE = "archive"
_ITEM, _WHOLE = 0.7, 0.5


def search_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Documents of all that is public here, or of units with these codes."""
    rows = Unit.objects.all() if codes is None else Unit.objects.filter(code__in=list(codes))
    yield from map(_document, shown(_whole(rows)))


def _whole(rows: Any) -> Any:
    above = Prefetch("ancestry", UnitAncestor.objects.select_related("ancestor"))
    places = AdminUnit.objects.prefetch_related(above)
    labels = Prefetch("labels", Label.objects.exclude(kind=LabelKind.HIDDEN))
    concepts = Concept.objects.prefetch_related(
        labels, Prefetch("ancestry", ConceptAncestor.objects.select_related("ancestor"))
    )
    segments = Segment.objects.prefetch_related(Prefetch("concepts", concepts), Prefetch("place", places))
    return rows.order_by("code").prefetch_related(
        Prefetch("places", places), Prefetch("subjects", concepts), Prefetch("segments", segments),
        Prefetch("transcripts", Transcript.objects.prefetch_related("cues")),
    )  # fmt: skip


def _document(one: Shown) -> Document:
    unit = one.unit
    segments = [each for each, span in spans_of(unit, unit.segments.all()) if is_described(one.public, span)]
    concepts = {
        each.pk: each for rows in (unit.subjects.all(), *(row.concepts.all() for row in segments)) for each in rows
    }
    places = [*unit.places.all(), *(each.place for each in segments if each.place)]
    passages = [
        *(each for names in one.names for each in _said(Part.NAME, names)),
        *(Passage(Part.SUBJECT, row.lang, row.text) for each in concepts.values() for row in each.labels.all()),
        *(each for place in places for each in _said(Part.SUBJECT, place.names)),
        *(
            each
            for row in segments
            for texts in (row.titles, row.synopses, _joined(row.keywords))
            for each in _said(Part.BODY, texts)
        ),
        *_words(one),
    ]
    return Document(
        kind=ARCHIVE, record_id=unit.code, address=f"/{{lang}}/archive/u/{unit.code}/", titles=unit.titles,
        passages=list(dict.fromkeys(passages)), summaries=unit.abouts, quality=_ITEM if unit.level == Level.ITEM else _WHOLE,
        facets={
            "kind": [ARCHIVE], "room": [ARCHIVE], "subject": sorted({row.ancestor.key for each in concepts.values() for row in each.ancestry.all()} | {each.key for each in concepts.values()}),
            "place": places_above(places), "year": [unit.date_from[:4]] if unit.date_from[:4].isdigit() else [],
        }, last_date=one.public.until,
    )  # fmt: skip


def _words(one: Shown) -> Iterator[Passage]:
    """Transcripts, each as one text, where they may be read by everybody."""
    if one.is_online:
        for each in one.unit.transcripts.all():
            cues = (cue.text for cue in each.cues.all() if one.public.shows(Scope.ONLINE, Span(cue.start, cue.end)))
            yield Passage(Part.BODY, each.lang, "\n".join(cues))


def _said(part: Part, texts: Mapping[str, str]) -> Iterator[Passage]:
    return (Passage(part, lang, text) for lang, text in texts.items() if text)


def _joined(words: Mapping[str, Any]) -> dict[str, str]:
    return {lang: "\n".join(each) for lang, each in words.items()}
