"""Tables about requests, as they may leave: of one half-year at a time, once its time is over, and of what their families were told.

Whoever was asked for in a half-year belongs to it for good, and what became of it is what her family had been told by the end of the next
one. So two releases about the same people count the same people, and those of two half-years nobody in common: there is nothing to
subtract. A request with a protection officer is a request like any other, to which no answer came; so is one whose person was found
and wishes no contact (docs/decisions/0030-figures-leave-once.md).
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
from hamroh.kernel.disclosure import ALL, Box, Dimension, Published, Refusal, Rules, Shape, Table, median_place
from hamroh.tracing.halves import Half
from hamroh.tracing.selectors import outcomes
from hamroh.tracing.selectors.outcomes import Counted
from hamroh.vault.models import FiguresRelease

#: the register's key of whom these tables count
POPULATION = "tracing"
UNKNOWN, ELSEWHERE, NONE = "unknown", "elsewhere", "none"
#: countries that are told apart; few, because a country where nobody is sought costs the total
COUNTRIES = ("ru", "kz", "tr")
#: what became of a request, as the family was told; word: alive and well, or a message
TOUCH, WORD, FOUND = "touch", "word", "found"
#: of how many a median is told
ENOUGH = 10
#: days until the family was told, up to and with
BANDS = {"d28": 28, "d91": 91, "d182": 182, "more": 10_000}
#: half-years over which is counted what no family was told, how many that is at least, and of how many without an answer one may be
TOGETHER, MANY, ONE_OF = 4, 20, 4
#: a weekly word that was late is written down by then
GRACE = dt.timedelta(days=14)


#: of these every request has a category
WHOLE = frozenset({"district", "country", "result"})


class Sort(models.TextChoices):
    """The tables that there are; no other pair of categories is offered."""

    DISTRICT = "district", _("Requests, by home district")
    COUNTRY = "country", _("Requests, by the country of the last news")
    RESULT = "result", _("What became of them")
    RESULT_DISTRICT = "result-district", _("What became of them, by home district")
    RESULT_COUNTRY = "result-country", _("What became of them, by the country of the last news")
    WAITED = "waited", _("How long it took, of those who were found")
    DECLINED = "declined", _("Found, and wishes no contact: of two years together")
    DECEASED = "deceased", _("Has died: of two years together")


#: tables that count a half-year as soon as it is over; the others wait for the end of the next one
_AT_ONCE = (Sort.DISTRICT, Sort.COUNTRY)
#: tables that do not leave beside each other: with districts, countries and what became of people the audit would take too long
_BY_DISTRICT, _BY_COUNTRY = {"district", "result-district"}, {"country", "result-country"}
APART = {
    Sort.DISTRICT: _BY_COUNTRY, Sort.RESULT_DISTRICT: _BY_COUNTRY, Sort.COUNTRY: _BY_DISTRICT, Sort.RESULT_COUNTRY: _BY_DISTRICT
}  # fmt: skip
#: what no family was told
INSIDE = (Sort.DECLINED, Sort.DECEASED)


class Became(models.TextChoices):
    """What became of a request, as it reads."""

    TOUCH = TOUCH, pgettext_lazy("figures", "In touch again")
    WORD = WORD, pgettext_lazy("figures", "Alive and well, or a message")
    FOUND = FOUND, pgettext_lazy("figures", "Found")
    NONE = NONE, pgettext_lazy("figures", "No answer that can be told")


@dataclass(frozen=True)
class Wish:
    """Which table, of the requests of which half-year (``2026-1``)."""

    half: Half
    sort: Sort

    @property
    def halves(self) -> list[Half]:
        """The half-years whose requests are counted."""
        count = TOGETHER if self.sort in INSIDE else 1
        return [self.half.later(-place) for place in reversed(range(count))]

    @property
    def counted_until(self) -> dt.date:
        """The day from which on it can be counted."""
        return self.half.end if self.sort in _AT_ONCE else self.half.later(1).end + GRACE

    @property
    def codes(self) -> dict[str, Any]:
        return {"half": self.half.code, "sort": self.sort.value}

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "Wish":
        return cls(Half.of(codes["half"]), Sort(codes["sort"]))

    @property
    def title(self) -> str:
        """What it counts, in the reader's language."""
        first, last = self.halves[0], self.halves[-1]
        return gettext("%(what)s; asked for from %(first)s to %(last)s") % {
            "what": self.sort.label, "first": f"{first.start:%Y-%m}", "last": f"{last.end - dt.timedelta(days=1):%Y-%m}",
        }  # fmt: skip

    @property
    def rules(self) -> Rules:
        """Five; ten where a small place and what became of somebody meet; twenty of what no family was told."""
        few = {Sort.RESULT_DISTRICT: 10, **dict.fromkeys(INSIDE, MANY)}
        return Rules(threshold=few.get(self.sort, 5))


