"""Figures on their way in from a file: what a row says once it is understood, and why a row is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.kernel.figures.courses import REVISED

#: why a row or cell of a file does not become a figure
REASONS: Mapping[str, Any] = {
    "area": _("No country or region is known by this name or code."),
    "group": _("A group of countries: its members stand beside it, and nobody is counted twice."),
    "indicator": _("It is not known what this counts."),
    "period": _("This is no year, month or day."),
    "number": _("This is no number."),
    "unit": _("It is counted in another unit than the indicator."),
    "formula": _("The cell holds a formula. Paste its value instead."),
    "blank": _("The whole row holds no figure."),
    "twice": _("The same figure stands in the file already."),
    "otherwise": _("The file says another number for the same on an earlier line."),
    "deleted": _("The file marks it as deleted."),
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A figure of a file: ``line`` and ``column`` are where it stands, ``dims`` are in the order of their names, ``thousands`` the power of ten it was printed in.

    ``cited``, ``locator``, ``definition`` and ``variant`` are said only by files of another house like this one: the key of the source that
    the file has it from, the place there, and which of several figures of one thing it is.
    """

    line: int
    column: str
    indicator: str
    area: str
    dims: tuple[tuple[str, str], ...]
    period: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: str = ""
    printed: str = ""
    missing: str = ""
    flags: tuple[str, ...] = ()
    note: str = ""
    thousands: int = 0
    unit: str = ""
    cited: str = ""
    variant: str = ""
    locator: str = ""
    definition: str = ""

    @property
    def dims_key(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.dims)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is about: two figures of one key in two releases are the same thing."""
        return self.indicator, self.area, self.dims_key, self.period

    @property
    def said(self) -> tuple[Any, ...]:
        return self.value, self.low, self.high, self.qualifier, self.missing

    def dim(self, name: str) -> str:
        return dict(self.dims).get(name, "")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row or cell that does not come in; ``code`` is one of `REASONS`, ``detail`` what stands there."""

    line: int
    code: str
    detail: str = ""

    @property
    def reason(self) -> str:
        return str(REASONS[self.code])


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that the release before said otherwise. ``off`` is by how much of the old one, nothing where either has no number."""

    line: int
    column: str
    indicator: str
    area: str
    dims_key: str
    period: str
    before: Decimal | None
    after: Decimal | None

    @property
    def off(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return (self.after - self.before) / abs(self.before) if self.before else Decimal("Infinity")

    @property
    def is_large(self) -> bool:
        """Whether it differs by more than a twentieth, or is a number where none was, or none where one was."""
        return self.off is None or abs(self.off) > REVISED
