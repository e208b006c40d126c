"""Two people of files are judged to be one, two, or nobody knows."""

from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Judgement, Person
from hamroh.vault import journal


@transaction.atomic
def judge(*, actor: Any, person: Person, other: Person, answer: str, words: str = "") -> Judgement:
    """One more judgement of two people, which counts from now on. Nothing is merged: whoever was wrong judges anew.

    The actor writes in the file of ``person`` and may read that of ``other``; Refused otherwise.
    """
    policy.require(actor, "case.write", person)
    policy.require(actor, "case.read", other)
    one, two = sorted((person, other), key=lambda each: str(each.pk))
    row = Judgement(
        organisation_id=person.organisation_id, case=person.case, one=one, other=two, answer=answer, words=words or None,
        made_by=actor,
    )  # fmt: skip
    row.save()
    facts = {"one": str(one.pk), "other": str(two.pk), "answer": str(answer)}
    for case in {person.case, other.case}:
        journal.record(actor=actor, verb="case.judge_same", about=case, facts=facts)
    touch(person.case)
    return row
