"""Tables of the vault."""

from hamroh.vault.models.forms import TakenForm
from hamroh.vault.models.journal import JournalBatch, JournalLine
from hamroh.vault.models.keys import (
    RECOVERY,
    MemberKey,
    MemberLock,
    OrganisationKey,
    RecordKey,
    RecordKeyShare,
    RecoveryDrill,
    RecoveryKey,
    Rotation,
    SealedFile,
)
from hamroh.vault.models.retention import Hold, Release, ReleaseLine, RetentionCount, RetentionPeriod

__all__ = [
    "RECOVERY",
    "Hold",
    "JournalBatch",
    "JournalLine",
    "MemberKey",
    "MemberLock",
    "OrganisationKey",
    "RecordKey",
    "RecordKeyShare",
    "RecoveryDrill",
    "RecoveryKey",
    "Release",
    "ReleaseLine",
    "RetentionCount",
    "RetentionPeriod",
    "Rotation",
    "SealedFile",
    "TakenForm",
]
