"""Keeps the public index in step with entries, inside the transaction that changes them."""

from collections.abc import Iterable

from hamroh.directory.models import Party, Service
from hamroh.directory.selectors.documents import PARTY, SERVICE, search_documents
from hamroh.search.actions import index_documents, remove_documents


def index_parties(parties: Iterable[Party]) -> None:
    """Write or take out parties with all their services, which carry the party's names and stand or fall with it."""
    rows = list(parties)
    index_entries([*rows, *Service.objects.filter(party__in=rows)])


def index_entries(entries: Iterable[Party | Service]) -> None:
    """Write those that are public and take the others out."""
    known = {(PARTY if isinstance(entry, Party) else SERVICE, entry.code) for entry in entries}
    documents = list(search_documents([code for _kind, code in known]))
    index_documents(documents)
    hidden = known - {(document.kind, document.record_id) for document in documents}
    for kind in (PARTY, SERVICE):
        if codes := [code for of, code in hidden if of == kind]:
            remove_documents(kind, codes)
