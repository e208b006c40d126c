"""What a chart is made of, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

#: flags of a figure that joins no line with the one before it: its series was broken
BROKEN = "B"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure where it stands in a chart. ``text`` is as its table says it; ``doubtful`` that it bears a flag: it is drawn hollow."""

    text: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    doubtful: bool = False
    broken: bool = False

    @property
    def reach(self) -> tuple[Decimal, ...]:
        """The numbers that the axis must reach."""
        return tuple(each for each in (self.value, self.low, self.high) if each is not None and each.is_finite())

    @property
    def middle(self) -> Decimal | None:
        """Where it is drawn when one place must do: its value, or the middle of its range."""
        if self.value is not None or not self.reach:
            return self.value
        return sum(self.reach, Decimal(0)) / len(self.reach)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that belong together, one for each category."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart to be drawn. ``shape`` is line, bar, stacked or range; ``doubt`` explains what is drawn hollow."""

    shape: str
    title: str
    alt: str
    lang: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    doubt: str = ""

    @property
    def reach(self) -> list[Decimal]:
        """All numbers that the axis must reach."""
        return [number for series in self.series for point in series.points for number in point.reach]


class Cell(Protocol):
    """What a chart asks of a figure of a table; ``presenting.page.Number`` is one."""

    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def flags(self) -> tuple[str, ...]: ...
    @property
    def missing(self) -> str: ...


class Row(Protocol):
    """A row of a table."""

    @property
    def label(self) -> str: ...
    @property
    def cells(self) -> Sequence[Cell]: ...


class Table(Protocol):
    """What a chart asks of the table beside it; ``presenting.page.PageTable`` is one."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def unit(self) -> str: ...
