"""What the room of cases keeps."""

from hamroh.cases.models.advice import TOPICS, Advice, AgeBand, MobileDay, Tally
from hamroh.cases.models.alimony import ONCE, AlimonyFact, AlimonyPart
from hamroh.cases.models.case import Case, Channel, OfCase, Risk
from hamroh.cases.models.casework import (
    CLINICAL,
    Discipline,
    Domain,
    Encounter,
    Help,
    Move,
    Need,
    Note,
    Outcome,
    Place,
    Service,
)
from hamroh.cases.models.drafts import Draft
from hamroh.cases.models.evidence import Evidence, EvidenceKind
from hamroh.cases.models.exports import ALONE, Export, ExportPart, ExportPurpose, Lock
from hamroh.cases.models.filters import SavedFilter
from hamroh.cases.models.incidents import Incident
from hamroh.cases.models.keyed import Identification, Keyed, Whereabouts
from hamroh.cases.models.law import ChangeSort, LawChange, LawVerdict, VerdictKind
from hamroh.cases.models.links import LinkEnd, ReferralLink
from hamroh.cases.models.matters import (
    SETTLED,
    CalendarToken,
    Deadline,
    DeadlineState,
    DeadlineTurn,
    Dispatch,
    DispatchWay,
    Hearing,
    HearingState,
    Matter,
    MatterKind,
    MatterStep,
    Result,
    StepState,
)
from hamroh.cases.models.mediation import (
    AgreedTerm,
    Found,
    Kept,
    Mediation,
    MediationSession,
    MediationWish,
    Reunification,
    TogetherCheck,
    WishAnswer,
)
from hamroh.cases.models.people import Household, Part, Person, Relationship, Side
from hamroh.cases.models.referrals import Received, Referral, Urgency
from hamroh.cases.models.safety import (
    Answer,
    Consent,
    ContactWay,
    Official,
    Outgoing,
    Purpose,
    RiskScreen,
    SafeContact,
    SafetyPlan,
    Way,
    Written,
)
from hamroh.cases.models.sameness import Conflict, ConflictEnd, ConflictKind, Judgement, Same
from hamroh.cases.models.support import Application
from hamroh.cases.models.trafficking import (
    Aid,
    As,
    Assistance,
    Basis,
    PoliceDecision,
    RecoveryPeriod,
    TraffickingScreen,
    Wants,
)

__all__ = [
    "ALONE", "CLINICAL", "ONCE", "SETTLED", "TOPICS", "Advice", "AgeBand", "AgreedTerm", "Aid", "AlimonyFact",
    "AlimonyPart", "Answer", "Application", "As", "Assistance", "Basis", "CalendarToken", "Case", "ChangeSort",
    "Channel", "Conflict", "ConflictEnd", "ConflictKind", "Consent", "ContactWay", "Deadline", "DeadlineState",
    "DeadlineTurn", "Discipline", "Dispatch", "DispatchWay", "Domain", "Draft", "Encounter", "Evidence",
    "EvidenceKind", "Export", "ExportPart", "ExportPurpose", "Found", "Hearing", "HearingState", "Help",
    "Household", "Identification", "Incident", "Judgement", "Kept", "Keyed", "LawChange", "LawVerdict", "LinkEnd", "Lock",
    "Matter", "MatterKind", "MatterStep", "Mediation", "MediationSession", "MediationWish", "MobileDay", "Move",
    "Need", "Note", "OfCase", "Official", "Outcome", "Outgoing", "Part", "Person", "Place", "PoliceDecision",
    "Purpose", "Received", "RecoveryPeriod", "Referral", "ReferralLink", "Relationship", "Result", "Reunification",
    "Risk", "RiskScreen", "SafeContact", "SafetyPlan", "Same", "SavedFilter", "Service", "Side", "StepState",
    "Tally", "TogetherCheck", "TraffickingScreen", "Urgency", "VerdictKind", "Wants", "Way", "Whereabouts",
    "WishAnswer", "Written",
]  # fmt: skip
