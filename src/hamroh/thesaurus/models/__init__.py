"""Schemes in layers, their concepts, labels, relations, notes and groups."""

from hamroh.thesaurus.models.concepts import (
    Concept,
    ConceptAncestor,
    ConceptQuerySet,
    Group,
    GroupMember,
    Layer,
    Mapping,
    Match,
    Note,
    NoteKind,
    Relation,
    RelationKind,
    Scheme,
    Statement,
    Status,
)
from hamroh.thesaurus.models.labels import Label, LabelKey, LabelKind, LabelStart

__all__ = [
    "Concept",
    "ConceptAncestor",
    "ConceptQuerySet",
    "Group",
    "GroupMember",
    "Label",
    "LabelKey",
    "LabelKind",
    "LabelStart",
    "Layer",
    "Mapping",
    "Match",
    "Note",
    "NoteKind",
    "Relation",
    "RelationKind",
    "Scheme",
    "Statement",
    "Status",
]
