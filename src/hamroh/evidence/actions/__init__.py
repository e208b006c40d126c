"""Writes on figures and profiles."""

from hamroh.evidence.actions.answering import answer_finding, take_answer_back
from hamroh.evidence.actions.editing import (
    EditedMeanwhile,
    EditRefused,
    add_block,
    copy_edition,
    edit_block,
    edit_front,
    move_block,
    place_block,
    remove_block,
    require_unfrozen,
    restore_block,
    start_profile,
)
from hamroh.evidence.actions.importing import Release, import_figures, keep_mapping
from hamroh.evidence.actions.loading import load_profile, load_sources
from hamroh.evidence.actions.recording import (
    RecordingRefused,
    prefer,
    record_observation,
    record_source,
)
from hamroh.evidence.actions.templates import load_template
from hamroh.evidence.actions.vocabulary import load_vocabulary

__all__ = [
    "EditRefused",
    "EditedMeanwhile",
    "RecordingRefused",
    "Release",
    "add_block",
    "answer_finding",
    "copy_edition",
    "edit_block",
    "edit_front",
    "import_figures",
    "keep_mapping",
    "load_profile",
    "load_sources",
    "load_template",
    "load_vocabulary",
    "move_block",
    "place_block",
    "prefer",
    "record_observation",
    "record_source",
    "remove_block",
    "require_unfrozen",
    "restore_block",
    "start_profile",
    "take_answer_back",
]
