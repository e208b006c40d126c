"""Records under a key of their own, as their members see them; for everybody else there are none."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.accounts.policy import Decision
from hamroh.cases.models import Case, Keyed
from hamroh.cases.selectors.team import colleagues
from hamroh.vault import members, opening


def mine(*, actor: Any, case: Case, model: type[Keyed]) -> QuerySet[Any]:
    """Records of a case that open to the actor, the newest first; nothing is opened, and others are not among them."""
    rows = model.objects.filter(case=case).select_related("person", "owner").order_by("-made_at", "pk")
    return policy.visible(actor, "case.locate", rows)


def one(*, actor: Any, case: Case, model: type[Keyed], pk: UUID) -> Any:
    """One record of a case; Refused where there is none that opens to the actor."""
    row = mine(actor=actor, case=case, model=model).filter(pk=pk).first()
    if row is None:
        raise policy.Refused("no such record for this person")
    row.case = row.person.case = case
    return row


def opened(*, actor: Any, row: Keyed, fields: tuple[str, ...], purpose: str) -> dict[str, Any]:
    """What stands there, written into the journal with why it was opened. MemberLocked while her own key is shut."""
    decision = policy.require(actor, "case.locate", row)
    return opening.open_each(row, fields, decision=decision, purpose=purpose)


@dataclass(frozen=True)
class Inside:
    """To whom a record opens, and who could be let in."""

    people: list[User]
    others: list[User]


def inside(*, row: Keyed) -> Inside:
    """Two lists of people: who opens it now, and colleagues on the case with a key of their own who do not."""
    ids = members.members_of(row.ref)
    near = list(colleagues(case=row.case))
    keyed = members.with_keys(each.pk for each in near)
    people = list(User.objects.filter(pk__in=ids).order_by("display_name", "username"))
    return Inside(people, [each for each in near if each.pk in keyed - ids])


def name_of(*, row: Keyed, decision: Decision) -> Any:
    """About whom a record is, by the decision that opens the case."""
    return opening.open_each(row.person, ("name",), decision=decision, purpose="page")["name"]
