"""Writes of the index. They join the transaction of the record they tell of: both commit, or neither."""

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.search import backends, spelling
from hamroh.search.documents import Document, Passage
from hamroh.search.models import Change, Content, Record, Word, WordKey
from hamroh.search.tokens import (
    Said,
    batched,
    deflated,
    inflated,
    passages,
    spelt_words,
    spoken,
    storable,
    tokens_in,
    written_down,
)
from hamroh.vault import journal

_BATCH = 500
_CHANGES_KEPT = 1000
#: when records were first told of, by kind and id
_Arrivals = dict[tuple[str, str], dt.datetime]


@dataclass(frozen=True)
class _Row:
    """A record ready to be written: analysed before the transaction holds the database."""

    document: Document
    passages: Sequence[Passage]
    said: Sequence[Said]
    tokens: Sequence[str]


def index_documents(documents: Iterable[Document]) -> int:
    """Put records into the index, each in place of what was known of it; returns how many."""
    return _indexed(documents, None)


def _indexed(documents: Iterable[Document], arrivals: _Arrivals | None) -> int:
    written = 0
    for some in batched(documents, _BATCH):
        rows = [_analysed(document) for document in some]
        with transaction.atomic():
            _replace(rows, arrivals)
        written += len(rows)
    return written


def remove_documents(kind: str, ids: Iterable[Any]) -> int:
    """Take records out; from the commit on, no search of any process finds them. Returns how many were there."""
    with transaction.atomic():
        backends.store().lock()
        gone = _take_out(*((kind, str(one)) for one in ids))
        if gone:
            _log(came=0, removed=gone)
    return len(gone)


#: tables in which a record that was taken out may leave dead rows
TABLES = ("search_tokens", "search_record", "search_content", "search_word", "search_wordkey")


def erase_documents(kind: str, ids: Iterable[Any]) -> int:
    """Take records out so that none of their words stays in the files of the database; returns how many were there.

    Slower than ``remove_documents``: for what somebody has a right to have forgotten. PostgreSQL's dead rows go by VACUUM
    (``vault.erasure.scrub``) once it is committed.
    """
    gone = remove_documents(kind, ids)
    backends.store().forget()
    return gone


def rebuild(producers: Iterable[Callable[[], Iterable[Document]]], *, actor: Any = None) -> int:
    """Write the whole index anew from what the producers hand in; readers see the old one until it is whole.

    ``actor`` is None where the installation itself acts. Returns the number of records.
    """
    if actor is not None:
        policy.require(actor, "search.rebuild")
    with transaction.atomic():
        backends.store().lock()
        arrivals = _arrivals(Record.objects.all())
        _empty()
        written = sum(_indexed(producer(), arrivals) for producer in producers)
        last = Change.objects.order_by("-id").first() or _log(came=0, removed=[])
        journal.record(actor=actor, verb="search.rebuild", about=last, facts={"records": written})
    return written


def _analysed(document: Document) -> _Row:
    texts = passages(document)
    said = spoken(texts)
    return _Row(document, texts, said, tokens_in(texts, said))


def _replace(rows: Sequence[_Row], arrivals: _Arrivals | None) -> None:
    store = backends.store()
    store.lock()
    if not Change.objects.exists():
        _empty()
    names = {(row.document.kind, row.document.record_id): row for row in rows}
    came = arrivals if arrivals is not None else _arrivals(_named(names))
    removed = _take_out(*names)
    first = _log(came=len(names), removed=removed).first
    placed = list(enumerate(names.values(), start=first))
    Record.objects.bulk_create([_record(place, row, came) for place, row in placed], batch_size=100)
    Content.objects.bulk_create([_content(place, row) for place, row in placed], batch_size=100)
    store.put((place, " ".join(row.tokens)) for place, row in placed)
    spelling.add_words(Counter(word for row in names.values() for word in spelt_words(row.tokens)))


def _take_out(*names: tuple[str, str]) -> list[int]:
    """Remove what is known of these (kind, record_id); returns the places that fell free."""
    found = [place for some in batched(names, 200) for place in _places_of(some)]
    for some in batched(found, _BATCH):
        rows = Content.objects.filter(place__in=some).values_list("place", "tokens")
        contents = {place: inflated(tokens) for place, tokens in rows}
        backends.store().drop(contents.items())
        spelling.remove_words(Counter(word for tokens in contents.values() for word in spelt_words(tokens.split())))
        Content.objects.filter(place__in=some).delete()
        Record.objects.filter(place__in=some).delete()
    return found


def _places_of(names: Iterable[tuple[str, str]]) -> QuerySet[Record, int]:
    return _named(names).order_by("place").values_list("place", flat=True)


def _named(names: Iterable[tuple[str, str]]) -> QuerySet[Record]:
    wanted = Q()
    for kind, record_id in names:
        wanted |= Q(kind=kind, record_id=record_id)
    return Record.objects.filter(wanted)


def _arrivals(records: QuerySet[Record]) -> _Arrivals:
    rows = records.values_list("kind", "record_id", "came_at")
    return {(kind, record_id): came_at for kind, record_id, came_at in rows.iterator()}


def _log(*, came: int, removed: list[int]) -> Change:
    last = Change.objects.order_by("-id").first()
    first = last.next if last else 0
    change = Change.objects.create(stamp=uuid.uuid4().hex, first=first, next=first + came, removed=removed)
    Change.objects.filter(id__lte=change.pk - _CHANGES_KEPT).delete()
    return change


def _empty() -> None:
    backends.store().clear()
    for model in (Record, Content, Word, WordKey, Change):
        model.objects.all().delete()


def _record(place: int, row: _Row, came: _Arrivals) -> Record:
    document = row.document
    return Record(
        place=place,
        kind=document.kind,
        record_id=document.record_id,
        quality=round(127 * min(1.0, max(0.0, document.quality))),
        tie=int.from_bytes(hashlib.sha256(f"{document.kind}/{document.record_id}".encode()).digest()[:3]),
        facets="\n".join(f"{name}={value}" for name, value in sorted(_facets(row))),
        last_date=document.last_date,
        came_at=came.get((document.kind, document.record_id)) or timezone.now(),
    )


def _facets(row: _Row) -> set[tuple[str, str]]:
    """Facet values of a record; its kind and its languages are among them by themselves."""
    own = {(name, str(value)) for name, found in row.document.facets.items() for value in found}
    langs = {("language", passage.lang) for passage in row.passages}
    if broken := [value for _, value in own if "\n" in value]:
        raise ValueError(f"A facet value is one line, unlike {broken[0]!r}")
    return own | langs | {("kind", row.document.kind)}


def _content(place: int, row: _Row) -> Content:
    return Content(
        place=place,
        address=row.document.address,
        titles={lang: storable(text) for lang, text in row.document.titles.items()},
        passages=[[passage.part, passage.lang, passage.text] for passage in row.passages],
        tokens=deflated(" ".join(row.tokens)),
        words=deflated(written_down(row.said)),
    )
