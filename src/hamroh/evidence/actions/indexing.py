"""Keeps the public index in step with what is published, inside the transaction that publishes it."""

from collections.abc import Callable, Iterable

from hamroh.evidence.models import Edition
from hamroh.evidence.selectors.documents import (
    EDITION,
    MEASURE,
    SOURCE,
    edition_documents,
    measure_documents,
    source_documents,
)
from hamroh.evidence.selectors.published import frozen_content
from hamroh.search.actions import index_documents, remove_documents
from hamroh.search.documents import Document


def index_edition(edition: Edition) -> None:
    """Write a published edition, the older ones of its country, and what its own figures count and rest on; take out what is public no more."""
    codes = set(Edition.objects.filter(profile=edition.profile_id).values_list("code", flat=True))
    documents = list(edition_documents(codes))
    index_documents(documents)
    if gone := codes - {each.record_id for each in documents}:
        remove_documents(EDITION, gone)
    made = frozen_content(edition)
    _renew(MEASURE, {each["concept"] for each in made["figures"].values()}, measure_documents)
    _renew(SOURCE, set(made["sources"]), source_documents)


def _renew(kind: str, names: set[str], told: Callable[[set[str]], Iterable[Document]]) -> None:
    """Write these anew, and take out those of them that nothing public names any more."""
    documents = list(told(names))
    index_documents(documents)
    if gone := names - {str(each.record_id) for each in documents}:
        remove_documents(kind, gone)


def index_figures() -> None:
    """Write what public figures count and where they come from, as after an import."""
    index_documents(measure_documents())
    index_documents(source_documents())
