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

__all__ = [
    "RECOVERY",
    "JournalBatch",
    "JournalLine",
    "MemberKey",
    "MemberLock",
    "OrganisationKey",
    "RecordKey",
    "RecordKeyShare",
    "RecoveryDrill",
    "RecoveryKey",
    "Rotation",
    "SealedFile",
    "TakenForm",
]
