"""Everything that writes in the directory. Facts come in as values, problems go out as FactsRefused."""

from hamroh.directory.actions.entries import EditedMeanwhile
from hamroh.directory.actions.loading import Loaded, load_emergency_routes, load_needs, load_places
from hamroh.directory.actions.moves import (
    archive_entry,
    drop_lapsed,
    list_entry,
    record_consent,
    stand_for,
    unlist_entry,
    withdraw_consent,
)
from hamroh.directory.actions.parties import Edited, create_party, edit_party
from hamroh.directory.actions.services import create_service, edit_service
from hamroh.directory.actions.upkeep import (
    handle_report,
    report_problem,
    verify_emergency_route,
    verify_entry,
    withdraw_emergency_route,
)
from hamroh.directory.facts import (
    CapacityFacts,
    ChannelFacts,
    FactsRefused,
    IdentifierFacts,
    LegalBasisFacts,
    LocationFacts,
    NameFacts,
    OfficerFacts,
    PartyFacts,
    PhoneFacts,
    Problem,
    RelationFacts,
    ScheduleFacts,
    ServiceFacts,
    SourceFacts,
)

__all__ = [
    "CapacityFacts",
    "ChannelFacts",
    "Edited",
    "EditedMeanwhile",
    "FactsRefused",
    "IdentifierFacts",
    "LegalBasisFacts",
    "Loaded",
    "LocationFacts",
    "NameFacts",
    "OfficerFacts",
    "PartyFacts",
    "PhoneFacts",
    "Problem",
    "RelationFacts",
    "ScheduleFacts",
    "ServiceFacts",
    "SourceFacts",
    "archive_entry",
    "create_party",
    "create_service",
    "drop_lapsed",
    "edit_party",
    "edit_service",
    "handle_report",
    "list_entry",
    "load_emergency_routes",
    "load_needs",
    "load_places",
    "record_consent",
    "report_problem",
    "stand_for",
    "unlist_entry",
    "verify_emergency_route",
    "verify_entry",
    "withdraw_consent",
    "withdraw_emergency_route",
]
