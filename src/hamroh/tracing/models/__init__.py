"""What the room of tracing keeps."""

from hamroh.tracing.models.approaches import Approach, Choice, HisWay, Talk, Wish
from hamroh.tracing.models.exchanges import (
    MOST_BYTES,
    PART,
    Exchange,
    ExchangePair,
    ExchangePart,
    ExchangePartner,
    ExchangeVerdict,
    Fault,
    HouseKey,
)
from hamroh.tracing.models.judgements import Candidate, Same, Verdict
from hamroh.tracing.models.letters import Letter, Towards, WeeklyWord
from hamroh.tracing.models.linkages import Linkage, Pair, PairVerdict
from hamroh.tracing.models.partners import (
    PER_HOUSE,
    PER_PERSON,
    Alarm,
    OfShown,
    PartnerAnswer,
    PartnerSays,
    PartnerSearch,
    Partnership,
    Purpose,
    Reply,
    Share,
    Shown,
)
from hamroh.tracing.models.passing import Content, Description, PassedRecord, RecordFile
from hamroh.tracing.models.places import Ground, PlaceRelease, ReleasedPlace
from hamroh.tracing.models.pools import (
    LENT_DAYS,
    MOST_DAYS,
    Basis,
    Gone,
    OfPool,
    Origin,
    Pool,
    PoolImport,
    PoolRecord,
    standing,
)
from hamroh.tracing.models.requests import (
    OUTWARD,
    AddedOnly,
    End,
    KnownPhone,
    OfRequest,
    Request,
    Route,
    Screening,
    SeekerConsent,
    Step,
    StepKind,
    Written,
)

__all__ = [
    "LENT_DAYS", "MOST_BYTES", "MOST_DAYS", "OUTWARD", "PART", "PER_HOUSE", "PER_PERSON", "AddedOnly", "Alarm", "Approach", "Basis",
    "Candidate", "Choice", "Content", "Description", "End", "Exchange",
    "ExchangePair", "ExchangePart", "ExchangePartner", "ExchangeVerdict", "Fault", "Gone", "Ground", "HisWay", "HouseKey", "KnownPhone", "Letter", "Linkage", "OfPool", "OfRequest", "OfShown",
    "Origin", "Pair", "PairVerdict", "PartnerAnswer", "PartnerSays", "PartnerSearch", "Partnership", "PassedRecord", "PlaceRelease", "Pool", "PoolImport",
    "PoolRecord", "Purpose", "RecordFile", "ReleasedPlace", "Reply", "Request", "Route", "Same", "Screening", "SeekerConsent",
    "Share", "Shown", "Step", "StepKind", "Talk", "Towards", "Verdict", "WeeklyWord", "Wish", "Written", "standing",
]  # fmt: skip
