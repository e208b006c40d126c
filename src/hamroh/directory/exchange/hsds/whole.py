"""The whole public directory as HSDS: for the tabular package and for files."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from hamroh.directory.exchange.hsds.objects import organization_full, service_full
from hamroh.directory.exchange.hsds.parts import Object, taxonomy, taxonomy_term
from hamroh.directory.exchange.hsds.profile import VERSION
from hamroh.directory.exchange.hsds.querysets import organizations, services, used_concepts
from hamroh.thesaurus.models import Scheme

AT_ONCE = 500


def whole_directory(lang: str, today: dt.date) -> Iterator[tuple[str, Object]]:
    """``(table, object)`` of everything public, in an order in which what is referred to comes first."""
    concepts = used_concepts(today)
    for scheme in Scheme.objects.filter(pk__in=concepts.values("scheme")).order_by("code"):
        yield "taxonomy", taxonomy(scheme, lang)
    for concept in concepts.iterator(AT_ONCE):
        yield "taxonomy_term", taxonomy_term(concept, lang)
    for party in organizations(today, full=True).iterator(AT_ONCE):
        yield "organization", organization_full(party, lang)
    for row in services(today, full=True).iterator(AT_ONCE):
        yield "service", service_full(row, lang, today)


def as_document(lang: str, today: dt.date, profile: str) -> dict[str, Any]:
    """One JSON document: organizations and services, each with everything nested."""
    found: dict[str, list[Object]] = {"taxonomy": [], "taxonomy_term": [], "organization": [], "service": []}
    for table, item in whole_directory(lang, today):
        found[table].append(item)
    return {
        "version": VERSION,
        "profile": profile,
        "taxonomies": found["taxonomy"],
        "taxonomy_terms": found["taxonomy_term"],
        "organizations": found["organization"],
        "services": found["service"],
    }
