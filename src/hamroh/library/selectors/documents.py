"""What the public index is told of records: nothing that is not public."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.library.models import LEGAL_KINDS, Attachment, FullText, Record, RecordKind, Subject
from hamroh.search.documents import Document, Part, Passage
from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, LabelKind
from hamroh.web.batches import in_batches

RECORD, ROOM = "record", "library"
#: a page of a file says less of a record than its own words; of a long file the index holds this much
_MOST_FULL_TEXT = 600_000
_QUALITY = {RecordKind.ISSUE: 0.7, RecordKind.SERIES: 0.6, RecordKind.LAW: 0.7, RecordKind.INSTRUMENT: 0.7}
_HARVESTED = 0.4


def search_documents() -> Iterator[Document]:
    """Documents of all public records."""
    return record_documents()


def record_documents(codes: Iterable[str] | None = None) -> Iterator[Document]:
    """Documents of public records: all, or those with these codes."""
    rows = Record.objects.public()
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    for record in in_batches(_loaded(rows), 200):
        yield _document(record)


def _loaded(rows: QuerySet[Record]) -> QuerySet[Record]:
    ancestry = Prefetch("ancestry", UnitAncestor.objects.select_related("ancestor"))
    above = Prefetch("ancestry", ConceptAncestor.objects.select_related("ancestor"))
    labels = Prefetch("labels", Label.objects.exclude(kind=LabelKind.HIDDEN))  # these are found by, never shown
    concepts = Prefetch("concept", Concept.objects.prefetch_related(labels, above))
    texts = Prefetch("texts", FullText.objects.order_by("page"))
    files = Prefetch(
        "attachments", Attachment.objects.filter(is_open=True).prefetch_related(texts), to_attr="open_files"
    )
    return rows.select_related("act__country", "publisher", "part_of").prefetch_related(
        Prefetch("subjects", Subject.objects.prefetch_related(concepts)),
        Prefetch("units", AdminUnit.objects.prefetch_related(ancestry)),
        Prefetch("act__country", AdminUnit.objects.prefetch_related(ancestry)),
        "contributions", files,
    )  # fmt: skip


def _document(record: Record) -> Document:
    concepts = [each.concept for each in record.subjects.all()]
    units = _units(record)
    passages = [
        *_said(Part.TITLE, record.titles),
        *(each for one in record.contributions.all() for each in _said(Part.NAME, one.names)),
        *(Passage(Part.SUBJECT, label.lang, label.text) for concept in concepts for label in concept.labels.all()),
        *(each for unit in units for each in _said(Part.BODY, unit.names)),
        *_said(Part.BODY, record.abstracts),
        *_full_text(record),
    ]
    return Document(
        kind=RECORD,
        record_id=record.code,
        address=f"/{{lang}}/library/{record.code}/",
        titles=record.titles,
        passages=list(dict.fromkeys(passages)),
        summaries=record.abstracts,
        facets=_facets(record, concepts, units),
        quality=_HARVESTED if record.origin_id else _QUALITY.get(RecordKind(record.kind), 0.5),
    )


def _facets(record: Record, concepts: list[Concept], units: list[AdminUnit]) -> Mapping[str, list[str]]:
    own = {concept.key for concept in concepts}
    above = {row.ancestor.key for concept in concepts for row in concept.ancestry.all()}
    year = record.sort_date.year if record.sort_date else ""
    return {
        "room": [ROOM],
        "kind": [record.kind],
        "subject": sorted(own | above),
        "place": sorted({row.ancestor.key for unit in units for row in unit.ancestry.all()}),
        "year": [str(year)] if year else [],
        "language": sorted(record.languages),
    }


def _units(record: Record) -> list[AdminUnit]:
    own = list(record.units.all())
    act = record.act if record.kind in LEGAL_KINDS and hasattr(record, "act") else None
    return [*own, *([act.country] if act and act.country else [])]


def _full_text(record: Any) -> Iterator[Passage]:
    """The pages of its open files, as far as the index holds them."""
    left = _MOST_FULL_TEXT
    for file in record.open_files:
        for page in file.texts.all():
            if left <= 0:
                return
            yield Passage(Part.BODY, page.lang or file.language or "en", page.text[:left])
            left -= len(page.text)


def _said(part: Part, texts: Mapping[str, str]) -> Iterator[Passage]:
    return (Passage(part, lang, text) for lang, text in texts.items() if text)
