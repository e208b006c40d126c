"""Writes on figures and profiles."""

from hamroh.evidence.actions.loading import load_profile, load_sources
from hamroh.evidence.actions.recording import (
    RecordingRefused,
    prefer,
    record_observation,
    record_source,
)
from hamroh.evidence.actions.vocabulary import load_vocabulary

__all__ = [
    "RecordingRefused",
    "load_profile",
    "load_sources",
    "load_vocabulary",
    "prefer",
    "record_observation",
    "record_source",
]
