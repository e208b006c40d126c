"""Who is judged to be whom: pairs, groups, and why two people look alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import naming
from hamroh.cases.likeness import BANDS, STATES, said
from hamroh.cases.models import Case, Judgement, Person, Same
from hamroh.vault import opening, pools


def readable(actor: Any) -> Any:
    """People of all files that the actor may read."""
    return policy.visible(actor, "case.read", Person.objects.all())


def judgements(*, actor: Any, person: Person, other: Person) -> list[dict[str, Any]]:
    """What was said of two people, the newest first, each with its words where its file opens to the actor."""
    pair = Judgement.objects.filter(Q(one=person, other=other) | Q(one=other, other=person))
    rows = policy.visible(actor, "case.read", pair).select_related("case", "made_by").order_by("-made_at", "-pk")
    return [{"row": row, **_words(actor, row)} for row in rows]


def _words(actor: Any, row: Judgement) -> dict[str, Any]:
    decision = policy.allowed(actor, "case.read", row)
    return opening.open_each(row, ("words",), decision=decision, purpose="page")


def newest(ids: Collection[UUID]) -> dict[tuple[UUID, UUID], str]:
    """The answer that counts of every judged pair that one of these people is in."""
    rows = Judgement.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("made_at", "pk")
    return {(row.one_id, row.other_id): row.answer for row in rows}


def same_as(*, actor: Any, person: Person) -> list[Person]:
    """Everybody in files that the actor may read who is judged to be this person, over others who are, too.

    The way goes over people of files that are open to her alone.
    """
    seen, edge = {person.pk}, {person.pk}
    while edge:
        pairs = [pair for pair, answer in newest(edge).items() if answer == Same.SAME]
        near = {pk for pair in pairs for pk in pair} - seen
        edge = set(readable(actor).filter(pk__in=near).values_list("pk", flat=True))
        seen |= edge
    rows = readable(actor).filter(pk__in=seen - {person.pk}).select_related("case", "case__owner")
    return list(rows.order_by("-case__changed_at", "pk"))


@dataclass(frozen=True)
class Likely:
    """How alike two people are in the engine's eyes; ``word`` is None where it finds nothing in common."""

    word: Any = None
    state: str = "none"
    reasons: Sequence[str] = ()


class _Only(naming.Opener):
    """Opens one person alone, so that two are compared beside nobody else."""

    def __init__(self, actor: Any, person: Person) -> None:
        super().__init__(actor)
        self._id = str(person.pk)

    def known(self, ids: Sequence[str]) -> set[str]:
        return super().known([each for each in ids if each == self._id])


def likely(*, actor: Any, values: dict[str, Any], other: Person) -> Likely:
    """How alike the engine finds two people; ``values`` are those of the one, opened."""
    told = {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}
    query = {key: value for key, value in naming.record_of("", told).items() if key != "id"}
    if not query.get("name"):
        return Likely()
    found = pools.search(naming.KIND, other.organisation_id, query, opener=_Only(actor, other))
    if not found:
        return Likely()
    return Likely(BANDS.get(found[0].band), STATES.get(found[0].band, "none"), said(found[0]))


def person_of(*, case: Case, pk: UUID) -> Person:
    """A person of this very case; Refused for one of another."""
    person: Person | None = Person.objects.filter(case=case, pk=pk).select_related("case").first()
    if person is None:
        raise policy.Refused("no such person in this case")
    return person


def opened(*, person: Person, decision: Decision, purpose: str = "page") -> dict[str, Any]:
    """What is known of a person."""
    return opening.open_each(person, naming.COMPARED, decision=decision, purpose=purpose)
