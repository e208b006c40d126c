"""Reads of vocabularies."""

from hamroh.thesaurus.selectors.drafts import Plan, concepts_below, draft_of, import_plan

__all__ = ["Plan", "concepts_below", "draft_of", "import_plan"]
