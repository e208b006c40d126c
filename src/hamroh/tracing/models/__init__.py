"""What the room of tracing keeps."""

from hamroh.tracing.models.judgements import Candidate, Same, Verdict
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
    "LENT_DAYS", "MOST_DAYS", "OUTWARD", "AddedOnly", "Basis", "Candidate", "End", "Gone", "KnownPhone", "OfPool",
    "OfRequest", "Origin", "Pool", "PoolImport", "PoolRecord", "Request", "Route", "Same", "Screening", "SeekerConsent",
    "Step", "StepKind", "Verdict", "Written",
]  # fmt: skip
