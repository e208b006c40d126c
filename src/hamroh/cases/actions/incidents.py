"""An act of violence is written down one question at a time, stands once it is finished, and is set aside where it was a mistake."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.cases.actions.moving import awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.kinship import COUPLE, group_of
from hamroh.cases.models import Case, Incident, Person, Relationship, Written
from hamroh.kernel import incidents
from hamroh.vault import journal, opening

PURPOSE = "incident"
STANDS = _("This is finished and stands. Set it aside where it was a mistake, and write it down anew.")


@transaction.atomic
def begin(*, actor: Any, person: Person, happened: Mapping[str, int] | None, told_on: dt.date) -> Incident:
    """Begin to write down what somebody told of; one that was begun and not finished goes on, with the days as they are told now."""
    decision = policy.require(actor, "case.write", awake(person.case))
    row = Incident.objects.select_for_update().filter(person=person, finished_at=None).first()
    days = {"happened": dict(happened) if happened else None, "told_on": told_on.isoformat()}
    if row is not None:
        row.case = person.case
        row.facts = {**opening.open(row, "facts", decision=decision, purpose=PURPOSE), **days}
    else:
        row = Incident(
            organisation_id=person.organisation_id, case=person.case, person=person, taken_by=actor,
            tool=incidents.tool().version, facts={**days, "answers": {}},
        )  # fmt: skip
    row.save()
    _told(actor, row, "case.begin_incident")
    return row


@transaction.atomic
def keep_answer(*, actor: Any, row: Incident, question: str, said: Sequence[str]) -> None:
    """Keep the answer to one question; answers that are not asked for after it go. Written where it is finished."""
    decision = policy.require(actor, "case.write", awake(row.case))
    fresh = _unfinished(row)
    facts = opening.open(fresh, "facts", decision=decision, purpose=PURPOSE)
    fresh.facts = {**facts, "answers": incidents.tool().kept({**facts["answers"], question: list(said)})}
    fresh.save()


@transaction.atomic
def finish(*, actor: Any, row: Incident) -> None:
    """It stands from now on, with her age, sex and how she lived as the file knows them today."""
    decision = policy.require(actor, "case.write", awake(row.case))
    fresh = _unfinished(row)
    facts = opening.open(fresh, "facts", decision=decision, purpose=PURPOSE)
    fresh.facts = {**facts, "derived": _derived(fresh, facts, decision)}
    fresh.finished_at = timezone.now()
    fresh.save()
    _told(actor, fresh, "case.write_incident")


@transaction.atomic
def set_aside(*, actor: Any, row: Incident, words: str) -> None:
    """It was written down by mistake, and counts no more; one that is not finished goes."""
    decision = policy.require(actor, "case.write", awake(row.case))
    fresh: Incident = Incident.objects.select_for_update().get(pk=row.pk)
    fresh.case = row.case
    if fresh.finished_at is None:
        _told(actor, fresh, "case.drop_incident")
        fresh.delete()
    elif fresh.set_aside_at is None:
        facts = opening.open(fresh, "facts", decision=decision, purpose=PURPOSE)
        fresh.facts, fresh.set_aside_at = {**facts, "words": words}, timezone.now()
        fresh.save()
        _told(actor, fresh, "case.set_incident_aside")


def _unfinished(row: Incident) -> Incident:
    fresh: Incident = Incident.objects.select_for_update().get(pk=row.pk)
    if fresh.finished_at is not None:
        raise Written(str(STANDS))
    fresh.case = row.case
    return fresh


def _derived(row: Incident, facts: Mapping[str, Any], decision: policy.Decision) -> dict[str, str]:
    """What is counted of her without being asked: once it stands, what the file learns later does not change it."""
    person: Person = Person.objects.get(pk=row.person_id)
    known = opening.open_each(person, ("born", "facts"), decision=decision, purpose=PURPOSE)
    about = known["facts"] if isinstance(known["facts"], Mapping) else {}
    told_on, days = dt.date.fromisoformat(facts["told_on"]), incidents.span(facts["happened"])
    return {
        "age": incidents.age(known["born"], days[0] if days else told_on), "sex": about.get("sex") or incidents.UNKNOWN,
        "marital": incidents.marital(_couples(row.case, person, decision)),
        "delay": incidents.delay(facts["happened"], told_on),
    }  # fmt: skip


def _couples(case: Case, person: Person, decision: policy.Decision) -> list[Mapping[str, Any]]:
    rows = [each for each in Relationship.objects.filter(case=case) if person.pk in (each.first_id, each.second_id)]
    found = [opening.open_each(each, ("facts",), decision=decision, purpose=PURPOSE)["facts"] for each in rows]
    return [each for each in found if isinstance(each, Mapping) and group_of(each) == COUPLE]


def _told(actor: Any, row: Incident, verb: str) -> None:
    journal.record(actor=actor, verb=verb, about=row.case, facts={"incident": str(row.pk)})
    touch(row.case)
