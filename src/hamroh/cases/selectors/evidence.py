"""Evidence as a case's page shows it: papers of a discipline, and a child's, to whom they open and to nobody else.

A paper about a child opens to who works on the case; to whom the case is lent, not. Of the psychologist and of health it opens as a note
does, and stands on no page of the mother's case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision, Refused
from hamroh.cases.models import CLINICAL, Case, Evidence
from hamroh.cases.selectors.working import OF_A_CHILD, Reading
from hamroh.vault import opening

#: who took a paper in reads it as who wrote a note does
BY = "taken_by"


@dataclass(frozen=True)
class Papers:
    """Which papers of a case somebody reads, and by which decision each."""

    reading: Reading
    works: bool

    def readable(self) -> Q:
        found = self.reading.readable(BY)
        return found if self.works else found & Q(about=None)

    def decision_on(self, row: Evidence) -> Decision:
        return self.reading.decision_on(row, BY)


def papers_of(*, actor: Any, case: Case, decision: Decision) -> Papers:
    return Papers(Reading(actor, case, decision), bool(policy.allowed(actor, "case.write", case)))


def evidence(*, case: Case, papers: Papers, of_children: bool = False) -> QuerySet[Evidence]:
    """Originals with their copies, the newest first: those of the page, or those of a discipline about the children."""
    copies = Prefetch("copies", Evidence.objects.order_by("taken_at"))
    which = OF_A_CHILD if of_children else ~OF_A_CHILD
    rows = Evidence.objects.filter(papers.readable(), which, case=case, copy_of=None)
    return rows.select_related("taken_by", "matter", "about").prefetch_related(copies).order_by("-taken_at", "pk")


def opened(
    *, actor: Any, case: Case, decision: Decision, of_children: bool = False, purpose: str = "page"
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The rows of a case with what is said of each, and with their copies."""
    papers = papers_of(actor=actor, case=case, decision=decision)
    for row in evidence(case=case, papers=papers, of_children=of_children):
        facts = opening.open_each(row, ("facts",), decision=papers.decision_on(row), purpose=purpose)["facts"]
        yield {"row": row, "facts": facts, "copies": len(row.copies.all())}


def one(*, actor: Any, case: Case, decision: Decision, pk: UUID) -> tuple[Evidence, Decision]:
    """One original or copy of the case with the decision that opens it; Refused where there is none that the actor reads."""
    papers = papers_of(actor=actor, case=case, decision=decision)
    rows = Evidence.objects.filter(papers.readable(), case=case, pk=pk)
    row: Evidence | None = rows.select_related("case", "taken_by", "matter", "copy_of", "about").first()
    if row is None:
        raise Refused("no such evidence in this case")
    return row, papers.decision_on(row)


def copies(*, of: Evidence, decision: Decision) -> list[dict[str, Any]]:
    rows = Evidence.objects.filter(copy_of=of).select_related("taken_by").order_by("taken_at")
    return [
        {"row": row, "facts": opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]}
        for row in rows
    ]


# -- what goes out with a referral ------------------------------------------------------------------------------------


def to_go_out(*, case: Case) -> QuerySet[Evidence]:
    """Copies that were made to be handed out; those of the psychologist and of health never go out of a case."""
    rows = Evidence.objects.filter(case=case, copy_of__isnull=False).exclude(discipline__in=CLINICAL)
    return rows.select_related("about").order_by("taken_at")


def told(row: Evidence, names: Mapping[UUID, Any], words: str) -> str:
    """A copy as a list offers it, with whose it is where it is a child's."""
    whose = f", {names.get(row.about.pk, row.about.get_part_display())}" if row.about else ""
    return f"{row.get_kind_display()}{whose}: {words}"
