"""Which figures there are: each room that counts people hands over its set, and one page, one register and one door serve them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django import forms

from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.kernel.disclosure import Box, Published, Refusal, Rules, Shape, Table

_DISTRICTS, _ABOVE = ("district", "city"), ("region", "country")


class Wish(Protocol):
    """One table of a set, as somebody asks for it."""

    @property
    def codes(self) -> dict[str, Any]:
        """The same in codes, for the register."""
        ...

    @property
    def rules(self) -> Rules: ...
    @property
    def title(self) -> str: ...


def no_bar(_wish: Any, _organisation_id: UUID) -> Refusal | None:
    return None


def no_notes(_published: Published, _lang: str) -> list[str]:
    return []


@dataclass(frozen=True)
class FigureSet:
    """Everything that the page of figures asks about one kind of people. ``key`` is that of the register, and stands in addresses.

    ``form`` has the chosen ``wish``; ``table_of`` counts it as it would leave as the turn of that number, for an actor; ``empty`` are
    the boxes that everybody knows to be empty. ``bars`` says why nothing of a table may leave, whatever it counts; ``notes`` what can be
    said of a table from what leaves of it alone. ``is_quiet``: a nought is called few, also for our own eyes.
    """

    key: str
    place: int
    title: Any
    lead: Any
    unit: Any
    form: type[forms.Form]
    wish_of: Callable[[Mapping[str, Any]], Wish]
    table_of: Callable[[Any, Any, UUID, int], Table]
    empty: Callable[[Sequence[Published]], Sequence[Box]]
    variable: Callable[[str], str]
    words: Callable[[Shape, str], Mapping[str, str]]
    bars: Callable[[Any, UUID], Refusal | None] = no_bar
    notes: Callable[[Published, str], list[str]] = no_notes
    is_quiet: bool = False


_sets: dict[str, FigureSet] = {}


def declare(found: FigureSet) -> None:
    """Called when the room is loaded."""
    _sets[found.key] = found


def sets() -> list[FigureSet]:
    """All of them, in their order."""
    return sorted(_sets.values(), key=lambda each: each.place)


def of(key: str) -> FigureSet | None:
    """The set of a key; the first one where none is named."""
    return _sets.get(key) if key else next(iter(sets()), None)


@dataclass(frozen=True)
class Districts:
    """All districts of some countries by their regions, whether anybody is counted there or not; "" is no region.

    ``by_area`` is the district around each place of these countries.
    """

    regions: Mapping[str, str]
    by_area: Mapping[str, str]

    @classmethod
    def of(cls, countries: Iterable[str]) -> "Districts":
        codes = [code.upper() for code in countries]
        units = AdminUnit.objects.filter(level__in=_DISTRICTS, ancestry__ancestor__iso__in=codes)
        found = units.filter(parent__level__in=_ABOVE).values_list("key", "parent__key", "parent__level").distinct()
        regions = {key: region if level == "region" else "" for key, region, level in found.order_by("key")}
        above = UnitAncestor.objects.filter(ancestor__key__in=regions).order_by("-distance")
        return cls(regions, dict(above.values_list("unit__key", "ancestor__key")))

    def around(self, area: str) -> str:
        """The district around the nearest unit of what a record keeps of its place; empty where there is none."""
        return self.by_area.get(area.strip("/").rpartition("/")[2], "")

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for district, region in self.regions.items():
            if region:
                found.setdefault(region, []).append(district)
        return {region: tuple(districts) for region, districts in found.items()}
