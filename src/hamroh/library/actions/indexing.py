"""Keeps the public index in step with records, inside the transaction that changes them."""

from collections.abc import Iterable

from django.db.models import Q

from hamroh.library.models import Record
from hamroh.library.selectors.documents import RECORD, record_documents
from hamroh.search.actions import index_documents, remove_documents


def index_records(records: Iterable[Record]) -> None:
    """Write those that are public and take the others out; what lies in them stands or falls with them.

    Of a record that is no more than written down nothing is in the index: `reindex` passes it by.
    """
    ids = [record.pk for record in records]
    within = Q(pk__in=ids) | Q(part_of__in=ids) | Q(part_of__part_of__in=ids)
    codes = set(Record.objects.filter(within).values_list("code", flat=True))
    documents = list(record_documents(codes))
    index_documents(documents)
    if hidden := codes - {document.record_id for document in documents}:
        remove_documents(RECORD, sorted(hidden))


def reindex(record: Record) -> None:
    """After a change of what a record says: a draft is in no index, and what was taken back is gone from it."""
    if record.is_public:
        index_records([record])
