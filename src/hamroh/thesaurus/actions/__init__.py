"""Writes on vocabularies."""

from hamroh.thesaurus.actions.editing import (
    EditRefused,
    add_broader,
    add_concept,
    add_label,
    remove_broader,
    retire_concept,
)
from hamroh.thesaurus.actions.imports import import_scheme, index_labels, reindex_labels
from hamroh.thesaurus.actions.indexing import index_scheme
from hamroh.thesaurus.actions.starter import load_starter_vocabulary

__all__ = [
    "EditRefused",
    "add_broader",
    "add_concept",
    "add_label",
    "import_scheme",
    "index_labels",
    "index_scheme",
    "load_starter_vocabulary",
    "reindex_labels",
    "remove_broader",
    "retire_concept",
]
