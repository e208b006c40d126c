"""One concept over countries and years; one slot of the template over countries; what a printed series says today."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from hamroh.evidence.models import Concept, Edition, EstimateChoice, Observation, Series, Template
from hamroh.evidence.selectors.estimates import candidates, is_part, rows_of, saying, sets_of, span
from hamroh.evidence.selectors.public import holding, public_choices, public_observations
from hamroh.evidence.selectors.published import WITH, frozen_content, newest_editions, published_editions
from hamroh.kernel.figures.periods import Period

#: years of a comparison, the newest; further ones are in the data
MOST_YEARS = 12
#: places of a comparison at most
MOST_AREAS = 20
_MOST_PARTS = 40
_THING = ("series__indicator__concept", "series__area", "series__dims_key")


@dataclass(frozen=True)
class Comparison:
    """Figures of one concept: for each place and year the preferred one, else that of the newest release; ``rivals`` counts the others."""

    concept: Concept
    areas: tuple[str, ...]
    years: tuple[int, ...]
    cells: Mapping[tuple[str, int], Observation]
    rivals: Mapping[tuple[str, int], int]

    def row(self, area: str) -> list[tuple[Observation | None, int]]:
        """The figures of one place in the order of the years, each with the number of its rivals."""
        return [(self.cells.get((area, year)), self.rivals.get((area, year), 0)) for year in self.years]


def comparable_concepts() -> list[tuple[Concept, int]]:
    """Concepts with public figures, each with how many places they speak of; those of most places first."""
    counted = _saying_series().values_list("indicator__concept").annotate(places=Count("area", distinct=True))
    places = dict(counted.order_by())
    concepts = Concept.objects.in_bulk(list(places))
    return sorted(((concepts[pk], count) for pk, count in places.items()), key=lambda each: (-each[1], each[0].key))


def parts_of(concept: Concept) -> list[str]:
    """What of the whole its public figures count, as ``dims_key``; what most places have first."""
    rows = _saying_series().filter(indicator__concept=concept).order_by()
    counted = rows.values_list("dims_key").annotate(places=Count("area", distinct=True))
    return [dims for dims, _count in sorted(counted, key=lambda each: (-each[1], each[0]))[:_MOST_PARTS]]


def places_with(concept: Concept, dims: str) -> list[str]:
    """Places of which there are public figures."""
    rows = _saying_series().filter(indicator__concept=concept, dims_key=dims)
    return list(rows.order_by("area").values_list("area", flat=True).distinct())


def _saying_series() -> QuerySet[Series]:
    """Series with a public figure that says a number: a series is asked until it has one, not figure by figure."""
    return Series.objects.filter(Exists(saying(public_observations()).filter(series=OuterRef("pk")).order_by()))


def comparison(concept: Concept, areas: Sequence[str], dims: str = "") -> Comparison:
    """Figures of some places year by year. Constant number of queries."""
    of = {"series__indicator__concept": concept, "series__dims_key": dims, "series__area__in": areas[:MOST_AREAS]}
    rows = holding(saying(public_observations()).filter(**of)).select_related(*WITH)
    found: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for each in rows:
        if each.period and not is_part(each) and _is_of_a_year(each.period):
            found[each.series.area, Period.read(each.period).year].append(each)
    chosen = _preferred(public_choices().filter(concept=concept, dims_key=dims, area__in=areas))
    years = sorted({year for _area, year in found})[-MOST_YEARS:]
    return Comparison(
        concept, tuple(each for each in areas if any(area == each for area, _year in found)), tuple(years),
        {key: _best(figures, chosen) for key, figures in found.items()},
        {key: len({span(each) for each in figures}) - 1 for key, figures in found.items()},
    )  # fmt: skip


def _is_of_a_year(period: str) -> bool:
    read = Period.read(period)
    return read.first.year == read.last.year or read.is_year


def _preferred(choices: Iterable[EstimateChoice]) -> set[Any]:
    """The figures that the newest choice of their set prefers."""
    newest: dict[tuple[Any, ...], Any] = {}
    for each in choices:
        newest.setdefault((each.concept_id, each.area, each.period, each.dims_key), each.preferred_id)
    return set(newest.values())


def _best(figures: Sequence[Observation], chosen: set[Any]) -> Observation:
    return max(figures, key=lambda each: (each.pk in chosen, each.series.vintage.released, each.recorded_at))


# -- one slot over countries -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SlotRow:
    """A country's block in a slot: the figures it shows, or the address of its table."""

    edition: Edition
    figures: tuple[Mapping[str, Any], ...]
    codes: tuple[str, ...]
    blocks: tuple[Mapping[str, Any], ...]


