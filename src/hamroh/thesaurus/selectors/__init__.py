"""Reads of vocabularies: all of it is public."""

from hamroh.thesaurus.selectors.browse import (
    Alphabet,
    GroupLine,
    IndexLine,
    SchemeLine,
    group,
    groups,
    letter,
    letters,
    scheme,
    scheme_line,
    schemes,
    tree,
)
from hamroh.thesaurus.selectors.concepts import ConceptPage, concept_by, concept_page, keys_above
from hamroh.thesaurus.selectors.documents import search_documents
from hamroh.thesaurus.selectors.drafts import Plan, concepts_below, draft_of, import_plan
from hamroh.thesaurus.selectors.memory import warm
from hamroh.thesaurus.selectors.names import ConceptLine, Name, names
from hamroh.thesaurus.selectors.queries import Found, Recognised, concept_lookup, expansions, recognised

__all__ = [
    "Alphabet",
    "ConceptLine",
    "ConceptPage",
    "Found",
    "GroupLine",
    "IndexLine",
    "Name",
    "Plan",
    "Recognised",
    "SchemeLine",
    "concept_by",
    "concept_lookup",
    "concept_page",
    "concepts_below",
    "draft_of",
    "expansions",
    "group",
    "groups",
    "import_plan",
    "keys_above",
    "letter",
    "letters",
    "names",
    "recognised",
    "scheme",
    "scheme_line",
    "schemes",
    "search_documents",
    "tree",
    "warm",
]
