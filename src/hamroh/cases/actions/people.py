"""People of a case are corrected, and what they are to each other is told."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from hamroh.accounts import policy
from hamroh.cases import naming
from hamroh.cases.actions import outgoing
from hamroh.cases.actions.opening import Told, awake, compare_later, touch
from hamroh.cases.models import Case, Household, Part, Person, Relationship, Side
from hamroh.vault import journal


class RelatedAlready(Exception):
    """There is a line about these two people."""


@transaction.atomic
def edit_person(*, actor: Any, person: Person, part: str, side: str, told: Told) -> Person:
    """What is known of somebody now, in place of what was; a search finds her by the new values.

    The client stays the client: a case is hers.
    """
    row: Person = Person.objects.select_for_update(of=("self",)).select_related("case").get(pk=person.pk)
    policy.require(actor, "case.write", row)
    awake(row.case)
    facts = {name: value or None for name, value in asdict(told).items()}
    if row.part != Part.CLIENT:
        row.part, row.side = part, side
    for name, value in facts.items():
        setattr(row, name, value)
    row.compared_at = None
    reached_by = row.phone_index
    row.save()
    if row.part == Part.CLIENT and row.phone_index != reached_by:
        outgoing.cancel_waiting(actor=actor, case=row.case)
    naming.put(row, facts)
    journal.record(actor=actor, verb="case.edit_person", about=row.case, facts={"person": str(row.pk)})
    touch(row.case)
    compare_later(row.case, actor)
    return row


@transaction.atomic
def relate(*, actor: Any, case: Case, first: Person, second: Person, facts: Mapping[str, Any]) -> Relationship:
    """What two people of the case are to each other; RelatedAlready where a line says so, whichever of them it names first."""
    policy.require(actor, "case.write", awake(case))
    pair = Relationship.objects.filter(case=case, first=second, second=first)
    if pair.exists():
        raise RelatedAlready
    row = Relationship(organisation_id=case.organisation_id, case=case, first=first, second=second, facts=dict(facts))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise RelatedAlready from None
    journal.record(actor=actor, verb="case.relate", about=case, facts={"relationship": str(row.pk)})
    touch(case)
    return row


@transaction.atomic
def edit_relationship(*, actor: Any, relationship: Relationship, facts: Mapping[str, Any]) -> None:
    """The same two people, told of anew."""
    row = Relationship.objects.select_for_update(of=("self",)).select_related("case").get(pk=relationship.pk)
    policy.require(actor, "case.write", row)
    awake(row.case)
    row.facts = dict(facts)
    row.save()
    journal.record(actor=actor, verb="case.edit_relationship", about=row.case, facts={"relationship": str(row.pk)})
    touch(row.case)


@transaction.atomic
def keep_household(*, actor: Any, case: Case, facts: Mapping[str, Any]) -> Household:
    """The house that the client lives in, and what comes to it."""
    policy.require(actor, "case.write", awake(case))
    Case.objects.select_for_update().filter(pk=case.pk).values_list(
        "pk"
    ).get()  # two who tell of it first wait for each other
    row = Household.objects.filter(case=case).first() or Household(
        organisation_id=case.organisation_id, case=case, facts={}
    )
    row.facts = dict(facts)
    row.save()
    journal.record(actor=actor, verb="case.keep_household", about=case)
    touch(case)
    return row


SIDES_OF = {
    Part.CLIENT: Side.HERS, Part.CHILD: Side.HERS, Part.HUSBAND: Side.AGAINST, Part.FATHER: Side.AGAINST,
    Part.IN_LAW: Side.AGAINST, Part.RELATIVE: Side.HERS, Part.GUARDIAN: Side.HERS,
}  # fmt: skip
