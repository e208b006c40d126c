"""What was done in a case, as its page, its story and its print show it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.models import CLINICAL, Case, Discipline, Encounter, Move, Need, Note, Part, Person, Service
from hamroh.vault import opening

Opened = dict[str, Any]


def needs(*, case: Case, decision: Decision, purpose: str = "page") -> list[Opened]:
    """Needs with their goals opened, those that are open first."""
    rows = Need.objects.filter(case=case).order_by("outcome", "made_at")
    return _each(rows, ("goal", "outcome_words"), decision, purpose)


def goal_of(*, need: Need, decision: Decision) -> Any:
    """Her goal for a need, for a form about it; None where it has none."""
    return opening.open_each(need, ("goal",), decision=decision, purpose="page")["goal"]


def services(*, case: Case, decision: Decision, purpose: str = "page", most: int | None = None) -> list[Opened]:
    rows = Service.objects.filter(case=case).select_related("by", "need").order_by("-on_date", "-made_at")[:most]
    return _each(rows, ("words",), decision, purpose)


def encounters(*, case: Case, decision: Decision, purpose: str = "page", most: int | None = None) -> list[Opened]:
    rows = Encounter.objects.filter(case=case).select_related("by").order_by("-on_date", "-made_at")[:most]
    return _each(rows, ("present", "words"), decision, purpose)


def moves(*, case: Case, decision: Decision, purpose: str = "page", most: int | None = None) -> list[Opened]:
    rows = Move.objects.filter(case=case).select_related("by").order_by("-made_at")[:most]
    return _each(rows, ("words",), decision, purpose)


def _each(rows: Iterable[Any], fields: tuple[str, ...], decision: Decision, purpose: str) -> list[Opened]:
    return [{"row": row, **opening.open_each(row, fields, decision=decision, purpose=purpose)} for row in rows]


# -- notes: each discipline by its own right ------------------------------------------------------------------------


class Reading:
    """Which notes of a case somebody reads, and by which decision: one of the case, her own, her discipline's."""

    def __init__(self, actor: Any, case: Case, decision: Decision) -> None:
        self.actor_id, self.case = actor.pk, decision
        self.own = policy.allowed(actor, "case.own_note", case)
        self.psychology = policy.allowed(actor, "case.psychology", case)

    def readable(self, by: str = "author") -> Q:
        """Rows whose ``discipline`` opens to her; ``by`` is the column of who wrote or took them in."""
        found = ~Q(discipline__in=CLINICAL)
        if self.own:
            found |= Q(**{by: self.actor_id})
        if self.psychology:
            found |= Q(discipline=Discipline.PSYCHOLOGICAL)
        return found

    def decision_on(self, row: Any, by: str = "author") -> Decision:
        if row.discipline not in CLINICAL:
            return self.case
        return self.own if self.own and getattr(row, f"{by}_id") == self.actor_id else self.psychology


#: on no page of the mother's case
OF_A_CHILD = Q(discipline__in=CLINICAL, about__part=Part.CHILD)


def notes(
    *, actor: Any, case: Case, decision: Decision, purpose: str = "page", most: int | None = None
) -> list[Opened]:  # fmt: skip
    """The notes that the actor reads on the page of the case: without those of a discipline about a child."""
    reading = Reading(actor, case, decision)
    return _notes(case, reading, ~OF_A_CHILD, purpose, most)


def notes_on_children(*, actor: Any, case: Case, decision: Decision) -> list[Opened]:
    """Notes of a discipline about the children of a case; Refused for who reads none of any discipline there."""
    reading = Reading(actor, case, decision)
    if not (reading.own or reading.psychology):
        raise policy.Refused("no discipline in this case")
    return _notes(case, reading, OF_A_CHILD, "page", None)


def note(*, actor: Any, case: Case, decision: Decision, pk: UUID) -> Opened:
    """One note of a case with its words; Refused where there is none that the actor reads."""
    reading = Reading(actor, case, decision)
    found = _notes(case, reading, Q(pk=pk), "page", 1)
    if not found:
        raise policy.Refused("no such note for this person")
    return found[0]


def _notes(case: Case, reading: Reading, which: Q, purpose: str, most: int | None) -> list[Opened]:
    rows: QuerySet[Note] = Note.objects.filter(reading.readable(), which, case=case)
    found = rows.select_related("author", "about").order_by("-on_date", "-made_at")[:most]
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=reading.decision_on(row), purpose=purpose)}
        for row in found
    ]


def names_of_people(*, case: Case, decision: Decision, purpose: str = "page") -> dict[UUID, Any]:
    """The names of the people of a case by their ids, the client first."""
    rows = Person.objects.filter(case=case).order_by("part", "pk")
    found = {
        row.pk: (row, opening.open_each(row, ("name",), decision=decision, purpose=purpose)["name"]) for row in rows
    }
    ordered = sorted(found.items(), key=lambda each: each[1][0].part != Part.CLIENT)
    return {pk: name for pk, (_row, name) in ordered}
