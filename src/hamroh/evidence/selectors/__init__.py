"""Reads of figures and profiles."""

from hamroh.evidence.selectors.comparing import (
    comparable_concepts,
    comparison,
    parts_of,
    places_with,
    revisions,
    slot_table,
    slots_in_use,
)
from hamroh.evidence.selectors.data import edition_data, figures_of, findings, kernel_profile, vocabulary_data
from hamroh.evidence.selectors.documents import (
    search_documents,
)
from hamroh.evidence.selectors.estimates import (
    EstimateSet,
    desk_estimate_set,
    desk_estimate_sets,
    disagreements,
    estimate_set,
    estimate_sets,
)
from hamroh.evidence.selectors.figures import (
    counted_sources,
    figure_page,
    public_sources,
    source_page,
)
from hamroh.evidence.selectors.public import (
    end_of,
    holding,
    public_choices,
    public_observations,
    published_edition,
)
from hamroh.evidence.selectors.published import (
    frozen_content,
    fullness,
    newest_editions,
    places_of,
    published_editions,
)
from hamroh.evidence.selectors.searching import found, kinds

__all__ = [
    "EstimateSet",
    "comparable_concepts",
    "comparison",
    "counted_sources",
    "desk_estimate_set",
    "desk_estimate_sets",
    "disagreements",
    "edition_data",
    "end_of",
    "estimate_set",
    "estimate_sets",
    "figure_page",
    "figures_of",
    "findings",
    "found",
    "frozen_content",
    "fullness",
    "holding",
    "kernel_profile",
    "kinds",
    "newest_editions",
    "parts_of",
    "places_of",
    "places_with",
    "public_choices",
    "public_observations",
    "public_sources",
    "published_edition",
    "published_editions",
    "revisions",
    "search_documents",
    "slot_table",
    "slots_in_use",
    "source_page",
    "vocabulary_data",
]
