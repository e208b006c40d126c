"""What of the figures everybody may read: those that a published edition shows, and those of open sources that were brought in."""

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hamroh.evidence.models import (
    Edition,
    Erratum,
    EstimateChoice,
    FrozenEdition,
    ImportBatch,
    Observation,
    SourceKind,
)
from hamroh.evidence.states import EditionStates

#: what somebody wrote to somebody, or said without a document, is no open source by itself
_CLOSED = (SourceKind.LETTER, SourceKind.STATEMENT, SourceKind.POOLED)
#: editions whose codes of figures are kept in memory; a frozen one never changes
_KEPT = 500
Moment = dt.datetime | dt.date


def published_edition(code: str) -> Edition | None:
    """The published edition of that code."""
    rows = Edition.objects.filter(code=code, state=EditionStates.published.name, frozen__isnull=False)
    return rows.select_related("profile", "organisation", "frozen").defer("frozen__manifest").first()


def frozen_manifest(edition: Edition) -> dict[str, Any]:
    """What was frozen when the edition was published, as data."""
    return dict(json.loads(bytes(FrozenEdition.objects.values_list("manifest", flat=True).get(edition=edition))))


def public_observations(as_of: Moment | None = None) -> QuerySet[Observation]:
    """Figures that everybody may read; with ``as_of`` those that were recorded by then. Constant number of queries."""
    rows = Observation.objects.filter(_public())
    return rows.filter(recorded_at__lte=end_of(as_of)) if as_of else rows


def holding(rows: QuerySet[Observation], as_of: Moment | None = None) -> QuerySet[Observation]:
    """Those of ``rows`` that no public figure recorded by ``as_of`` corrects."""
    later = public_observations(as_of).filter(supersedes=OuterRef("pk"))
    return rows.filter(~Exists(later))


def public_choices(as_of: Moment | None = None) -> QuerySet[EstimateChoice]:
    """Which estimate somebody preferred, where the preferred one is public or none can be; the newest first."""
    rows = EstimateChoice.objects.filter(Q(preferred__isnull=True) | Q(preferred__in=public_observations(as_of)))
    return (rows.filter(decided_at__lte=end_of(as_of)) if as_of else rows).order_by("-decided_at")


def end_of(moment: Moment) -> dt.datetime:
    """The moment itself, or the end of a day."""
    if isinstance(moment, dt.datetime):
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return timezone.make_aware(dt.datetime.combine(moment, dt.time.max))


def _public() -> Q:
    published = Edition.objects.filter(state=EditionStates.published.name)
    corrected = Erratum.objects.filter(edition__in=published, observation__isnull=False)
    brought = ImportBatch.objects.exclude(vintage__source__kind__in=_CLOSED)
    return (
        Q(code__in=_shown_codes())
        | Q(pk__in=corrected.values("observation"))
        | Q(series__vintage__in=brought.values("vintage"))
    )


def _shown_codes() -> Iterable[str]:
    frozen = FrozenEdition.objects.filter(edition__state=EditionStates.published.name)
    return {code for key, digest in frozen.values_list("pk", "digest") for code in _codes(key, digest)}


@lru_cache(maxsize=_KEPT)
def _codes(key: Any, digest: str) -> frozenset[str]:  # noqa: ARG001 - the digest is part of what is remembered
    """Codes of the figures in one frozen edition."""
    manifest = FrozenEdition.objects.values_list("manifest", flat=True).get(pk=key)
    return frozenset(json.loads(bytes(manifest)).get("figures", {}))
