"""What left, for who may read it: donors read what left for them or for everybody, and nothing that was refused."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.statistics import scope
from hamroh.statistics.released import ReleasedTable, tables
from hamroh.vault.models import Audience, FiguresRelease

#: for whom a table left that a donor may read
OUTSIDE = (Audience.PUBLIC, Audience.DONOR)


def releases(*, actor: Any, organisation_id: UUID) -> QuerySet[FiguresRelease]:
    """Rows of the register, the last first."""
    scope.require(actor, "statistics.given", organisation_id)
    rows = FiguresRelease.objects.filter(organisation_id=organisation_id).select_related("population")
    if not scope.allowed(actor, "statistics.see", organisation_id):
        rows = rows.filter(refusal="", audience__in=OUTSIDE)
    return rows.order_by("-made_at")


def released_tables(*, actor: Any, organisation_id: UUID) -> list[ReleasedTable]:
    """All tables that left, the last first, with their cells. One query."""
    return tables(releases(actor=actor, organisation_id=organisation_id).filter(refusal=""))


def released_table(*, actor: Any, organisation_id: UUID, pk: UUID) -> ReleasedTable:
    """One of them; Refused for any other."""
    row = releases(actor=actor, organisation_id=organisation_id).filter(refusal="", pk=pk).first()
    if row is None:
        raise policy.Refused("no such table")
    return ReleasedTable.of(row)
