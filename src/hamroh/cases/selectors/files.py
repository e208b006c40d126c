"""Cases as lists and pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases.models import Case, Part, Person
from hamroh.vault import opening


@dataclass(frozen=True)
class Line:
    """A case as a list shows it; ``name`` is its client's, None where it has none yet or it does not open."""

    case: Case
    name: Any


def cases(*, actor: Any, organisation: Organisation) -> QuerySet[Case]:
    """Cases that the actor may list, those that changed last first."""
    rows = Case.objects.filter(organisation=organisation).select_related("owner").order_by("-changed_at", "pk")
    return policy.visible(actor, "case.list", rows)


def lines(*, actor: Any, rows: Sequence[Case]) -> list[Line]:
    """One page of a list with the clients' names: one query, whatever its length."""
    names = clients(actor=actor, ids=[row.pk for row in rows])
    return [Line(row, names.get(row.pk)) for row in rows]


def clients(*, actor: Any, ids: Sequence[UUID]) -> dict[UUID, Any]:
    """The clients' names by case, of those cases that the actor may read."""
    rows = Person.objects.filter(case__in=ids, part=Part.CLIENT).select_related("case")
    decided = ((row, policy.allowed(actor, "case.read", row)) for row in rows)
    return {
        row.case_id: opening.open_each(row, ("name",), decision=decision, purpose="list")["name"]
        for row, decision in decided
        if decision.yes
    }


def case_of(*, actor: Any, code: str, verb: str = "case.read") -> tuple[Case, Decision]:
    """The case of a code with the decision that opens it; Refused where the actor may not do ``verb`` to it."""
    case, decision = policy.fetch(actor, verb, Case.objects.select_related("owner", "organisation").filter(code=code))
    return case, decision


def people(*, case: Case, decision: Decision, purpose: str = "page") -> list[dict[str, Any]]:
    """The people of a case, opened: the row beside its values."""
    fields = ("name", "names", "born", "phone", "document", "places", "facts")
    rows = Person.objects.filter(case=case).order_by("part", "pk")
    return [{"row": row, **opening.open_each(row, fields, decision=decision, purpose=purpose)} for row in rows]
