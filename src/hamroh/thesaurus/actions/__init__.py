"""Writes on vocabularies."""

from hamroh.thesaurus.actions.imports import import_scheme, index_labels, reindex_labels

__all__ = ["import_scheme", "index_labels", "reindex_labels"]
