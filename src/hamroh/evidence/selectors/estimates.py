"""Estimate sets: all figures for one concept, place and time side by side, and which of them is preferred."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Max, Min, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Substr

from hamroh.evidence.models import Block, Concept, ConceptKind, Edition, EstimateChoice, Observation, Series
from hamroh.evidence.selectors.data import codes_in
from hamroh.evidence.selectors.public import holding, public_choices, public_observations
from hamroh.evidence.selectors.published import WITH
from hamroh.evidence.states import FROZEN
from hamroh.kernel.figures.periods import Period

#: a figure without a time speaks of the years before its source came out, so many at most
UNDATED = 4
Key = tuple[Any, str, str]
#: things that are looked at closely for one list, those whose figures lie furthest apart: two releases of a matrix disagree in tens of thousands
MOST_THINGS = 300
_AT_ONCE = 500


@dataclass(frozen=True)
class EstimateSet:
    """Figures of one thing, the largest first; ``choices`` are what was preferred, the newest first; ``near`` are those of times beside it."""

    concept: Concept
    area: str
    period: str
    dims_key: str
    figures: tuple[Observation, ...]
    choices: tuple[EstimateChoice, ...] = ()
    near: tuple[Observation, ...] = field(default=(), repr=False)

    @property
    def dims(self) -> dict[str, str]:
        return dict(self.figures[0].series.dims)

    @property
    def choice(self) -> EstimateChoice | None:
        """What holds: the newest choice."""
        return self.choices[0] if self.choices else None

    @property
    def preferred(self) -> Observation | None:
        chosen = self.choice.preferred_id if self.choice else None
        return next((each for each in self.figures if each.pk == chosen), None)

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The least and the most that anybody says."""
        spans = [span(each) for each in self.figures]
        return min(low for low, _high in spans), max(high for _low, high in spans)

    @property
    def factor(self) -> Decimal | None:
        """How many times the most is the least; None where one of them is zero or of another sign."""
        least, most = self.ends
        if least == most:
            return Decimal(1)
        if least * most <= 0:
            return None
        return most / least if least > 0 else least / most


def span(figure: Observation) -> tuple[Decimal, Decimal]:
    """From the least to the most that a figure says; an open end stands where its other end is."""
    ends = [each for each in (figure.value, figure.low, figure.high) if each is not None]
    return min(ends), max(ends)


@dataclass(frozen=True)
class Disagreements:
    """Sets whose figures differ, those that differ most first; ``areas`` are all places that have one, ``is_cut`` tells that there are more."""

    sets: tuple[EstimateSet, ...]
    areas: tuple[str, ...]
    is_cut: bool


def disagreements(area: str = "") -> Disagreements:
    """Public sets whose figures differ, of one place or of all: those ``MOST_THINGS`` that do so most. Constant number of queries."""
    rows = saying(_public())
    apart = _apart(rows)
    here = {key: times for key, times in apart.items() if area in ("", key[1])}
    found = sets_of(rows_of(rows, _furthest(here)), public_choices())
    sets = sorted((each for each in found if each.factor != 1), key=_by_weight)
    return Disagreements(tuple(sets), tuple(sorted({key[1] for key in apart})), len(here) > MOST_THINGS)


def estimate_sets(*, area: str = "") -> list[EstimateSet]:
    """The sets alone."""
    return list(disagreements(area).sets)


def estimate_set(*, concept: str, area: str, period: str, dims: str = "") -> EstimateSet | None:
    """The public figures of one thing at one time, with those of the times beside it; None where there is none."""
    return _set_at(_public(), public_choices(), (concept, area, dims), period)


def desk_estimate_set(*, actor: Any, concept: str, area: str, period: str, dims: str = "") -> EstimateSet | None:
    """The same with the figures of drafts that ``actor`` may see."""
    seen = seen_observations(actor)
    return _set_at(seen, _choices_among(seen), (concept, area, dims), period)


def desk_estimate_sets(*, actor: Any) -> list[EstimateSet]:
    """Sets whose figures differ, with those of drafts that ``actor`` may see; what nobody has decided first."""
    rows = saying(seen_observations(actor))
    found = sets_of(rows_of(rows, _furthest(_apart(rows))), _choices_among(rows))
    return sorted((each for each in found if each.factor != 1), key=lambda each: (bool(each.choices), _by_weight(each)))


