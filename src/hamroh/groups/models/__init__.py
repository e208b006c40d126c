"""Tables of groups."""

from hamroh.groups.models.agreed import Memorandum, NoDate, Obligation, PartnerKind, Side
from hamroh.groups.models.giving import (
    Application,
    CommunityHelp,
    CommunityHelpKind,
    Helper,
    PaidFor,
    Repayment,
    Support,
    SupportKind,
    Terms,
    Visit,
)
from hamroh.groups.models.groups import (
    KIND,
    AddedOnly,
    AgeBand,
    Facilitating,
    Group,
    GroupKind,
    GroupRole,
    Member,
    MemberRole,
    OfGroup,
    PeerSession,
    Sex,
    Theme,
    Written,
)
from hamroh.groups.models.phones import Carried, Parcel
from hamroh.groups.models.savings import Attended, Cycle, Entry, Meeting
from hamroh.groups.models.shelter import ShelterPlace

__all__ = [
    "KIND", "AddedOnly", "AgeBand", "Application", "Attended", "Carried", "CommunityHelp", "CommunityHelpKind", "Cycle", "Entry",
    "Facilitating", "Group", "GroupKind", "GroupRole", "Helper", "Meeting", "Member", "MemberRole", "Memorandum", "NoDate", "Obligation",
    "OfGroup", "PaidFor", "Parcel", "PartnerKind", "PeerSession", "Repayment", "Sex", "ShelterPlace", "Side", "Support", "SupportKind",
    "Terms", "Theme", "Visit", "Written",
]  # fmt: skip
