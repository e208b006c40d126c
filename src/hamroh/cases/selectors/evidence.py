"""Evidence as a case's page shows it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from hamroh.accounts.policy import Decision, Refused
from hamroh.cases.models import Case, Evidence
from hamroh.vault import opening


def evidence(*, case: Case) -> QuerySet[Evidence]:
    """Originals with their copies, the newest first."""
    copies = Prefetch("copies", Evidence.objects.order_by("taken_at"))
    rows = Evidence.objects.filter(case=case, copy_of=None).select_related("taken_by", "matter")
    return rows.prefetch_related(copies).order_by("-taken_at", "pk")


def opened(*, case: Case, decision: Decision) -> Iterator[dict[str, Any]]:
    """The rows of a case with what is said of each, and with their copies."""
    for row in evidence(case=case):
        facts = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
        yield {"row": row, "facts": facts, "copies": len(row.copies.all())}


def one(*, case: Case, pk: UUID) -> Evidence:
    """One original or copy of the case; Refused where there is none."""
    row: Evidence | None = (
        Evidence.objects.filter(case=case, pk=pk).select_related("case", "taken_by", "matter", "copy_of").first()
    )
    if row is None:
        raise Refused("no such evidence in this case")
    return row


def copies(*, of: Evidence, decision: Decision) -> list[dict[str, Any]]:
    rows = Evidence.objects.filter(copy_of=of).select_related("taken_by").order_by("taken_at")
    return [
        {"row": row, "facts": opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]}
        for row in rows
    ]
