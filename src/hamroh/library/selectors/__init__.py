"""Reads of the library: what is public for everybody, what is on the desk for who may see it."""

from hamroh.library.selectors.desk import (
    alike,
    copies_by_region,
    copies_in_all,
    distributions,
    record_on_desk,
    records_on_desk,
    subjects_on_desk,
)
from hamroh.library.selectors.documents import search_documents
from hamroh.library.selectors.facts import record_facts
from hamroh.library.selectors.public import (
    RecordPage,
    citable,
    citables,
    law_countries,
    laws_of,
    newest,
    of_kind,
    open_file,
    public_records,
    record_page,
    shelves,
    subjects_of,
)
from hamroh.library.selectors.searching import FACETS, Found, found
from hamroh.library.selectors.suggesting import Suggestion, suggested_subjects

__all__ = [
    "FACETS",
    "Found",
    "RecordPage",
    "Suggestion",
    "alike",
    "citable",
    "citables",
    "copies_by_region",
    "copies_in_all",
    "distributions",
    "found",
    "law_countries",
    "laws_of",
    "newest",
    "of_kind",
    "open_file",
    "public_records",
    "record_facts",
    "record_on_desk",
    "record_page",
    "records_on_desk",
    "search_documents",
    "shelves",
    "subjects_of",
    "subjects_on_desk",
    "suggested_subjects",
]
