"""A figure's own page, the source's page, and where both are used."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hamroh.evidence.models import EstimateChoice, Observation, Source, Vintage
from hamroh.evidence.selectors import estimates
from hamroh.evidence.selectors.public import public_choices, public_observations
from hamroh.evidence.selectors.published import Place, figures_with_all, places_of, published_editions


@dataclass(frozen=True)
class FigurePage:
    """A figure with the chain that its source has it from, figures of the same thing by others, the same one in other releases, and where it stands."""

    figure: Observation
    chain: tuple[Source, ...]
    rivals: tuple[Observation, ...]
    releases: tuple[Observation, ...]
    corrected_by: Observation | None
    choice: EstimateChoice | None
    places: tuple[Place, ...]


def figure_page(code: str, as_of: dt.date | None = None) -> FigurePage | None:
    """What is public of a figure, as it was known on a day; None where it is not public. Constant number of queries."""
    figure = figures_with_all(as_of).filter(code=code).first()
    if figure is None:
        return None
    series = figure.series
    of = {
        "series__indicator__concept": series.indicator.concept_id,
        "series__area": series.area,
        "series__dims_key": series.dims_key,
    }
    same = estimates.rivals(figures_with_all(as_of).filter(**of), figure)
    releases = [each for each in same if _is_release(each, figure)]
    corrected = next((each for each in same if each.supersedes_id == figure.pk), None)
    return FigurePage(
        figure, tuple(chain_of(figure.source)), tuple(each for each in same if each not in releases),
        tuple(sorted([figure, *releases], key=_told_at)) if releases else (),
        corrected, _choice(figure, [figure, *same], as_of), tuple(places_of(code, published_editions())),
    )  # fmt: skip


def chain_of(source: Source | None) -> Iterator[Source]:
    """A source and what it has its figures from, to the last; one query however long the chain is."""
    every = Source.objects.in_bulk() if source and source.cites_id else {}
    seen = set()
    while source and source.pk not in seen:
        seen.add(source.pk)
        yield source
        source = every.get(source.cites_id) if source.cites_id else None


def _is_release(other: Observation, figure: Observation) -> bool:
    """The same source in another release, or a correction."""
    if figure.pk == other.supersedes_id or other.pk == figure.supersedes_id:
        return True
    return (
        other.series.vintage.source_id == figure.series.vintage.source_id
        and other.series.vintage_id != figure.series.vintage_id
    )


def _told_at(figure: Observation) -> tuple[str, dt.datetime]:
    return figure.series.vintage.released, figure.recorded_at


def _choice(figure: Observation, same: list[Observation], as_of: dt.date | None) -> EstimateChoice | None:
    series = figure.series
    made = public_choices(as_of).filter(concept=series.indicator.concept_id, area=series.area, dims_key=series.dims_key)
    return made.filter(period__in={each.period for each in same}).first()


# -- sources ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SourcePage:
    """A source with what it cites and what cites it, its releases, and how many public figures rest on it."""

    source: Source
    chain: tuple[Source, ...]
    cited_by: tuple[Source, ...]
    releases: tuple[Vintage, ...]
    figures: QuerySet[Observation]


def counted_sources() -> list[tuple[Source, int]]:
    """Sources of public figures and those that they cite or were read in, by title, with how many figures rest on each; two queries."""
    rows = public_observations().order_by().values_list("source", "quoted_in", "series__vintage__source")
    every, counts = Source.objects.in_bulk(), Counter[Any]()
    for source, quoted, released, count in rows.annotate(count=Count("pk")):
        counts[source or released] += count
        for key in (source, quoted, released):
            counts.update(dict.fromkeys(_cited(key, every), 0))
    return sorted(((every[key], count) for key, count in counts.items()), key=lambda each: each[0].title.casefold())


def _cited(key: Any, every: Mapping[Any, Source]) -> Iterator[Any]:
    """A source and all that it has its figures from."""
    seen = set[Any]()
    while key and key not in seen:
        seen.add(key)
        yield key
        key = every[key].cites_id


def public_sources() -> list[Source]:
    """Sources of public figures and those that they cite or were read in, by title."""
    return [source for source, _count in counted_sources()]


def source_page(key: str) -> SourcePage | None:
    """What is public of a source; None where no public figure rests on it."""
    public = public_sources()
    source = next((each for each in public if each.key == key), None)
    if source is None:
        return None
    return SourcePage(
        source, tuple(chain_of(source))[1:], tuple(each for each in public if each.cites_id == source.pk),
        tuple(source.vintages.order_by("-released", "label")),
        figures_with_all().filter(Q(source=source) | Q(source__isnull=True, series__vintage__source=source)).order_by("series__area", "series__indicator__code", "first_date", "code"),
    )  # fmt: skip
