"""Books, counted for the house's own eyes, and tables that were kept."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts.models import Organisation
from hamroh.kernel.disclosure import Table
from hamroh.statistics import scope
from hamroh.statistics.counting import table_of
from hamroh.statistics.models import Book, BookState, KeptTable
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.wishes import Wish


def books(*, actor: Any, organisation_id: UUID) -> QuerySet[Book]:
    """All books of a house without what is sealed, the last quarter first."""
    scope.require(actor, "statistics.see", organisation_id)
    rows = Book.objects.filter(organisation_id=organisation_id).defer("block", "records")
    return rows.order_by("-quarter", "source")


def last_closed(*, organisation_id: UUID, source: str) -> Quarter | None:
    """The last quarter of a source that stands for good."""
    rows = Book.objects.filter(organisation_id=organisation_id, source=source, state=BookState.CLOSED)
    code = rows.order_by("-quarter").values_list("quarter", flat=True).first()
    return Quarter.of(code) if code else None


def counted(*, actor: Any, organisation: Organisation, wish: Wish) -> Table:
    """The exact counts of a wish, for the house's own eyes; one line of the journal."""
    scope.require(actor, "statistics.see", organisation.pk)
    return table_of(actor=actor, organisation=organisation, wish=wish)


def kept_tables(*, actor: Any, organisation_id: UUID) -> QuerySet[KeptTable]:
    """Tables that somebody of the house asks for again."""
    scope.require(actor, "statistics.see", organisation_id)
    return KeptTable.objects.filter(organisation_id=organisation_id).order_by("-made_at")
