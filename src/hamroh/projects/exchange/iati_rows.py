"""All rows of some projects that a file may be made of, in a number of queries that does not grow with them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model

from hamroh.directory.models import AdminUnit, Party, PartyIdentifier, UnitAncestor
from hamroh.kernel.iati.facts import Body
from hamroh.projects.actions.iati import SCHEMES
from hamroh.projects.exchange.iati_codes import ORGANISATIONS, is_nameable
from hamroh.projects.models import (
    Actual,
    Budget,
    Indicator,
    Period,
    Project,
    ProjectPaper,
    ProjectParty,
    ProjectPlace,
    ProjectSector,
    Result,
    Target,
    Transaction,
)

#: the nearest that a place is told
_NEAREST = ("district", "city", "region", "country")


class Where(NamedTuple):
    """A place as it may be told, and its country."""

    unit: AdminUnit
    country: AdminUnit | None


@dataclass(frozen=True)
class Rows:
    """The rows by the project, the result, the indicator or the period that they belong to."""

    of: Mapping[type[Model], Mapping[UUID, Sequence[Any]]]
    bodies: Mapping[UUID, Body]
    places: Mapping[UUID, Where]

    def each(self, model: type[Model], owner: UUID) -> Sequence[Any]:
        return self.of[model].get(owner, ())


_OWNERS: tuple[tuple[type[Any], str, str, tuple[str, ...]], ...] = (
    (ProjectParty, "project_id", "project", ("role", "made_at", "pk")),
    (ProjectPlace, "project_id", "project", ("pk",)),
    (ProjectSector, "project_id", "project", ("vocabulary", "code")),
    (Budget, "project_id", "project", ("starts_date", "pk")),
    (Transaction, "project_id", "project", ("on_date", "pk")),
    (ProjectPaper, "project_id", "project", ("made_at", "pk")),
    (Result, "project_id", "project", ("number", "pk")),
    (Indicator, "result_id", "project", ("code", "pk")),
    (Period, "indicator_id", "project", ("starts_date", "pk")),
    (Target, "period_id", "project", ("made_at", "pk")),
    (Actual, "period_id", "project", ("made_at", "pk")),
)


def rows_of(projects: Iterable[Project], today: dt.date) -> Rows:
    """What the files of these projects are made of. Whether a row may be told is asked later; who may be named is asked here."""
    held = list(projects)
    of: dict[type[Model], Mapping[UUID, Sequence[Any]]] = {}
    for model, owner, project, order in _OWNERS:
        by: dict[UUID, list[Any]] = defaultdict(list)
        for row in model.objects.filter(**{f"{project}__in": held}).order_by(*order):
            by[getattr(row, owner)].append(row)
        of[model] = by
    return Rows(of, bodies(_parties(of), today), _places(of))


def _parties(of: Mapping[type[Model], Mapping[UUID, Sequence[Any]]]) -> set[UUID]:
    found = {row.party_id for rows in of[ProjectParty].values() for row in rows}
    for rows in of[Transaction].values():
        found |= {each for row in rows for each in (row.provider_id, row.receiver_id)}
    return {each for each in found if each}


def bodies(parties: Iterable[UUID], today: dt.date) -> dict[UUID, Body]:
    """The organisations that a file may name, by their key; who is not there is not told in any form."""
    rows = list(Party.objects.public(today).filter(pk__in=set(parties)))
    numbers = {
        row.party_id: row.value.strip()
        for row in PartyIdentifier.objects.filter(party__in=rows).order_by("-pk")
        if row.scheme.casefold() in SCHEMES
    }
    return {
        row.pk: Body({lang: text for lang, text in row.names.items() if text}, numbers.get(row.pk, ""), ORGANISATIONS.get(row.kind, ""))
        for row in rows
        if is_nameable(row)
    }  # fmt: skip


def _places(of: Mapping[type[Model], Mapping[UUID, Sequence[Any]]]) -> dict[UUID, Where]:
    """Each place as it is told: the district, city or region it lies in, and its country."""
    asked = {row.place_id for rows in of[ProjectPlace].values() for row in rows}
    asked |= {row.place_id for model in (Target, Actual) for rows in of[model].values() for row in rows if row.place_id}
    above: dict[UUID, list[AdminUnit]] = defaultdict(list)
    for row in UnitAncestor.objects.filter(unit__in=asked).select_related("ancestor").order_by("unit_id", "distance"):
        above[row.unit_id].append(row.ancestor)
    return {key: where for key, units in above.items() if (where := _told(units))}


def _told(units: Sequence[AdminUnit]) -> Where | None:
    near = next((each for each in units if each.level in _NEAREST), None)
    return Where(near, next((each for each in units if each.level == "country"), None)) if near else None
