"""Tables of the vault."""

from hamroh.vault.models.figures import Audience, FiguresRelease, Population
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
from hamroh.vault.models.pools import NamePool, PoolEntry
from hamroh.vault.models.retention import Hold, Release, ReleaseLine, RetentionCount, RetentionPeriod

__all__ = [
    "RECOVERY",
    "Audience",
    "FiguresRelease",
    "Hold",
    "JournalBatch",
    "JournalLine",
    "MemberKey",
    "MemberLock",
    "NamePool",
    "OrganisationKey",
    "PoolEntry",
    "Population",
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