def _choices_among(rows: QuerySet[Observation]) -> QuerySet[EstimateChoice]:
    """Choices that prefer one of these figures, or none."""
    return EstimateChoice.objects.filter(Q(preferred__isnull=True) | Q(preferred__in=rows)).order_by("-decided_at")


def seen_observations(actor: Any) -> QuerySet[Observation]:
    """Public figures, those in drafts that ``actor`` may see, and those that ``actor`` recorded."""
    from hamroh.accounts import policy

    drafts = policy.visible(actor, "evidence.see_draft", Edition.objects.exclude(state__in=FROZEN))
    blocks = Block.objects.filter(edition__in=drafts).values_list("content", flat=True)
    codes = {code for content in blocks for code in codes_in(content)}
    public = _public().values("pk")
    return Observation.objects.filter(Q(pk__in=public) | Q(code__in=codes) | Q(recorded_by=actor))


def rivals(figures: Iterable[Observation], figure: Observation) -> list[Observation]:
    """The figures that speak of the same thing at the same time as one of them, without it."""
    same = (each for each in figures if key_of(each) == key_of(figure) and not is_part(each))
    return [each for each in same if each.pk != figure.pk and same_time(each, figure)]


def same_time(one: Observation, other: Observation) -> bool:
    """Whether two figures speak of one time; one without a time speaks of the years before its source."""
    if not one.period or not other.period:
        if not one.period and not other.period:
            return True
        dated, undated = (one, other) if one.period else (other, one)
        said = _issued_year(undated)
        return said is not None and Period.read(f"{said - UNDATED}/{said}").meets(Period.read(dated.period))
    mine, theirs = Period.read(one.period), Period.read(other.period)
    return mine.meets(theirs) and (_is_stock(one) or mine.is_like(theirs))


def key_of(figure: Observation) -> Key:
    return figure.series.indicator.concept_id, figure.series.area, figure.series.dims_key


def is_part(figure: Observation) -> bool:
    """Whether it counts a part alone: a cell of a table whose row or column says so."""
    cell = figure.code.rsplit("-", 2)[1:]
    return bool(figure.detail.get("definition")) and len(cell) == 2 and all(each.isdigit() for each in cell)


def says_something(figure: Observation) -> bool:
    return figure.value is not None or figure.low is not None or figure.high is not None


# -- how sets are found ----------------------------------------------------------------------------------------------


def _set_at(
    rows: QuerySet[Observation], choices: QuerySet[EstimateChoice], thing: tuple[str, str, str], period: str
) -> EstimateSet | None:
    concept, area, dims = thing
    of = {"series__indicator__concept__key": concept, "series__area": area, "series__dims_key": dims}
    every = [each for each in saying(rows).filter(**of).select_related(*WITH) if not is_part(each)]
    anchor = next((each for each in every if each.period == period), None)
    if anchor is None:
        return None
    figures = [each for each in every if same_time(each, anchor)]
    near = [each for each in every if each not in figures and _is_near(each, anchor)]
    return next(_of(anchor, figures, list(choices.filter(concept__key=concept, area=area, dims_key=dims)), near))


def _of(
    anchor: Observation,
    figures: Sequence[Observation],
    choices: Iterable[EstimateChoice],
    near: Iterable[Observation] = (),
) -> Iterator[EstimateSet]:
    periods = {each.period for each in figures}
    yield EstimateSet(
        anchor.series.indicator.concept, anchor.series.area, anchor.period, anchor.series.dims_key,
        tuple(sorted(figures, key=lambda each: (span(each)[1], each.code), reverse=True)),
        tuple(each for each in choices if each.period in periods),
        tuple(sorted(near, key=lambda each: (each.last_date or dt.date.min, each.code))),
    )  # fmt: skip


