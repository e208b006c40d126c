"""Places, parties (organisations, groups, offices, people), services and their upkeep."""

from hamroh.directory.models.parties import (
    Channel,
    LegalBasis,
    ListingConsent,
    Officer,
    Party,
    PartyIdentifier,
    PartyKind,
    PartyName,
    PartyRelation,
)
from hamroh.directory.models.places import AdminUnit, UnitAncestor, UnitName
from hamroh.directory.models.services import (
    Capacity,
    HelpKind,
    Location,
    Need,
    NeedConcept,
    Phone,
    Schedule,
    SecretPlace,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from hamroh.directory.models.upkeep import EmergencyRoute, ImportBatch, Report

__all__ = [
    "AdminUnit",
    "Capacity",
    "Channel",
    "EmergencyRoute",
    "HelpKind",
    "ImportBatch",
    "LegalBasis",
    "ListingConsent",
    "Location",
    "Need",
    "NeedConcept",
    "Officer",
    "Party",
    "PartyIdentifier",
    "PartyKind",
    "PartyName",
    "PartyRelation",
    "Phone",
    "Report",
    "Schedule",
    "SecretPlace",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "UnitAncestor",
    "UnitName",
]
