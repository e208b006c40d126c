"""What every export writes: figures as rows, tables as they were printed, sources, and what has to be told beside them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

#: along what a figure may be told apart beside concept, place and time
DIMENSIONS = ("origin", "destination", "sex", "age", "residence", "category", "direction", "part")


@dataclass(frozen=True, slots=True)
class Datum:
    """One figure. ``source``, ``quoted_in`` are keys; ``table``, ``row`` and ``column`` where and under which names it was printed.

    ``variant`` counts figures that one source says of the same concept, place and time.
    """

    code: str
    concept: str
    area: str
    period: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: str = ""
    printed: str = ""
    missing: str = ""
    flags: tuple[str, ...] = ()
    unit: str = ""
    dims: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    quoted_in: str = ""
    locator: str = ""
    vintage: str = ""
    definition: str = ""
    indicator: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    recorded: str = ""
    variant: int = 1

    @property
    def place(self) -> tuple[str, ...]:
        """What two figures share that say the same thing of the same thing."""
        along = (self.dims.get(name, "") for name in DIMENSIONS)
        return (self.concept, self.area, *along, self.source, self.vintage, self.period)


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is told: ``kind`` is of ``SourceKind``, ``cites`` the key of what it has its figures from."""

    key: str
    title: str
    kind: str = ""
    publisher: str = ""
    authors: str = ""
    issued: str = ""
    url: str = ""
    licence: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A concept with its words in every language."""

    key: str
    names: Mapping[str, str]
    definitions: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    label: str
    labels: Mapping[str, str]
    role: str
    cells: tuple[Datum | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it was printed; ``source`` is the key of the one that its frame names."""

    key: str
    titles: Mapping[str, str]
    columns: tuple[str, ...]
    column_labels: tuple[Mapping[str, str], ...]
    rows: tuple[GridRow, ...]
    source: str = ""
    section: str = ""
    rows_are: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of figures to be written. ``rows`` may be gone through more than once; ``edition`` is empty where it is not of an edition."""

    name: str
    titles: Mapping[str, str]
    as_of: str
    rows: Callable[[], Iterable[Datum]]
    measures: Mapping[str, Measure]
    sources: Mapping[str, Cited]
    tables: tuple[Grid, ...] = ()
    edition: str = ""
    digest: str = ""
    address: str = ""
    #: it is one table of an edition
    is_table: bool = False


def number_text(value: Decimal | None) -> str:
    """A number without noughts behind its point and without an exponent; empty where there is none."""
    if value is None:
        return ""
    plain = f"{value.normalize():f}"
    return "0" if plain == "-0" else plain


def counted(rows: Iterable[Datum]) -> Iterator[Datum]:
    """Rows with their variants counted, in the order in which they come."""
    met: dict[tuple[str, ...], int] = {}
    for each in rows:
        met[each.place] = met.get(each.place, 0) + 1
        yield each if met[each.place] == 1 else replace(each, variant=met[each.place])
