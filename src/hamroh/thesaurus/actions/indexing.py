"""Handing concepts to the public index."""

from typing import Any

from hamroh.search.actions import index_documents, remove_documents
from hamroh.thesaurus import selectors
from hamroh.thesaurus.models import Concept, Status
from hamroh.thesaurus.selectors.documents import KIND


def index_scheme(*, actor: Any, code: str) -> int:  # noqa: ARG001 - what it reads and writes is public
    """Bring the index up to date with one vocabulary; answers with the number of concepts in it."""
    gone = Concept.objects.filter(scheme__code=code, status=Status.DEPRECATED).values_list("key", flat=True)
    remove_documents(KIND, list(gone))
    return index_documents(selectors.search_documents(scheme=code))
