"""Reads of figures and profiles."""

from hamroh.evidence.selectors.data import edition_data, figures_of, findings, kernel_profile, vocabulary_data

__all__ = ["edition_data", "figures_of", "findings", "kernel_profile", "vocabulary_data"]
