"""Figures to choose from: by what they count, where, when, and who says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hamroh.accounts import policy
from hamroh.evidence.areas import areas_like
from hamroh.evidence.models import Concept, Indicator, Observation, Source
from hamroh.kernel.text.folding import fold

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
        wanted &= Q(series__area__in=areas_like(look.area))
    if look.period:
        wanted &= Q(period__startswith=look.period.strip())
    if look.source:
        wanted &= Q(source__in=_sources_named(look.source))
    rows = Observation.objects.filter(wanted, superseded_by__isnull=True).select_related(*_WITH)
    return list(rows.order_by("-last_date", "code")[:MOST])


def figures_named(codes: Iterable[str]) -> dict[str, Observation]:
    """Figures by their codes."""
    return {each.code: each for each in Observation.objects.filter(code__in=set(codes)).select_related(*_WITH)}


def concepts_named(words: str) -> list[Any]:
    """Ids of concepts whose name in any language, or whose key, has all the words, spelt with or without marks; the one of that name alone."""
    wanted = fold(words).split()
    found = [(each.pk, _told(each.key, each.names)) for each in Concept.objects.only("pk", "key", "names")]
    exact = [pk for pk, told in found if " ".join(wanted) in told]
    return exact or [pk for pk, told in found if all(word in " ".join(told) for word in wanted)]


def indicator_named(words: str) -> Indicator | None:
    """The indicator of this code, or of this name in any language where one alone has it."""
    rows = Indicator.objects.select_related("concept")
    if exact := rows.filter(code=words.strip()).first():
        return exact
    wanted = fold(words.strip())
    found = [each for each in rows if wanted in _told(each.code, each.names)]
    return found[0] if len(found) == 1 else None


def _told(key: str, names: Mapping[str, str]) -> list[str]:
    """A key and names in their barest spelling."""
    return [fold(each) for each in (key, key.replace("_", " "), *names.values())]


def _sources_named(words: str) -> list[Any]:
    wanted = fold(words).split()
    rows = Source.objects.values_list("pk", "title", "key")
    return [pk for pk, title, key in rows if all(word in fold(f"{title} {key}") for word in wanted)]
