"""Keeps the public index in step with what is published, inside the transaction that publishes it."""

from hamroh.evidence.models import Edition
from hamroh.evidence.selectors.documents import (
    EDITION,
    edition_documents,
    measure_documents,
    source_documents,
)
from hamroh.search.actions import index_documents, remove_documents


def index_edition(edition: Edition) -> None:
    """Write a published edition, the older ones of its country, and what its figures count and rest on; take out one that is withdrawn."""
    codes = set(Edition.objects.filter(profile=edition.profile_id).values_list("code", flat=True))
    documents = list(edition_documents(codes))
    index_documents(documents)
    if gone := codes - {each.record_id for each in documents}:
        remove_documents(EDITION, gone)
    index_figures()


def index_figures() -> None:
    """Write what public figures count and where they come from, as after an import."""
    index_documents(measure_documents())
    index_documents(source_documents())
