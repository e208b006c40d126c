"""Writes on an alimony matter: each thing told, changed, taken back; the sheet handed out."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.actions.matters import NotNow, at_work
from hamroh.cases.actions.opening import touch
from hamroh.cases.alimony import clash
from hamroh.cases.models import ONCE, AlimonyFact, AlimonyPart, Matter, Part, Person
from hamroh.vault import journal, opening

#: only a lawyer tells these, and they stand under her name
OF_A_LAWYER = (AlimonyPart.CHOICE, AlimonyPart.ASSUMPTION)
#: things that one matter may hold: more are no file of a family any more
MOST = 2000


@transaction.atomic
def tell(
    *, actor: Any, matter: Matter, part: str, facts: Mapping[str, Any], row: AlimonyFact | None = None
) -> AlimonyFact:
    """Tell one thing, or tell it anew; NotNow where it cannot be so beside what is told already."""
    decision, matter = at_work(actor, matter)
    told = dict(facts)
    if part in OF_A_LAWYER:
        policy.require(actor, "case.state_law", matter)
        told["by"] = str(actor)
    person = _child(matter, told.pop("person")) if "person" in told else None
    row = row or _kept_once(matter, part)
    fact = _as_told(matter, part, row, told)
    fact.person, fact.told_by, fact.told_at = person, actor, timezone.now()
    if clash(part, [told, *_others(matter, part, row, decision)]):
        raise NotNow(_("Something is told for the same days already. Change that, or change the days here."))
    if person and AlimonyFact.objects.filter(matter=matter, person=person).exclude(pk=fact.pk).exists():
        raise NotNow(_("This child is entered already."))
    fact.save()
    _write_down(actor, matter, "case.tell_alimony", {"part": part, "fact": str(fact.pk), "anew": row is not None})
    return fact


@transaction.atomic
def tell_decision(*, actor: Any, matter: Matter, facts: Mapping[str, Any], children: Iterable[str]) -> AlimonyFact:
    """A decision, and the children whom it is for and who are not entered yet."""
    row = tell(actor=actor, matter=matter, part=AlimonyPart.DECISION, facts=facts)
    for each in children:
        tell(actor=actor, matter=matter, part=AlimonyPart.CHILD, facts={"person": each})
    return row


@transaction.atomic
def tell_many(*, actor: Any, matter: Matter, part: str, told: Iterable[Mapping[str, Any]]) -> int:
    """Several things of one part at once, all or none; how many they were."""
    _decision, matter = at_work(actor, matter)
    rows = list(told)
    if AlimonyFact.objects.filter(matter=matter).count() + len(rows) > MOST:
        raise NotNow(_("This matter holds too many lines already."))
    for facts in rows:
        fact = _as_told(matter, part, None, dict(facts))
        fact.told_by = actor
        fact.save()
    _write_down(actor, matter, "case.tell_alimony", {"part": part, "count": len(rows)})
    return len(rows)


@transaction.atomic
def answer_for(*, actor: Any, matter: Matter, told: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """A lawyer answers for what the sheet rests on and nobody has seen."""
    for part, facts in told:
        tell(actor=actor, matter=matter, part=part, facts=facts)


@transaction.atomic
def take_back(*, actor: Any, row: AlimonyFact) -> None:
    """It was told by mistake; the journal keeps that it was."""
    _decision, matter = at_work(actor, row.matter)
    if row.part in OF_A_LAWYER:
        policy.require(actor, "case.state_law", matter)
    facts = {"part": row.part, "fact": str(row.pk)}
    row.delete()
    _write_down(actor, matter, "case.take_back_alimony", facts)


@transaction.atomic
def hand_out(*, actor: Any, matter: Matter, purpose: str, language: str, form: str, edition: str = "") -> None:
    """The sheet leaves as a file: for what, in which language and form, and by which text of the law."""
    policy.require(actor, "case.read", matter)
    facts = {"matter": str(matter.pk), "purpose": purpose, "language": language, "form": form, "law": edition}
    journal.record(actor=actor, verb="case.hand_out_sheet", about=matter.case, facts=facts)


def _as_told(matter: Matter, part: str, row: AlimonyFact | None, facts: dict[str, Any]) -> AlimonyFact:
    """The row with its new facts, not saved; Refused where it is another matter's."""
    if row is None:
        owner = {"organisation_id": matter.organisation_id, "case": matter.case}
        return AlimonyFact(matter=matter, part=part, facts=facts, **owner)
    if not AlimonyFact.objects.filter(pk=row.pk, matter=matter, part=part).exists():
        raise policy.Refused("told of another matter, or taken back meanwhile")
    row.facts = facts
    return row


def _kept_once(matter: Matter, part: str) -> AlimonyFact | None:
    """The row of what is told once: telling it again changes it."""
    return AlimonyFact.objects.filter(matter=matter, part=part).first() if part in ONCE else None


def _others(matter: Matter, part: str, row: AlimonyFact | None, decision: Decision) -> list[Mapping[str, Any]]:
    """What else is told of a part where one thing may stand in another's way."""
    if part not in (*OF_A_LAWYER, AlimonyPart.INCOME):
        return []
    rows = AlimonyFact.objects.filter(matter=matter, part=part).exclude(pk=row.pk if row else None)
    return [opening.open(each, "facts", decision=decision, purpose="change") for each in rows]


def _child(matter: Matter, pk: str) -> Person:
    """A child of this case."""
    person: Person | None = Person.objects.filter(case_id=matter.case_id, part=Part.CHILD, pk=UUID(pk)).first()
    if person is None:
        raise policy.Refused("no such child of this case")
    return person


def _write_down(actor: Any, matter: Matter, verb: str, facts: dict[str, Any]) -> None:
    journal.record(actor=actor, verb=verb, about=matter.case, facts={"matter": str(matter.pk), **facts})
    touch(matter.case)
