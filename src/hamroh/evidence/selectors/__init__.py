"""Reads of figures and profiles."""

from hamroh.evidence.selectors.data import edition_data, figures_of, findings, kernel_profile, vocabulary_data
from hamroh.evidence.selectors.public import (
    holding,
    public_choices,
    public_observations,
    published_edition,
)
from hamroh.evidence.selectors.published import newest_editions, published_editions

__all__ = [
    "edition_data",
    "figures_of",
    "findings",
    "holding",
    "kernel_profile",
    "newest_editions",
    "public_choices",
    "public_observations",
    "published_edition",
    "published_editions",
    "vocabulary_data",
]
