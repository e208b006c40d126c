"""The cascade of an organisation's rounds, as the kernel counts it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.kernel.cascades import CascadeFault, Node, Reach, Step, Taught, below, in_order, reach, tree
from hamroh.training.models import Counted, Enrolment, Grown, Round, Trainer

#: rounds that have taken place, or do
COUNTED = ("running", "held")


@dataclass(frozen=True)
class Cascade:
    """Rounds in their trees with what each added to its own; ``fault`` is the round of which something impossible is said."""

    rounds: dict[str, Round]
    nodes: list[Node]
    reach: Reach | None
    fault: str = ""
    steps: dict[str, Step] = field(default_factory=dict)


def cascade(*, actor: Any, organisation: Organisation, root: Round | None = None) -> Cascade:
    """All rounds of an organisation, or one with all that came of it; five queries however many there are.

    It tells numbers of rounds that she does not see herself: a person is counted once only where all are looked at together.
    """
    policy.require(actor, "course.see")
    rows = Round.objects.filter(organisation=organisation, state__in=COUNTED).select_related("course", "place")
    of = {str(row.pk): row for row in rows.order_by("starts", "number", "made_at")}
    told, alike = _told(organisation.pk, of)
    told = in_order(told)
    if root is not None:
        told = below(told, str(root.pk))
    rounds = {each.key: of[each.key] for each in told}
    try:
        nodes = tree(told)
        return Cascade(rounds, nodes, reach(told, alike), steps=_steps(told, nodes, alike))
    except CascadeFault as fault:
        return Cascade(rounds, tree(told), None, fault.key)


def _steps(told: list[Taught], nodes: list[Node], alike: dict[str, str]) -> dict[str, Step]:
    """What each round added to the tree that it stands in: courses that have nothing to do with each other are not weighed together."""
    found: dict[str, Step] = {}
    for node in nodes:
        if not node.parent:
            found = {step.key: step for step in reach(below(told, node.key), alike).steps} | found
    return found


def _told(organisation: UUID, of: dict[str, Round]) -> tuple[list[Taught], dict[str, str]]:
    """The rounds as the kernel takes them, and which people may be one, as they have one name."""
    people = list(
        Enrolment.objects.filter(organisation=organisation, round__state__in=COUNTED).values_list(
            "round_id", "person", "name_index"
        )
    )
    often = Counter(person for _round, person, _name in people)
    known, unknown = defaultdict[str, set[str]](set), Counter[str]()
    for pk, person, name in people:
        if name is not None or often[person] > 1:
            known[str(pk)].add(str(person))
        else:
            unknown[str(pk)] += 1
    open_ended = set[str]()
    for pk, number, at_least in Counted.objects.filter(organisation=organisation).values_list(
        "round_id", "number", "at_least"
    ):
        unknown[str(pk)] += number
        open_ended |= {str(pk)} if at_least else set()
    parents = _parents(organisation)
    told = [
        Taught(key, frozenset(known[key]), unknown[key], row.before, {}, tuple(parents[key]), key in open_ended)
        for key, row in of.items()
    ]
    return told, {str(person): name.hex() for _round, person, name in people if name is not None}


def _parents(organisation: UUID) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    learned = Trainer.objects.filter(organisation=organisation, learned__isnull=False).order_by("made_at", "pk")
    grown = Grown.objects.filter(organisation=organisation).order_by("pk")
    for pk, parent in (
        *grown.values_list("round_id", "parent_id"),
        *learned.values_list("round_id", "learned__round_id"),
    ):
        if str(parent) not in found[str(pk)]:
            found[str(pk)].append(str(parent))
    return found
