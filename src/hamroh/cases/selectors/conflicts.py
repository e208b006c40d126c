"""Questions to supervisors: whether somebody stands in two files, and on which side."""

from typing import Any

from django.db.models import Q, QuerySet

from hamroh.accounts import policy
from hamroh.cases.models import Case, Conflict, ConflictKind, Person
from hamroh.vault import opening


def open_conflict(case: Case) -> Conflict | None:
    """A conflict of sides that the case waits for, in either of the two files; None where it may go on."""
    rows = Conflict.objects.filter(ended_at=None, kind=ConflictKind.SIDES, shown=True)
    return rows.filter(Q(case=case) | Q(other__case=case)).order_by("made_at").first()


def is_asked_about(*, actor: Any, case: Case) -> bool:
    """Whether the case's page says that a supervisor is asked.

    Nothing is said to somebody who is shut out of the other file, nor to one of another organisation to whom the case is lent.
    """
    if not any(held.organisation_id == case.organisation_id for held in policy.standing(actor).held):
        return False
    rows = Conflict.objects.filter(
        Q(case=case) | Q(other__case=case, kind=ConflictKind.SIDES), ended_at=None, shown=True
    )
    shut = {pk for kind, pk in policy.standing(actor).blocked if kind == "cases.case"}
    pairs = rows.values_list("case_id", "other__case_id")
    return any(not shut & {str(one), str(other)} for one, other in pairs)


def decidable(*, actor: Any) -> QuerySet[Conflict]:
    """Questions on two files that the actor may both approve of."""
    cases = policy.visible(actor, "case.approve", Case.objects.all())
    rows = policy.visible(actor, "case.approve", Conflict.objects.all()).filter(other__case__in=cases)
    return rows.select_related("case", "person__case", "other__case", "asked_by", "ended_by")


def to_decide(*, actor: Any) -> QuerySet[Conflict]:
    """Those that wait, those that hold a case up first."""
    return decidable(actor=actor).filter(ended_at=None).order_by("kind", "-made_at", "pk")


def names_of(*, actor: Any, conflicts: list[Conflict]) -> dict[Any, Any]:
    """The names of the people in some questions, by their ids."""
    people: list[Person] = [each for conflict in conflicts for each in (conflict.person, conflict.other)]
    decided = ((each, policy.allowed(actor, "case.read", each)) for each in people)
    return {
        each.pk: opening.open_each(each, ("name",), decision=decision, purpose="conflict")["name"]
        for each, decision in decided
        if decision
    }
