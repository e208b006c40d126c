"""Figures to choose from: by what they count, where, when, and who says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hamroh.accounts import policy
from hamroh.evidence.models import Concept, Observation, Source

#: figures that are shown at once
MOST = 20
_WITH = ("series__indicator__concept", "series__vintage__source", "source")


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for; every part may be empty."""

    concept: str = ""
    area: str = ""
    period: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        return any((self.concept, self.area, self.period, self.source))


def figures_found(*, actor: Any, look: Looked) -> list[Observation]:
    """Figures that fit, the newest time first, at most ``MOST``; a figure that was superseded is not among them."""
    policy.require(actor, "evidence.record")
    if not look:
        return []
    wanted = Q()
    if look.concept:
        wanted &= Q(series__indicator__concept__in=concepts_named(look.concept)) | Q(code=look.concept)
    if look.area:
        wanted &= Q(series__area__iexact=look.area.strip())
    if look.period:
        wanted &= Q(period__startswith=look.period.strip())
    if look.source:
        wanted &= Q(
            source__in=Source.objects.filter(Q(title__icontains=look.source) | Q(key__icontains=look.source)).values(
                "pk"
            )
        )
    rows = Observation.objects.filter(wanted, superseded_by__isnull=True).select_related(*_WITH)
    return list(rows.order_by("-last_date", "code")[:MOST])


def figures_named(codes: Iterable[str]) -> dict[str, Observation]:
    """Figures by their codes."""
    return {each.code: each for each in Observation.objects.filter(code__in=set(codes)).select_related(*_WITH)}


def concepts_named(words: str) -> list[Any]:
    """Ids of concepts whose name in any language, or whose key, has the words."""
    wanted = words.strip().casefold()
    return [
        each.pk
        for each in Concept.objects.only("pk", "key", "names")
        if wanted in f"{each.key} {each.key.replace('_', ' ')} {' '.join(each.names.values())}".casefold()
    ]
