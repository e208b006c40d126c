"""Handing concepts to the public index."""

from collections.abc import Iterable
from typing import Any

from hamroh.search.actions import index_documents, remove_documents
from hamroh.thesaurus import selectors, usage
from hamroh.thesaurus.models import Concept, Status
from hamroh.thesaurus.selectors.documents import KIND


def index_scheme(*, actor: Any, code: str) -> int:  # noqa: ARG001 - what it reads and writes is public
    """Bring the index up to date with one vocabulary; answers with the number of concepts in it."""
    gone = Concept.objects.filter(scheme__code=code, status=Status.DEPRECATED).values_list("key", flat=True)
    remove_documents(KIND, list(gone))
    return index_documents(selectors.search_documents(scheme=code))


def index_concepts(concepts: Iterable[Concept]) -> None:
    """Write concepts that are in use, take out the others, and bring the records that use them up to date."""
    rows = list(concepts)
    documents = list(selectors.search_documents([row.key for row in rows]))
    index_documents(documents)
    if gone := {row.key for row in rows} - {document.record_id for document in documents}:
        remove_documents(KIND, sorted(gone))
    index_users([row.pk for row in rows])


def index_users(concepts: Iterable[Any]) -> None:
    """Records of the rooms carry the labels of their concepts and the keys of what is broader: write them anew."""
    ids = list(concepts)
    for room in usage.users() if ids else ():
        room.index_concept_users(concepts=ids)
