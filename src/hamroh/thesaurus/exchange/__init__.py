"""Vocabularies in and out: SKOS and SKOS-XL in Turtle, N-Triples, RDF/XML and JSON-LD, sheets for people."""

from hamroh.thesaurus.drafts import DraftRefused
from hamroh.thesaurus.exchange.exporting import FORMS, about, export, export_concept, kept_export
from hamroh.thesaurus.exchange.importing import Outcome, Reason, import_file, reasons
from hamroh.thesaurus.exchange.opening import LARGEST_FILE
from hamroh.thesaurus.exchange.rdf import MEDIA_TYPES, parse, same_graph, serialise

__all__ = [
    "FORMS",
    "LARGEST_FILE",
    "MEDIA_TYPES",
    "DraftRefused",
    "Outcome",
    "Reason",
    "about",
    "export",
    "export_concept",
    "import_file",
    "kept_export",
    "parse",
    "reasons",
    "same_graph",
    "serialise",
]
