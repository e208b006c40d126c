"""Acts of violence in a case as pages show them: opened one by one for who may read the case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.models import Case, Incident
from hamroh.kernel import incidents
from hamroh.kernel.incidents import UNSAID, Question
from hamroh.vault import opening

Answered = tuple[Question, list[Mapping[str, str] | None]]


@dataclass(frozen=True)
class Told:
    """One act, opened. An answer of None is that she does not wish to say."""

    row: Incident
    facts: Mapping[str, Any]

    @property
    def answers(self) -> Mapping[str, list[str]]:
        return self.facts.get("answers") or {}

    @property
    def told_on(self) -> dt.date | None:
        said = self.facts.get("told_on")
        return dt.date.fromisoformat(said) if said else None

    @property
    def happened(self) -> str:
        """When, as far as she knows: 2026, 2026-03 or 2026-03-14."""
        known = self.facts.get("happened") or {}
        parts = [f"{known[name]:02}" for name in ("year", "month", "day") if name in known]
        return "-".join(parts)

    @property
    def kind(self) -> Mapping[str, str] | None:
        """What was done, in the words of the answer; None where it is not told."""
        known = incidents.tool().questions["kind"].answers
        return next((known[code] for code in self.answers.get("kind", ()) if code in known), None)

    @property
    def is_shown(self) -> bool:
        return bool(self.facts)

    @property
    def said(self) -> list[Answered]:
        """The questions that were answered, in their order."""
        asked = [each for each in incidents.tool().asked(self.answers) if self.answers.get(each.code)]
        return [
            (
                each,
                [None if code == UNSAID else each.answers.get(code, {"en": code}) for code in self.answers[each.code]],
            )
            for each in asked
        ]

    @property
    def left(self) -> str:
        """The first question that was not asked yet; empty where none is left."""
        asked = (each.code for each in incidents.tool().asked(self.answers) if each.code not in self.answers)
        return next(asked, "")


def told(*, row: Incident, decision: Decision) -> Told:
    """One act, opened; without facts where it does not open."""
    found = opening.open_each(row, ("facts",), decision=decision, purpose="incident")["facts"]
    return Told(row, found if isinstance(found, Mapping) else {})


def of_case(*, case: Case) -> QuerySet[Incident]:
    """All of a case, the newest first; nothing is opened."""
    return Incident.objects.filter(case=case).select_related("person", "taken_by").order_by("-made_at", "pk")


def incident(*, case: Case, pk: UUID) -> Incident:
    """One of a case; Refused where it has none such."""
    row = of_case(case=case).filter(pk=pk).first()
    if row is None:
        raise policy.Refused("no such act in this case")
    row.case = case
    return row