def saying(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those that say a number."""
    return rows.filter(Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False))


def _public() -> QuerySet[Observation]:
    return holding(public_observations())


def candidates(rows: QuerySet[Observation]) -> set[Key]:
    """Things with more than one figure for a year, and those with a figure that tells no time beside another."""
    return set(_apart(rows))


def _furthest(apart: Mapping[Key, float]) -> set[Key]:
    """Things whose figures of a year lie furthest apart, as many as a list looks at."""
    return set(sorted(apart, key=lambda key: (-apart[key], str(key)))[:MOST_THINGS])


def _apart(rows: QuerySet[Observation]) -> dict[Key, float]:
    """Things of which several figures speak, with how many times the most is the least: endless where the signs differ."""
    year = Substr(
        Cast("last_date", CharField()), 1, 4
    )  # a function of the database's own: there may be a hundred thousand
    counted = rows.order_by().values_list("series__indicator__concept", "series__area", "series__dims_key", year)
    ends = counted.annotate(
        count=Count("pk"), least=Min(Coalesce("low", "value", "high")), most=Max(Coalesce("high", "value", "low"))
    )
    years: dict[Key, dict[str | None, tuple[int, float, float]]] = defaultdict(dict)
    for concept, area, dims, when, count, least, most in ends:
        years[concept, area, dims][when] = count, float(least), float(most)
    return {key: max(map(_times, _together(found))) for key, found in years.items() if _are_several(found)}


def _are_several(years: Mapping[str | None, tuple[int, float, float]]) -> bool:
    return max(count for count, *_ends in years.values()) > 1 or (None in years and len(years) > 1)


def _together(years: Mapping[str | None, tuple[int, float, float]]) -> Iterator[tuple[float, float]]:
    """The ends of each year, with those of what tells no time."""
    undated = years.get(None)
    for _count, least, most in years.values():
        yield (min(least, undated[1]), max(most, undated[2])) if undated else (least, most)


def _times(ends: tuple[float, float]) -> float:
    least, most = ends
    if least == most:
        return 1.0
    if least * most <= 0:
        return float("inf")
    return most / least if least > 0 else least / most


def rows_of(rows: QuerySet[Observation], wanted: Collection[Key]) -> list[Observation]:
    """The figures of some things, with what is said of them, through their series."""
    concepts, areas = {key[0] for key in wanted}, {key[1] for key in wanted}
    series = Series.objects.filter(indicator__concept__in=concepts, area__in=areas)
    of = series.values_list("pk", "indicator__concept", "area", "dims_key")
    held = [pk for pk, *key in of.iterator() if tuple(key) in wanted]
    parts = (held[start : start + _AT_ONCE] for start in range(0, len(held), _AT_ONCE))
    found = (each for part in parts for each in rows.filter(series__in=part).select_related(*WITH))
    return [each for each in found if not is_part(each)]


def sets_of(rows: Iterable[Observation], choices: QuerySet[EstimateChoice]) -> Iterator[EstimateSet]:
    """Figures of one thing by their times; a figure belongs to the first set that it speaks of."""
    things: dict[Key, list[Observation]] = defaultdict(list)
    for each in rows:
        things[key_of(each)].append(each)
    chosen: dict[Key, list[EstimateChoice]] = defaultdict(list)
    for choice in choices:
        chosen[choice.concept_id, choice.area, choice.dims_key].append(choice)
    for key, figures in things.items():
        yield from _by_time(figures, chosen[key])


def _by_time(figures: Sequence[Observation], choices: Sequence[EstimateChoice]) -> Iterator[EstimateSet]:
    left = sorted(figures, key=lambda each: (not each.period, len(each.period), each.period, each.code))
    while left:
        anchor = left[0]
        same = [each for each in left if each is anchor or same_time(each, anchor)]
        left = [each for each in left if each not in same]
        if len(same) > 1:
            yield from _of(anchor, same, choices)


def _by_weight(each: EstimateSet) -> tuple[Decimal, str, str, str]:
    """Those whose ends lie furthest apart first; of opposite sign before all."""
    return (Decimal("-Infinity") if each.factor is None else -each.factor, each.concept.key, each.area, each.period)


def _is_stock(figure: Observation) -> bool:
    return figure.series.indicator.concept.kind == ConceptKind.STOCK


def _is_near(one: Observation, anchor: Observation) -> bool:
    """Whether it speaks of at most a year before or after."""
    if not one.period or not anchor.period:
        return False
    mine, theirs = Period.read(one.period), Period.read(anchor.period)
    return abs(mine.year - theirs.year) <= 1


def _issued_year(figure: Observation) -> int | None:
    source = figure.source
    said = (source.issued if source else "") or figure.series.vintage.released
    said = said or (figure.quoted_in.issued if figure.quoted_in else "")
    return int(said[:4]) if said[:4].isdigit() else None
