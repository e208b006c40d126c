"""Concepts as the public index sees them."""

from collections.abc import Iterable, Iterator

from hamroh.kernel.vocabulary import READ
from hamroh.search.documents import Document, Part, Passage
from hamroh.thesaurus.models import Concept, LabelKind, NoteKind
from hamroh.web.batches import in_batches

KIND = "concept"
_QUALITY = 0.4  # below a record that answers a question itself


def search_documents(keys: Iterable[str] | None = None, *, scheme: str = "") -> Iterator[Document]:
    """Documents of the concepts in use: all, or those with these keys, or those of one scheme."""
    rows = Concept.objects.in_use().select_related("scheme").prefetch_related("labels", "notes")
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    if scheme:
        rows = rows.filter(scheme__code=scheme)
    for concept in in_batches(rows):
        labels = [label for label in concept.labels.all() if label.lang in READ]
        notes = [note for note in concept.notes.all() if note.lang in READ and note.kind != NoteKind.EDITORIAL]
        titles = {label.lang: label.text for label in labels if label.kind == LabelKind.PREFERRED}
        if not titles:
            continue
        yield Document(
            kind=KIND,
            record_id=concept.key,
            address=f"/{{lang}}/thesaurus/{concept.scheme.code}/c/{concept.key}/",
            titles=titles,
            passages=[
                *(Passage(Part.TITLE, lang, text) for lang, text in titles.items()),
                *(Passage(Part.NAME, row.lang, row.text) for row in labels if row.kind != LabelKind.PREFERRED),
                *(Passage(Part.BODY, note.lang, note.text) for note in notes),
            ],
            summaries={note.lang: note.text for note in notes if note.kind in (NoteKind.DEFINITION, NoteKind.SCOPE)},
            facets={"kind": [KIND], "room": ["thesaurus"], "scheme": [concept.scheme.code]},
            quality=_QUALITY,
        )
