"""Reports about violence and about work on cases: exact for the house's own eyes, and what of them left."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.workbooks import put, saved
from hamroh.kernel import incidents
from hamroh.kernel.incidents import UNKNOWN
from hamroh.kernel.indicators import Figure, sixteen
from hamroh.statistics import casework, rates, scope, violence, wording, words
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.rates import Rate
from hamroh.statistics.released import ReleasedTable
from hamroh.statistics.selectors.released import released_tables

#: the register's key of what leaves about violence
REGISTER = "violence"
#: quarters that a page offers, the running one first
SHOWN = 8
WITHHELD = "×"
KIND = "kind"


@dataclass(frozen=True)
class GridLine:
    """One category: how many acts, and of which kinds."""

    title: str
    count: int
    kinds: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Grid:
    """Acts by one dimension, each category with its kinds: a column for each kind would be wider than any screen."""

    code: str
    title: str
    lines: Sequence[GridLine]


@dataclass(frozen=True)
class Report:
    """One quarter: how many acts and people, how many of them in totals alone, and the tables."""

    quarter: Quarter
    acts: int
    people: int
    silent: int
    kinds: Sequence[tuple[str, int]]
    grids: Sequence[Grid]


def quarters(today: dt.date) -> list[Quarter]:
    """The running quarter and those before it."""
    return [Quarter.around(today).later(-each) for each in range(SHOWN)]


def last_day(quarter: Quarter) -> dt.date:
    return quarter.end - dt.timedelta(days=1)


def report(*, actor: Any, organisation: Organisation, quarter: Quarter) -> Report:
    """Every table of a quarter, exact: it stays in the house."""
    scope.require(actor, "statistics.see", organisation.pk)
    found = violence.acts(
        actor=actor, organisation=organisation, first=quarter.start, last=last_day(quarter)
    )  # fmt: skip
    return Report(
        quarter, len(found), len({each.person for each in found}), sum(each.is_silent for each in found),
        [(title, count) for _code, title, count in _kinds(found)], list(_grids(found)),
    )  # fmt: skip


def _kinds(found: Sequence[violence.Act]) -> list[tuple[str, str, int]]:
    counted = violence.counts(found, KIND)
    return [
        (code, str(wording.word(KIND, code)), counted[(code,)]) for code in incidents.codes_of(KIND) if counted[(code,)]
    ]


def _grids(found: Sequence[violence.Act]) -> Iterator[Grid]:
    kinds = _kinds(found)
    for name in incidents.DIMENSIONS:
        told = violence.counts(found, name, KIND)
        rows = [code for code in incidents.codes_of(name) if any(told[code, kind] for kind, *_rest in kinds)]
        if name == KIND or rows in ([], [UNKNOWN]):
            continue
        lines = [_line(name, code, kinds, told) for code in rows]
        yield Grid(name, str(wording.TITLES[name]), lines)


def _line(name: str, code: str, kinds: Sequence[tuple[str, str, int]], told: Counter[tuple[str, ...]]) -> GridLine:
    parts = [(title, told[code, kind]) for kind, title, _count in kinds if told[code, kind]]
    return GridLine(str(wording.word(name, code)), sum(count for _title, count in parts), parts)


def figures(*, actor: Any, organisation: Organisation, quarter: Quarter) -> list[Figure]:
    """The sixteen figures of work on cases in a quarter."""
    scope.require(actor, "statistics.see", organisation.pk)
    last = min(last_day(quarter), _today(organisation))
    return sixteen(casework.facts(actor=actor, organisation=organisation, first=quarter.start, last=last))


def _today(organisation: Organisation) -> dt.date:
    return local_date(timezone.now(), organisation)


def left(*, actor: Any, organisation: Organisation) -> list[ReleasedTable]:
    """What left about violence, the last first."""
    found = released_tables(actor=actor, organisation_id=organisation.pk)
    return [each for each in found if each.register == REGISTER]


def workbook(tables: Sequence[ReleasedTable]) -> bytes:
    """Tables that left as sheets, as the recorder of incidents has them: what is withheld is ×, and no name stands anywhere."""
    book = Workbook()
    book.remove(book.active)
    for number, each in enumerate(tables, start=1):
        sheet = book.create_sheet(f"{number}")
        for at, line in enumerate(_lines(each), start=1):
            for place, value in enumerate(line, start=1):
                put(sheet.cell(at, place), value)
    return saved(book)


def _lines(table: ReleasedTable) -> Iterator[list[Any]]:
    yield [table.title]
    yield [_("× is withheld, so that nobody can be recognised.")]
    shape = table.published.shape
    known = words.categories(table.register, shape, get_language() or "en")
    yield [*(words.variable(table.register, each.name) for each in shape.dimensions), table.unit]
    for cell in shape.cells:
        count = table.published.shown.get(cell, WITHHELD)
        names = (each.name for each in shape.dimensions)
        yield [*(known[name].get(code, code) for name, code in zip(names, cell, strict=True)), count]


# -- rates ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rated:
    """A table that left, with a rate for each of its regions and for everybody."""

    table: ReleasedTable
    lines: Sequence[Rate]


def rated(
    *, actor: Any, organisation: Organisation, pk: UUID | None = None
) -> tuple[list[ReleasedTable], Rated | None]:
    """The released tables that tell of places, and one of them with its rates: the newest where none is named."""
    tables = rates.by_place(released_tables(actor=actor, organisation_id=organisation.pk))
    chosen = next((each for each in tables if pk is None or each.pk == pk), None)
    return tables, Rated(chosen, rates.rates(chosen, organisation.country)) if chosen else None
