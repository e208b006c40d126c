"""What the room of tracing keeps."""

from hamroh.tracing.models.approaches import Approach, Choice, HisWay, Talk, Wish
from hamroh.tracing.models.judgements import Candidate, Same, Verdict
from hamroh.tracing.models.letters import Letter, Towards, WeeklyWord
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
    "LENT_DAYS", "MOST_DAYS", "OUTWARD", "AddedOnly", "Approach", "Basis", "Candidate", "Choice", "End", "Gone", "Ground",
    "HisWay", "KnownPhone", "Letter", "OfPool", "OfRequest", "Origin", "PlaceRelease", "Pool", "PoolImport", "PoolRecord",
    "ReleasedPlace", "Request", "Route", "Same", "Screening", "SeekerConsent", "Step", "StepKind", "Talk", "Towards",
    "Verdict", "WeeklyWord", "Wish", "Written",
]  # fmt: skip
