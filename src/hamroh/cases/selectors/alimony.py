"""What is told of an alimony matter, opened: for the page that lists it and for the sheet."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import lawbook
from hamroh.cases.alimony import Told
from hamroh.cases.models import AlimonyFact, AlimonyPart, Case, Matter, MatterKind, Part, Person
from hamroh.cases.selectors.matters import matter_of, today_of
from hamroh.vault import opening
from hamroh.vault.models import JournalLine

#: parts of people that the sheet names as the one who owes
DEBTORS = (Part.HUSBAND, Part.FATHER)


@dataclass(frozen=True)
class Entry:
    """A row with what it says; ``facts`` are empty where it does not open."""

    row: AlimonyFact
    facts: Mapping[str, Any]
    name: Any = ""


@dataclass(frozen=True)
class Opened:
    """Everything that is told of a matter, by part in the order of its days, and the same for the engine."""

    entries: Mapping[str, list[Entry]]
    told: Told


def alimony_of(*, actor: Any, code: str, pk: UUID, verb: str = "case.read") -> tuple[Matter, Decision]:
    """An alimony matter of a case; Refused where it is another's, or about something else."""
    matter, decision = matter_of(actor=actor, code=code, pk=pk, verb=verb)
    if matter.kind != MatterKind.ALIMONY:
        raise policy.Refused("no alimony matter")
    return matter, decision


def find(*, matter: Matter, pk: UUID) -> AlimonyFact | None:
    """A row of this matter; None where it is another's, or was taken back."""
    row: AlimonyFact | None = AlimonyFact.objects.filter(matter=matter, pk=pk).first()
    if row is not None:
        row.matter, row.case = matter, matter.case
    return row


def opened(*, matter: Matter, decision: Decision, purpose: str = "page") -> Opened:
    """Everything that is told of a matter: two queries, whatever its length."""
    rows = list(AlimonyFact.objects.filter(matter=matter).order_by("told_at", "pk"))
    people = {row.pk: row for row in Person.objects.filter(pk__in=[row.person_id for row in rows if row.person_id])}
    entries = [_entry(row, people.get(row.person_id), decision, purpose) for row in rows]
    parts = {str(part): sorted((each for each in entries if each.row.part == part), key=_day) for part in AlimonyPart}
    today = today_of(matter.case)
    told = Told(
        state=matter.country, today=today, book=lawbook.book(today), shut=not all(entry.facts for entry in entries),
        parts={part: [entry.facts for entry in found if entry.facts] for part, found in parts.items()},
    )  # fmt: skip
    return Opened(parts, told)


def _entry(row: AlimonyFact, person: Person | None, decision: Decision, purpose: str) -> Entry:
    facts = opening.open_each(row, ("facts",), decision=decision, purpose=purpose)["facts"]
    known = dict(facts) if isinstance(facts, dict) else {}
    if person is None:
        return Entry(row, known)
    values = opening.open_each(person, ("name", "born"), decision=decision, purpose=purpose)
    born = _whole(values["born"])
    return Entry(row, {"person": str(person.pk), **known} | ({"born": born} if born else {}), values["name"])


def _whole(born: Any) -> str:
    """A birthday that is known to the day, as text."""
    parts = [born.get(name) for name in ("year", "month", "day")] if isinstance(born, dict) else [None]
    return dt.date(*parts).isoformat() if all(parts) else ""


def _day(entry: Entry) -> str:
    return next(
        (str(entry.facts[name]) for name in ("since", "in_force", "filed", "first", "on") if entry.facts.get(name)), ""
    )


def children_of(*, case: Case, decision: Decision) -> list[tuple[UUID, Any]]:
    """The children of a case with their names, to be chosen from."""
    rows = Person.objects.filter(case=case, part=Part.CHILD).order_by("pk")
    return [(row.pk, opening.open_each(row, ("name",), decision=decision, purpose="page")["name"]) for row in rows]


def part_taken_back(*, matter: Matter, pk: UUID) -> AlimonyPart:
    """Of which part something was that was told in this matter and taken back since; Refused where there was no such thing."""
    ref = {"record_kind": "cases.case", "record_id": str(matter.case_id)}
    told = {"facts__matter": str(matter.pk), "facts__fact": str(pk)}
    line = JournalLine.objects.filter(verb="case.take_back_alimony", **ref, **told).first()
    if line is None:
        raise policy.Refused("no such fact in this matter")
    return AlimonyPart(line.facts["part"])


def parties_of(*, case: Case, decision: Decision, purpose: str) -> tuple[str, str]:
    """The names of who asks and who owes, as a sheet bears them; empty where nobody is entered."""
    rows = Person.objects.filter(case=case, part__in=[Part.CLIENT, *DEBTORS]).order_by("pk")
    names: dict[bool, list[str]] = {True: [], False: []}
    for row in rows:
        name = opening.open_each(row, ("name",), decision=decision, purpose=purpose)["name"]
        names[row.part == Part.CLIENT].append(str(name or ""))
    return ", ".join(names[True]), ", ".join(names[False])


def reading() -> str:
    """The reader's language."""
    return get_language() or "en"
