"""Writes on vocabularies."""

from hamroh.thesaurus.actions.describing import (
    add_group,
    add_mapping,
    add_note,
    put_into_group,
    remove_group,
    remove_mapping,
    remove_note,
    take_out_of_group,
)
from hamroh.thesaurus.actions.editing import (
    add_concept,
    add_label,
    approve_concept,
    edit_label,
    remove_label,
    retire_concept,
    set_notation,
)
from hamroh.thesaurus.actions.imports import import_scheme, index_labels, reindex_labels
from hamroh.thesaurus.actions.indexing import index_concepts, index_scheme
from hamroh.thesaurus.actions.mending import mend
from hamroh.thesaurus.actions.relating import add_broader, add_relation, remove_broader, remove_relation
from hamroh.thesaurus.actions.releasing import release_scheme
from hamroh.thesaurus.actions.starter import load_starter_vocabulary
from hamroh.thesaurus.actions.starting import start_layer
from hamroh.thesaurus.actions.suggesting import decide, discuss, suggest, suggest_publicly, vote, withdraw
from hamroh.thesaurus.actions.writing import EditedMeanwhile, EditRefused

__all__ = [
    "EditRefused",
    "EditedMeanwhile",
    "add_broader",
    "add_concept",
    "add_group",
    "add_label",
    "add_mapping",
    "add_note",
    "add_relation",
    "approve_concept",
    "decide",
    "discuss",
    "edit_label",
    "import_scheme",
    "index_concepts",
    "index_labels",
    "index_scheme",
    "load_starter_vocabulary",
    "mend",
    "put_into_group",
    "reindex_labels",
    "release_scheme",
    "remove_broader",
    "remove_group",
    "remove_label",
    "remove_mapping",
    "remove_note",
    "remove_relation",
    "retire_concept",
    "set_notation",
    "start_layer",
    "suggest",
    "suggest_publicly",
    "take_out_of_group",
    "vote",
    "withdraw",
]
