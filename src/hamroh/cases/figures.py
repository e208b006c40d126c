"""Tables about an organisation's cases, as they may leave: what is counted, by which categories, and nothing finer than a month and a district.

A case that is open still changes its matters, so by matter and by result only closed ones are counted. Weeks belong to the month of
their Monday.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.figuresets import Districts
from hamroh.cases.models import Case, Matter, MatterKind, Result
from hamroh.kernel.disclosure import Box, Dimension, Published, Refusal, Rules, Shape, Table

#: the register's key of whom these tables count
POPULATION = "cases"
#: what stands for a case without one, and for a case with several
UNKNOWN, NONE, SEVERAL = "unknown", "none", "several"
MOST_MONTHS = 24


class Event(models.TextChoices):
    OPENED = "opened", pgettext_lazy("figures", "Cases opened")
    CLOSED = "closed", pgettext_lazy("figures", "Cases closed")


class Cut(models.TextChoices):
    MONTH = "month", _("Month")
    DISTRICT = "district", _("District")
    KIND = "kind", _("Matter")
    RESULT = "result", pgettext_lazy("figures", "Result")


#: the month in which each event happened, as the audit calls it
_MONTHS = {Event.OPENED: "opened", Event.CLOSED: "closed"}
#: a month is counted from so long after its end on: what is late is written down by then
#: of these everybody has a category
WHOLE = frozenset({"district", "kind", "result"})
GRACE = dt.timedelta(days=14)
CUTS = {Event.OPENED: (Cut.MONTH, Cut.DISTRICT), Event.CLOSED: tuple(Cut)}


@dataclass(frozen=True)
class Wish:
    """Which table: what happened, from month to month (``2026-01``), by one or two categories."""

    event: Event
    first: str
    last: str
    by: tuple[Cut, ...]

    @property
    def months(self) -> list[str]:
        """The months from the first to the last."""
        start, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (self.first, self.last))
        return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]

    @property
    def codes(self) -> dict[str, Any]:
        """The same in codes, for the register."""
        return {
            "event": self.event.value,
            "first": self.first,
            "last": self.last,
            "by": [each.value for each in self.by],
        }

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "Wish":
        return cls(Event(codes["event"]), codes["first"], codes["last"], tuple(Cut(each) for each in codes["by"]))

    @property
    def title(self) -> str:
        """What it counts, in the reader's language."""
        by = ", ".join(str(cut.label) for cut in self.by)
        return gettext("%(what)s, %(first)s to %(last)s, by %(by)s") % {
            "what": self.event.label, "first": self.first, "last": self.last, "by": by.lower(),
        }  # fmt: skip

    @property
    def rules(self) -> Rules:
        """Five; ten where a small place and a kind of trouble meet. A nought is small, too."""
        return Rules(threshold=10 if {Cut.DISTRICT, Cut.KIND} <= set(self.by) else 5)


def month_of(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def table_of(wish: Wish, organisation_id: UUID, _turn: int) -> Table:
    """The table of a wish. Asks few queries, whatever is counted.

    A month that is over is one month in every table, so that whoever subtracts one table from another is audited as she reads them.
    """
    month = _MONTHS[wish.event]
    units = Districts.of(_countries(organisation_id))
    about: dict[str, frozenset[str]] = {}
    if Cut.MONTH not in wish.by:
        about[month] = frozenset(wish.months)
    counts = Counter(tuple(facts[cut] for cut in wish.by) for facts in _cases(wish, organisation_id, units))
    placed = not any(UNKNOWN in cell for cell in counts)
    dimensions = tuple(_dimension(cut, month, wish, units, placed=placed) for cut in wish.by)
    return Table(Shape(dimensions, about, POPULATION, whole=WHOLE), counts)


def _dimension(cut: Cut, month: str, wish: Wish, units: Districts, *, placed: bool) -> Dimension:
    """The categories of a cut. Where every case has a place nobody stands under *not known*: a nought there would only cost the totals."""
    if cut is Cut.MONTH:
        return Dimension.of(month, wish.months)
    if cut is Cut.DISTRICT:
        return Dimension.of(
            "district", [*units.regions, *([] if placed and units.regions else [UNKNOWN])], units.groups
        )
    return Dimension.of(cut.value, [*(MatterKind if cut is Cut.KIND else Result).values, NONE, SEVERAL])


def _cases(wish: Wish, organisation_id: UUID, units: Districts) -> Iterable[dict[Cut, str]]:
    """The categories of every case that a wish counts. Only what stands in the clear is read, no words of hers."""
    column = f"{wish.event.value}_week"
    rows = Case.objects.filter(organisation_id=organisation_id, **{f"{column}__isnull": False}).exclude(status="draft")
    matters = _matters(organisation_id) if {Cut.KIND, Cut.RESULT} & set(wish.by) else {}
    months = set(wish.months)
    for pk, week, area in rows.values_list("pk", column, "area"):
        if (month := month_of(week)) in months:
            kinds, results = matters.get(pk, ((), ()))
            yield {
                Cut.MONTH: month, Cut.DISTRICT: units.around(area) or UNKNOWN, Cut.KIND: _one(kinds),
                Cut.RESULT: _one([each for each in results if each]),
            }  # fmt: skip


def _matters(organisation_id: UUID) -> dict[UUID, tuple[list[str], list[str]]]:
    found: dict[UUID, tuple[list[str], list[str]]] = {}
    rows = Matter.objects.filter(organisation_id=organisation_id)
    for case, kind, result in rows.values_list("case_id", "kind", "result"):
        kinds, results = found.setdefault(case, ([], []))
        kinds.append(kind)
        results.append(result)
    return found


def _one(values: Sequence[str]) -> str:
    different = set(values)
    return NONE if not different else different.pop() if len(different) == 1 else SEVERAL


def _countries(organisation_id: UUID) -> set[str]:
    return set(Case.objects.filter(organisation_id=organisation_id).values_list("country", flat=True))


def empty_by_nature(tables: Sequence[Published]) -> list[Box]:
    """What everybody knows to be nobody: who was closed before being opened."""
    units: dict[str, set[str]] = {}
    for each in tables:
        for name, found in each.shape.box(each.shape.cells[-1]).items():
            units.setdefault(name, set()).update(found)
    boxes: list[Box] = []
    for unit in sorted(units.get("opened", ())):
        if before := frozenset(other for other in units.get("closed", ()) if _order(other) < _order(unit)):
            boxes.append({"opened": frozenset({unit}), "closed": before})
    return boxes


def bars(wish: Wish, organisation_id: UUID) -> Refusal | None:
    """Nothing leaves of a month that still changes: the table of next week would tell of one woman."""
    organisation = Organisation.objects.get(pk=organisation_id)
    year, month = (int(each) for each in wish.last.split("-"))
    over = dt.date(year + month // 12, month % 12 + 1, 1)
    return Refusal.STILL_OPEN if local_date(timezone.now(), organisation) < over + GRACE else None


def _order(unit: str) -> tuple[int, ...]:
    return tuple(int(each) for each in unit.split("-"))