def table_of(actor: Any, wish: Wish, organisation_id: UUID, _turn: int) -> Table:
    """The table of a wish. Asks few queries, whatever is counted."""
    organisation = Organisation.objects.get(pk=organisation_id)
    rows = outcomes.counted(actor=actor, organisation=organisation, halves=wish.halves, within=wish.half.later(1).end)
    asked = frozenset(each.code for each in wish.halves)
    if wish.sort in INSIDE:
        code = wish.sort.value
        inside = Dimension.of("inside", (code,))
        shape = Shape((inside,), {"asked": asked}, f"{POPULATION}-{code}", whole=frozenset({inside.name}))
        return Table(shape, {(code,): _untold(rows, code)})
    return _counted(wish, list(rows), Districts.of([organisation.country]), asked)


def _counted(wish: Wish, rows: Sequence[Counted], units: Districts, asked: frozenset[str]) -> Table:
    about: dict[str, frozenset[str]] = {"asked": asked}
    if wish.sort is Sort.WAITED:
        about["result"] = frozenset({TOUCH, WORD})
        rows = [row for row in rows if became(row) in (TOUCH, WORD)]
    by = wish.sort.value.split("-")
    counts = Counter(tuple(_category(name, row, units) for name in by) for row in rows)
    placed = not any(UNKNOWN in cell for cell in counts)
    return Table(
        Shape(tuple(_dimension(name, units, placed=placed) for name in by), about, POPULATION, whole=WHOLE), counts
    )


def _category(name: str, row: Counted, units: Districts) -> str:
    if name == "district":
        return district_of(row, units)
    if name == "country":
        return country_of(row)
    return became(row) if name == "result" else band_of(row)


def _dimension(name: str, units: Districts, *, placed: bool) -> Dimension:
    if name == "district":
        unknown = [] if placed and units.regions else [UNKNOWN]
        return Dimension.of(name, [*units.regions, *unknown], units.groups)
    if name == "country":
        return Dimension.of(name, (*COUNTRIES, ELSEWHERE))
    if name == "result":
        return Dimension.of(name, (TOUCH, WORD, NONE), {FOUND: (TOUCH, WORD)})
    return Dimension.of(name, BANDS)


# -- categories ----------------------------------------------------------------------------------------------------


def became(row: Counted) -> str:
    """What the family was told in time."""
    return TOUCH if "contact" in row.told else WORD if row.told else NONE


def band_of(row: Counted) -> str:
    """How long it took until the family was told for the first time."""
    days = (min(row.told.values()) - row.asked).days
    return next(code for code, most in BANDS.items() if days <= most)


def district_of(row: Counted, units: Districts) -> str:
    """The home district: as the home was written; where that leaves it open, the district of the case."""
    for near in (row.home_units, row.home_around):
        found = {units.by_area.get(unit, "") for unit in near} - {""}
        if len(found) == 1:
            return found.pop()
    return units.around(row.area) or UNKNOWN


