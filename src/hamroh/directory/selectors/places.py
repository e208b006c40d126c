"""Places by code, by key and by what somebody typed."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import QuerySet

from hamroh.directory.models import AdminUnit
from hamroh.kernel import gazetteer
from hamroh.kernel.text import sort_key
from hamroh.web.texts import pick


class UnitFound(NamedTuple):
    """A unit that a typed name may mean, and by which name with which years it was found."""

    unit: AdminUnit
    found: gazetteer.Found


def unit_by_code(*, actor: Any, code: int) -> AdminUnit | None:  # noqa: ARG001 - places are public
    """The unit with the neutral number that addresses carry."""
    return AdminUnit.objects.select_related("parent__parent").filter(code=code).first()


def unit_by_key(*, actor: Any, key: str) -> AdminUnit | None:  # noqa: ARG001
    """The unit with the gazetteer's key, as facts name it."""
    return AdminUnit.objects.filter(key=key).first()


def units_found(
    *,
    actor: Any,  # noqa: ARG001
    text: str,
    on: dt.date | None = None,
    within: str | None = None,
    limit: int = 10,
) -> list[UnitFound]:
    """Units that a typed name may mean, best first: those called so ``on`` that day (today without it) come first."""
    hits = gazetteer.load().find(text, on=on, within=within, limit=limit)
    units = AdminUnit.objects.select_related("parent__parent").in_bulk([hit.unit_id for hit in hits], field_name="key")
    return [UnitFound(units[hit.unit_id], hit) for hit in hits if hit.unit_id in units]


def units_above(*, actor: Any, unit: AdminUnit) -> QuerySet[AdminUnit]:  # noqa: ARG001
    """The unit and everything it lies in, from itself up to its country."""
    return AdminUnit.objects.filter(descendancy__unit=unit).order_by("descendancy__distance")


def units_beneath(*, actor: Any, unit: AdminUnit) -> QuerySet[AdminUnit]:  # noqa: ARG001
    """The unit and everything in it."""
    return AdminUnit.objects.filter(ancestry__ancestor=unit)


def parts_of(*, actor: Any, unit: AdminUnit, lang: str) -> list[AdminUnit]:  # noqa: ARG001
    """The units that lie directly in it, in the order of a language's alphabet."""
    return sorted(AdminUnit.objects.filter(parent=unit), key=lambda part: sort_key(pick(part.names, lang).text, lang))
