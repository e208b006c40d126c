"""What may be taken out, by whose right; and the wishes to do so."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Answer, Case, Consent, Export, ExportPurpose, Person, Purpose
from hamroh.cases.selectors.team import Filter, filtered
from hamroh.vault import opening

#: wishes that a page lists
SHOWN = 50


@dataclass(frozen=True)
class Scope:
    """Which cases are meant: those that a filter of the list leaves, or one."""

    organisation: Organisation
    purpose: str = ""
    query: str = ""
    case: Case | None = None

    @classmethod
    def of(cls, export: Export) -> "Scope":
        return cls(export.organisation, export.purpose, export.query, export.case)

    @property
    def by(self) -> Filter:
        return Filter.of(QueryDict(self.query))


def takeable(*, actor: Any, scope: Scope) -> QuerySet[Case]:
    """The cases of a scope that the actor may take out now, in the order of their codes.

    What is to be counted holds only cases of women who agreed to that, and whose yes stands today.
    """
    rows: QuerySet[Case] = Case.objects.filter(organisation=scope.organisation).select_related("owner", "organisation")
    if scope.case is not None:
        rows = rows.filter(pk=scope.case.pk)
    else:
        rows = filtered(actor=actor, organisation=scope.organisation, rows=rows, by=scope.by)
    rows = policy.visible(actor, "case.export", rows)
    if scope.purpose == ExportPurpose.STATISTICS:
        rows = _agreed(rows, scope.organisation)
    return rows.order_by("code")


def _agreed(rows: QuerySet[Case], organisation: Organisation) -> QuerySet[Case]:
    asked = Consent.objects.filter(case=OuterRef("pk"), purpose=Purpose.STATISTICS, person=None, about=None)
    newest = asked.order_by("-made_at", "-pk")
    today = local_date(timezone.now(), organisation)
    said = rows.annotate(
        answer=Subquery(newest.values("answer")[:1]), answer_until=Subquery(newest.values("until_date")[:1])
    )
    return said.filter(Q(answer_until=None) | Q(answer_until__gte=today), answer=Answer.GIVEN)


def counted(*, actor: Any, scope: Scope) -> tuple[int, int]:
    """How many cases and how many people of them."""
    rows = takeable(actor=actor, scope=scope)
    return rows.count(), Person.objects.filter(case__in=rows.order_by().values("pk")).count()


def mine(*, actor: Any, organisation: Organisation) -> list[Export]:
    """What she asked for there, the newest first."""
    rows = Export.objects.filter(organisation=organisation, asked_by=actor).select_related("case", "asked_by")
    return list(_open_to(actor, rows).defer("content").order_by("-asked_at")[:SHOWN])


def to_release(*, actor: Any, organisation: Organisation) -> list[Export]:
    """What waits for a second person, and that she may let go: never her own."""
    waiting = Export.objects.filter(organisation=organisation, state="asked", expires_at__gt=timezone.now())
    rows = policy.visible(actor, "export.release", waiting).exclude(asked_by=actor)
    return list(_open_to(actor, rows).defer("content").select_related("asked_by", "case").order_by("asked_at")[:SHOWN])


def _open_to(actor: Any, rows: QuerySet[Export]) -> QuerySet[Export]:
    """Without wishes about a case that the actor is shut out of, or works on no more."""
    return rows.filter(Q(case=None) | Q(case__in=policy.visible(actor, "case.export", Case.objects.all()).values("pk")))


def export_of(*, actor: Any, pk: UUID, verb: str = "export.see") -> tuple[Export, policy.Decision]:
    """One wish with the decision that opens it; Refused where the actor may not do ``verb`` to it."""
    rows = _open_to(actor, Export.objects.filter(pk=pk)).defer("content")
    row, decision = policy.fetch(actor, verb, rows.select_related("organisation", "case", "asked_by", "released_by"))
    return row, decision


def words_of(*, export: Export, decision: policy.Decision) -> Any:
    """Why, in the words of who asked."""
    return opening.open_each(export, ("words",), decision=decision, purpose="page")["words"]
