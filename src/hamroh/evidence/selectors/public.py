"""Figures that everybody may read, as rows: those that a published edition shows, and those that imports of open sources brought."""

import datetime as dt
import json
from functools import lru_cache

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
#: editions whose codes of figures a process keeps at hand: a frozen one never changes
_KEPT = 500
Moment = dt.datetime | dt.date


def published_edition(code: str) -> Edition | None:
    """The published edition of that code."""
    rows = _published().filter(code=code, frozen__isnull=False)
    return rows.select_related("profile", "organisation", "frozen").defer("frozen__manifest").first()


def public_observations(as_of: Moment | None = None) -> QuerySet[Observation]:
    """Figures that everybody may read; with ``as_of`` those that were recorded by then."""
    corrected = Erratum.objects.filter(edition__in=_published(), observation__isnull=False)
    shown = Q(code__in=_published_codes()) | Q(pk__in=corrected.values("observation"))
    rows = Observation.objects.filter(shown | _brought_in())
    return rows.filter(recorded_at__lte=end_of(as_of)) if as_of else rows


def holding(rows: QuerySet[Observation], as_of: Moment | None = None) -> QuerySet[Observation]:
    """Those of ``rows`` that no public figure recorded by ``as_of`` corrects."""
    later = public_observations(as_of).filter(supersedes=OuterRef("pk"))
    return rows.filter(~Exists(later))


def public_choices(as_of: Moment | None = None) -> QuerySet[EstimateChoice]:
    """Which estimate somebody preferred, where that figure is public or none can be preferred; the newest first."""
    rows = EstimateChoice.objects.filter(Q(preferred__isnull=True) | Q(preferred__in=public_observations(as_of)))
    return (rows.filter(decided_at__lte=end_of(as_of)) if as_of else rows).order_by("-decided_at")


def end_of(moment: Moment) -> dt.datetime:
    """The moment itself, or the end of a day."""
    if isinstance(moment, dt.datetime):
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return timezone.make_aware(dt.datetime.combine(moment, dt.time.max))


def _brought_in() -> Q:
    """What an import of an open source brought; what somebody adds to the same release by hand becomes public with an edition."""
    batches = ImportBatch.objects.filter(vintage=OuterRef("series__vintage"), made_at__gte=OuterRef("recorded_at"))
    return Q(Exists(batches)) & ~Q(series__vintage__source__kind__in=_CLOSED)


def _published() -> QuerySet[Edition]:
    return Edition.objects.filter(state=EditionStates.published.name)


def _published_codes() -> set[str]:
    digests = FrozenEdition.objects.filter(edition__in=_published()).values_list("digest", flat=True)
    return {code for digest in digests for code in _codes(digest)}


@lru_cache(maxsize=_KEPT)
def _codes(digest: str) -> frozenset[str]:
    """Codes of the figures in a frozen edition, by the digest of its content."""
    manifest = FrozenEdition.objects.filter(digest=digest).values_list("manifest", flat=True)[0]
    return frozenset(json.loads(bytes(manifest)).get("figures", {}))
