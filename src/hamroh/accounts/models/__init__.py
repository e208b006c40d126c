"""People and their roles, their sessions, and what guards the door."""

from hamroh.accounts.models.access import BreakGlass, ConflictBlock, Notice, RecordGrant
from hamroh.accounts.models.admissions import Admission
from hamroh.accounts.models.guards import Allowance, KnownDevice
from hamroh.accounts.models.links import Link, LinkKind
from hamroh.accounts.models.people import (
    CASE_WORKERS,
    NEEDS_SECOND_FACTOR,
    SEES_SEALED,
    Membership,
    Organisation,
    Role,
    User,
)
from hamroh.accounts.models.sessions import Session
from hamroh.accounts.models.tasks import Task

__all__ = [
    "CASE_WORKERS",
    "NEEDS_SECOND_FACTOR",
    "SEES_SEALED",
    "Admission",
    "Allowance",
    "BreakGlass",
    "ConflictBlock",
    "KnownDevice",
    "Link",
    "LinkKind",
    "Membership",
    "Notice",
    "Organisation",
    "RecordGrant",
    "Role",
    "Session",
    "Task",
    "User",
]
