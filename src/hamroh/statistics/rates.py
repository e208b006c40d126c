"""How many for every thousand: a count that left over a figure that somebody published, both named. Neither is guessed.

A count that was withheld has no rate: who knows the figure below would work it out. Where evidence knows no figure of a region, that
of the country stands alone, and says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hamroh.directory.models import AdminUnit
from hamroh.evidence.areas import find_area
from hamroh.evidence.models import Observation
from hamroh.evidence.selectors.public import holding, public_observations
from hamroh.kernel.disclosure import ALL
from hamroh.statistics.facts import DISTRICT
from hamroh.statistics.released import ReleasedTable

#: over what, the first of which evidence has a figure: households of migrants, else the people who left to work
OVER = ("migrant_households", "labour_emigrants")
THOUSAND = Decimal(1000)
#: of so many cells of a table at most
MOST = 120


@dataclass(frozen=True)
class Over:
    """A published figure: of which area and concept, how it is printed, of which time, whence, and how certain."""

    area: str
    concept: str
    names: Mapping[str, str]
    value: Decimal
    printed: str
    period: str
    source: str
    release: str
    code: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rate:
    """One line: a place, its count (None where it was withheld), and the rate where there can be one.

    ``is_whole`` for the line of everybody.
    """

    place: str
    count: int | None
    over: Over | None = None
    is_whole: bool = False

    @property
    def value(self) -> Decimal | None:
        if self.count is None or self.over is None:
            return None
        return (self.count * THOUSAND / self.over.value).quantize(Decimal("0.01"))


def overs(areas: Iterable[str]) -> dict[str, Over]:
    """The newest published figure of each area, by the first concept of which there is one. One query."""
    rows = holding(public_observations()).filter(
        series__area__in=list(areas), series__dims_key="", series__indicator__concept__key__in=OVER, value__gt=0
    )
    rows = rows.select_related("series__indicator__concept", "series__vintage__source", "source")
    found: dict[str, Over] = {}
    for row in sorted(rows, key=_order):
        found[row.series.area] = _over(row)
    return found


def _order(row: Observation) -> tuple[int, str, str]:
    """The best one last: households before people, then the newest."""
    concept = row.series.indicator.concept.key
    return (-OVER.index(concept), str(row.last_date or ""), row.code)


def _over(row: Observation) -> Over:
    concept, vintage = row.series.indicator.concept, row.series.vintage
    assert row.value is not None
    return Over(
        row.series.area, concept.key, concept.names, row.value, row.printed or f"{row.value:f}", row.period,
        str(row.source or vintage.source), vintage.label, row.code, tuple(row.flags),
    )  # fmt: skip


def rates(table: ReleasedTable, country: str) -> list[Rate]:
    """The regions of a released table by district, and everybody; districts themselves have no code by which evidence is kept."""
    at = next((place for place, each in enumerate(table.published.shape.dimensions) if each.name == DISTRICT), None)
    whole = find_area(country)
    codes = _regions(table, at) if at is not None else {}
    found = overs([*codes.values(), *([whole.code] if whole else [])])
    lines = [Rate(key, _count(table, at, key), found.get(iso)) for key, iso in list(codes.items())[:MOST]]
    return [*lines, Rate("", _count(table, at, ALL), found.get(whole.code) if whole else None, is_whole=True)]


def by_region(table: ReleasedTable) -> dict[str, int | None]:
    """The count of each place of a table that has a code of ISO 3166-2, over everything else; None where it was withheld. One query."""
    at = next((place for place, each in enumerate(table.published.shape.dimensions) if each.name == DISTRICT), None)
    codes = _regions(table, at) if at is not None else {}
    return {iso: _count(table, at, key) for key, iso in codes.items()}


def _regions(table: ReleasedTable, at: int) -> dict[str, str]:
    """Categories of places that have a code of ISO 3166-2, by their keys."""
    codes = [code for code in table.published.shape.dimensions[at].categories if code != ALL]
    rows = AdminUnit.objects.filter(key__in=codes).exclude(iso="").values_list("key", "iso")
    return {key: iso.split()[0] for key, iso in rows.order_by("key")}


def _count(table: ReleasedTable, at: int | None, code: str) -> int | None:
    """The count of a place over everything else that the table is told by."""
    dimensions = table.published.shape.dimensions
    cell = tuple(code if place == at else ALL for place in range(len(dimensions)))
    return table.published.shown.get(cell)


def by_place(tables: Sequence[ReleasedTable]) -> list[ReleasedTable]:
    """Those of released tables that tell of places and count people."""
    return [each for each in tables if any(one.name == DISTRICT for one in each.published.shape.dimensions)]
