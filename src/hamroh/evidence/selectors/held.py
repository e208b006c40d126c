"""What is held of the things that a file speaks of."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.evidence.models import ImportBatch, ImportMapping, Indicator, Observation, Source

Key = tuple[str, str, str, str]


def said_by(source: Source) -> dict[Key, tuple[Any, ...]]:
    """What a source said last, in whatever release, by indicator, area, dimensions and period."""
    rows = Observation.objects.filter(series__vintage__source=source).order_by(
        "series__vintage__recorded_at", "recorded_at"
    )
    told = rows.values_list(
        "series__indicator__code",
        "series__area",
        "series__dims_key",
        "period",
        "value",
        "low",
        "high",
        "qualifier",
        "missing",
    )
    return {each[:4]: each[4:] for each in told.iterator(chunk_size=5000)}


def numbers_of(concepts: Collection[str], *, without: Source | None = None) -> dict[Key, Decimal]:
    """One number a thing that any other source says of these concepts; the newest where several do."""
    rows = Observation.objects.filter(series__indicator__concept__key__in=concepts, value__isnull=False).exclude(
        value=0
    )
    if without is not None:
        rows = rows.exclude(series__vintage__source=without)
    told = rows.order_by("recorded_at").values_list(
        "series__indicator__concept__key", "series__area", "series__dims_key", "period", "value"
    )
    return {each[:4]: each[4] for each in told.iterator(chunk_size=5000)}


def indicators() -> dict[str, Indicator]:
    """Every indicator with its concept, by its code."""
    return {each.code: each for each in Indicator.objects.select_related("concept")}


def was_brought_in(digest: str, source: Source) -> bool:
    """Whether this very file came in from this source already."""
    return source.vintages.filter(file_digest=digest).exists()


def mappings(*, actor: Any) -> QuerySet[ImportMapping]:
    """How files were read before, in the organisations of the actor; the last used first."""
    return policy.visible(actor, "evidence.import", ImportMapping.objects.all()).order_by("-updated_at")


def batches(*, actor: Any) -> QuerySet[ImportBatch]:
    """Files that were brought in, the newest first."""
    rows = policy.visible(actor, "evidence.import", ImportBatch.objects.all())
    return rows.select_related("vintage__source", "made_by", "organisation").order_by("-made_at")


def batch(*, actor: Any, pk: UUID) -> ImportBatch:
    """One of them. Refused where there is none that the actor may see."""
    found: ImportBatch = policy.fetch(actor, "evidence.import", batches(actor=actor).filter(pk=pk))[0]
    return found
