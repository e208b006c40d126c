"""Everything that reads in the directory; each asks who asks."""

from hamroh.directory.selectors.documents import search_documents
from hamroh.directory.selectors.entries import (
    PartyPage,
    editable,
    entries_for_desk,
    entry_for_desk,
    party_page,
    public_parties,
    public_party,
    public_service,
    reachable_by_phone,
    services_of,
    shown_services,
)
from hamroh.directory.selectors.facts import changed_fields, party_facts, service_facts
from hamroh.directory.selectors.places import (
    UnitFound,
    parts_of,
    unit_by_code,
    units_above,
    units_beneath,
    units_found,
)
from hamroh.directory.selectors.upkeep import (
    ReviewQueue,
    consents_about_to_expire,
    emergency_routes,
    open_reports,
    review_queue,
    routes_to_check,
)

__all__ = [
    "PartyPage",
    "ReviewQueue",
    "UnitFound",
    "changed_fields",
    "consents_about_to_expire",
    "editable",
    "emergency_routes",
    "entries_for_desk",
    "entry_for_desk",
    "open_reports",
    "parts_of",
    "party_facts",
    "party_page",
    "public_parties",
    "public_party",
    "public_service",
    "reachable_by_phone",
    "review_queue",
    "routes_to_check",
    "search_documents",
    "service_facts",
    "services_of",
    "shown_services",
    "unit_by_code",
    "units_above",
    "units_beneath",
    "units_found",
]
