"""Records, the law among them, their copies and files, and where they came from."""

from hamroh.library.models.harvests import Batch, Brought, Centre, Hidden, Run
from hamroh.library.models.laws import Act, ActArticle, ActStatus, BoundBy
from hamroh.library.models.records import (
    HOLDS,
    LEGAL_KINDS,
    Attachment,
    Contribution,
    ContributorRole,
    Distribution,
    FileUse,
    FullText,
    LinkKind,
    Record,
    RecordKind,
    RecordLink,
    RecordQuerySet,
    SameKey,
    Subject,
)

__all__ = [
    "HOLDS", "LEGAL_KINDS", "Act", "ActArticle", "ActStatus", "Attachment", "Batch", "BoundBy", "Brought", "Centre", "Contribution",
    "ContributorRole", "Distribution", "FileUse", "FullText", "Hidden", "LinkKind", "Record", "RecordKind", "RecordLink", "RecordQuerySet", "Run", "SameKey", "Subject",
]  # fmt: skip
