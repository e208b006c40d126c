"""Reads of the archive. What is public passes ``facts.public_of``."""

from hamroh.archive.selectors.documents import search_documents
from hamroh.archive.selectors.facts import public_of, with_facts
from hamroh.archive.selectors.public import (
    Shown,
    Told,
    media_of,
    moments,
    newest,
    parts_of,
    released_units,
    shown,
    shown_unit,
    taught,
    told,
    tops,
    with_parts,
)

__all__ = [
    "Shown", "Told", "media_of", "moments", "newest", "parts_of", "public_of", "released_units", "search_documents", "shown", "shown_unit", "taught", "told",
    "tops", "with_facts", "with_parts",
]  # fmt: skip