def country_of(row: Counted) -> str:
    """The country of the last news, where that is one of those told apart."""
    found = [code for code in COUNTRIES if code in row.news_countries]
    return found[0] if len(found) == 1 else ELSEWHERE


# -- what everybody knows, and what may not be told -------------------------------------------------------------------


def empty_by_nature(_tables: Sequence[Published]) -> list[Box]:
    """No category here bars another one."""
    return []


def bars(wish: Wish, organisation_id: UUID) -> Refusal | None:
    """Nothing is counted before its time is over; and what no family was told only where that is few among all without an answer.

    Else a woman to whom nothing was told could read hers out of the figure. A half-year is told by district or by country.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    if local_date(timezone.now(), organisation) < wish.counted_until:
        return Refusal.NOTHING_LEFT
    if wish.sort not in INSIDE:
        return Refusal.TOO_WIDE if _left(wish, organisation_id) & APART.get(wish.sort, set()) else None
    rows = list(
        outcomes.counted(actor=None, organisation=organisation, halves=wish.halves, within=wish.half.later(1).end)
    )
    is_much = _untold(rows, wish.sort.value) * ONE_OF > sum(became(row) == NONE for row in rows)
    return Refusal.NOTHING_LEFT if is_much else None


def _left(wish: Wish, organisation_id: UUID) -> set[str]:
    """Which tables of a half-year left."""
    rows = FiguresRelease.objects.filter(organisation_id=organisation_id, population__key=POPULATION, refusal="")
    return set(rows.filter(asked__half=wish.half.code).values_list("asked__sort", flat=True))


def _untold(rows: Iterable[Counted], state: str) -> int:
    """How many came to a state of which the family was told nothing."""
    return sum(state in row.inside and became(row) == NONE for row in rows)


def notes(published: Published, _lang: str) -> list[str]:
    """The median time, read from the bands that are shown and from nothing else."""
    (dimension, *_rest) = published.shape.dimensions
    total = published.shown.get((ALL,))
    if dimension.name != "waited" or total is None or total < ENOUGH:
        return []
    place = median_place([published.shown.get((code,)) for code in BANDS], total)
    if place is None:
        return []
    most = list(BANDS.values())[place]
    if most == max(BANDS.values()):
        return [gettext("Half of them waited longer than %(days)s days.") % {"days": list(BANDS.values())[place - 1]}]
    return [gettext("Half of them were found and their families told within %(days)s days.") % {"days": most}]


def words(shape: Shape, lang: str) -> dict[str, str]:
    """Categories as they read; of countries the names that the table of places has."""
    from hamroh.directory.models import AdminUnit
    from hamroh.web.texts import pick

    bands = {
        "d28": gettext("Up to 4 weeks"), "d91": gettext("Up to 3 months"), "d182": gettext("Up to half a year"),
        "more": gettext("Longer"),
    }  # fmt: skip
    fixed = {
        UNKNOWN: gettext("Not known"),
        ELSEWHERE: gettext("Elsewhere, or not known"),
        "declined": gettext("Requests"),
    }
    named = [each for each in shape.dimensions if each.name == "country"]
    rows = AdminUnit.objects.filter(key__in=COUNTRIES if named else ()).values_list("key", "names")
    places = {key: pick(names, lang).text for key, names in rows}
    return bands | fixed | {code: str(label) for code, label in Became.choices} | places


def variable(name: str) -> str:
    """What a dimension tells apart."""
    return {
        "district": gettext("Home district"), "country": gettext("Country of the last news"),
        "result": gettext("What became of them"), "waited": gettext("From asking to the answer"),
    }.get(name, "")  # fmt: skip


def asked_halves(today: dt.date, count: int = 10) -> Iterable[Half]:
    """Half-years that are over, the last first."""
    last = Half.around(today).later(-1)
    return [last.later(-place) for place in range(count)]
