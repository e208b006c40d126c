"""What a printed profile says in figures: concepts, sources, single figures, tables, claims; and what a rule finds in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hamroh.kernel.figures.periods import Period


class Kind(StrEnum):
    """Whether a figure counts what is there (stock), what comes in a time (flow), or is made of others."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    RATE = "rate"
    SHARE = "share"
    CHANGE = "change"
    OTHER = "other"


class Role(StrEnum):
    """What a row is to its table: counted in the total, the total, a subtotal, part of the row above, the rest, or a percentage."""

    ITEM = "item"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OF_WHICH = "of_which"
    REST = "rest"
    SHARE = "share"


class Severity(StrEnum):
    """An error stops a publication until somebody answers for it; a warning is to be read; information is told."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


#: units whose whole numbers are rounded, too
ROUNDED = frozenset({"%", "per 1000", "ratio", "index"})


@dataclass(frozen=True, slots=True)
class Concept:
    """What is counted. ``part_of`` is a concept that can never be smaller, ``share`` the two whose quotient this is (in ``per``)."""

    key: str
    kind: Kind
    unit: str
    signed: bool = False
    #: it needs no year beside it
    timeless: bool = False
    part_of: tuple[str, ...] = ()
    share: tuple[str, str] | None = None
    per: int = 100
    #: concepts whose difference this is: what comes less what goes
    balance: tuple[str, str] | None = None
    #: concepts of a family count the same movement from either end
    mirror: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from. ``kind`` is publication, database, letter, media, web, statement or pooled (several that are not told apart).

    ``issued`` is when it came out; ``cites`` names the source that it has them from.
    """

    key: str
    title: str
    kind: str
    issued: Period | None = None
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: a source, or *ibid.* of another note."""

    number: int
    source: str = ""
    ibid: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: ``value`` or the range ``low`` to ``high``, as ``printed``; ``where`` says of a cell table, row and column."""

    id: str
    concept: str
    area: str
    period: Period | None
    printed: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    #: half a step of the last digit that is printed
    slack: Decimal = Decimal(0)
    origin: str = ""
    destination: str = ""
    definition: str = ""
    source: str = ""
    note: int | None = None
    flags: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()
    #: percentages that are printed beside the number: concept of the whole, and what is said
    shares: tuple[tuple[str, Decimal], ...] = ()
    vintage: str = ""
    section: str = ""
    #: the row or column of its table that makes it a part of its concept
    of: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it counts a part alone, such as the towns or one nationality: its table says so in a column or row."""
        return bool(self.of) or (bool(self.definition) and "/" in self.id)

    @property
    def is_rounded(self) -> bool:
        """Whether it may be rounded: whole numbers of persons are counted one by one, percentages and fractions are not."""
        return self.slack < Decimal("0.5") or self.slack > 1 or self.unit in ROUNDED

    @property
    def ends(self) -> frozenset[str]:
        """The places beside its own that it is broken down by."""
        return frozenset((self.origin, self.destination)) - {"", self.area}

    @property
    def span(self) -> tuple[Decimal, Decimal] | None:
        """From the least to the most that is said, or nothing where no number is."""
        if self.value is not None:
            return self.value, self.value
        return (self.low, self.high) if self.low is not None and self.high is not None else None


@dataclass(frozen=True, slots=True)
class Part:
    """What a figure is said to consist of; ``concept`` where other figures count it, too."""

    label: str
    value: Decimal
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    role: Role
    group: str
    cells: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns by their keys, rows with a figure a column. ``whole`` names a figure that all rows together are part of.

    ``partial`` names groups that are known not to be listed whole; ``sums`` says which column holds the sum of which others.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unit_printed: bool = True
    decimal: str = "."
    nil: str = ""
    section: str = ""
    source: str = ""
    note: int | None = None
    partial: frozenset[str] = frozenset()
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whole: str = ""
    #: rows or columns are years, so that neighbours can be compared
    time: str = ""

    def figures(self) -> Iterator[Figure]:
        """All cells, row by row."""
        for row in self.rows:
            yield from row.cells

    def series(self) -> Iterator[tuple[str, tuple[Figure, ...]]]:
        """What follows in time, with the name of the row or column."""
        if self.time == "columns":
            yield from ((row.label, row.cells) for row in self.rows)
        elif self.time == "rows":
            for at, column in enumerate(self.columns):
                yield column, tuple(row.cells[at] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that says in words how a series goes: ``rising`` or ``falling``, over ``periods`` last values."""

    id: str
    says: str
    table: str
    series: str
    periods: int = 3
    section: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as figures: tables, single figures, sources, notes, claims, and texts for all to read by the id of their block."""

    area: str
    date: Period
    concepts: Mapping[str, Concept]
    sources: Mapping[str, Source]
    notes: Mapping[int, Note]
    tables: tuple[Table, ...]
    singles: tuple[Figure, ...]
    claims: tuple[Claim, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    #: groups of countries as they are in some years, by key
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def figures(self) -> Iterator[Figure]:
        """Every figure, those of tables first."""
        for table in self.tables:
            yield from table.figures()
        yield from self.singles

    def concept(self, figure: Figure) -> Concept:
        return self.concepts[figure.concept]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says: ``where`` are ids of figures, tables or blocks; ``code`` names the sentence that ``facts`` complete."""

    rule: str
    severity: Severity
    where: tuple[str, ...]
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def said(self, lang: str = "en") -> str:
        """The finding in words, in ``en``, ``tg``, ``az`` or ``ru``."""
        from hamroh.kernel.figures.words import said

        return said(self, lang)
