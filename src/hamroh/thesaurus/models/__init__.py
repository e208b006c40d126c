"""Schemes in layers, their concepts, labels, relations and notes."""

from hamroh.thesaurus.models.concepts import (
    Concept,
    ConceptAncestor,
    ConceptQuerySet,
    Label,
    Mapping,
    Note,
    Relation,
    Scheme,
)

__all__ = ["Concept", "ConceptAncestor", "ConceptQuerySet", "Label", "Mapping", "Note", "Relation", "Scheme"]