def slots_in_use() -> list[tuple[str, Mapping[str, str]]]:
    """Slots that newest editions fill, with their titles, in the order of the template."""
    used = Counter(block["slot"] for _edition, block in _slotted())
    titles: dict[str, Mapping[str, str]] = {}
    for template in Template.objects.order_by("key", "version"):
        for section in template.sections:
            for slot in section.get("slots", ()):
                titles[slot["key"]] = slot.get("titles") or section.get("titles") or {}
    return [(key, titles[key]) for key in titles if used[key]]


def slot_table(slot: str) -> list[SlotRow]:
    """What the newest edition of each country shows in a slot."""
    rows: dict[Edition, list[Mapping[str, Any]]] = defaultdict(list)
    for edition, block in _slotted():
        if block["slot"] == slot:
            rows[edition].append(block)
    return [_slot_row(edition, blocks) for edition, blocks in rows.items()]


def _slotted() -> Iterator[tuple[Edition, Mapping[str, Any]]]:
    for edition in newest_editions():
        for section in frozen_content(edition)["sections"]:
            yield from ((edition, block) for block in section["blocks"] if block.get("slot"))


def _slot_row(edition: Edition, blocks: Sequence[Mapping[str, Any]]) -> SlotRow:
    figures = frozen_content(edition)["figures"]
    codes = tuple(
        block["content"]["obs"]
        for block in blocks
        if block["kind"] == "figure" and block["content"].get("obs") in figures
    )
    return SlotRow(
        edition,
        tuple(figures[code] for code in codes),
        codes,
        tuple(each for each in blocks if each["kind"] != "figure"),
    )


# -- what a printed series says today --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Revision:
    """A figure of a profile, and the same thing in the newest release that was brought in; ``change`` is in per cent."""

    printed: Observation
    today: Observation

    @property
    def change(self) -> Decimal | None:
        (was, _most), (now, _top) = span(self.printed), span(self.today)
        return None if not was else ((now / was - 1) * 100).quantize(Decimal("0.1"))


def revisions(area: str = "") -> list[Revision]:
    """Figures of published profiles beside what a later release of public data says, the largest change first."""
    rows = holding(saying(public_observations()))
    rows = rows.filter(series__area=area) if area else rows
    shown = {code for edition in published_editions() for code in frozen_content(edition)["figures"]}
    found: list[Revision] = []
    told = rows.filter(code__in=shown).order_by().values_list(*_THING)
    for each in sets_of(rows_of(rows, candidates(rows) & set(told)), public_choices()):
        today = _newest(figure for figure in each.figures if figure.code not in shown and figure.value is not None)
        printed = (figure for figure in each.figures if figure.code in shown and figure.value is not None)
        found += [Revision(figure, today) for figure in printed if today and _is_later(today, figure)]
    return sorted(found, key=lambda each: abs(each.change or Decimal(0)), reverse=True)


def _newest(figures: Iterable[Observation]) -> Observation | None:
    return max(figures, key=lambda each: (each.series.vintage.released, each.recorded_at), default=None)


def _is_later(today: Observation, printed: Observation) -> bool:
    return today.series.vintage.released > printed.series.vintage.released[:10]
