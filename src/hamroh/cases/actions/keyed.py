"""Records under a key of their own: who is let in, who is shut out, and that one is taken away. Nothing of it shows in the case."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.cases.actions.moving import CannotMove, awake
from hamroh.cases.models import Keyed
from hamroh.cases.selectors.team import colleagues
from hamroh.vault import actions as keys
from hamroh.vault import journal, members

LAST = _("You are the only one to whom this opens. Let somebody else in first, or take it away.")
NOT_HERE = _("This person does not work on the case, or has no key of her own yet.")


def begin(*, actor: Any, row: Keyed, verb: str) -> None:
    """Give a new record its key and save it: at first its writer alone opens it. Her own key need not be open for that.

    Called within the action's transaction. NoOwnKey where she has none, DrillNeeded where the organisation keeps no recovery papers.
    """
    policy.require(actor, "case.write", awake(row.case))
    row.team, row.area = row.case.team, row.case.area
    members.begin_record(row.ref, organisation_id=row.organisation_id, members=[actor.pk])
    row.save()
    journal.record(actor=actor, verb=verb, about=row)


@transaction.atomic
def let_in(*, actor: Any, row: Keyed, user: User) -> None:
    """One more person opens it from now on: somebody who works on the case and has a key. The actor's own key is open."""
    policy.require(actor, "case.hide", row)
    if not members.has_key(user.pk) or not colleagues(case=row.case).filter(pk=user.pk).exists():
        raise CannotMove(NOT_HERE)
    members.add_member(row.ref, user.pk)
    journal.record(actor=actor, verb="case.let_in", about=row, facts={"user": str(user.pk)})


@transaction.atomic
def shut_out(*, actor: Any, row: Keyed, user_id: Any) -> None:
    """Somebody opens it no more: what stands there is sealed anew for those who stay. CannotMove where nobody would stay."""
    policy.require(actor, "case.hide", row)
    inside = members.members_of(row.ref)
    if user_id not in inside:
        return
    if user_id == actor.pk or len(inside) == 1:
        raise CannotMove(LAST)
    keys.shut_out(actor=actor, record=row.ref, user_id=user_id)
    journal.record(actor=actor, verb="case.shut_out_of", about=row, facts={"user": str(user_id)})


@transaction.atomic
def take_away(*, actor: Any, row: Keyed) -> None:
    """It is no longer kept: the row goes, and its key with it."""
    policy.require(actor, "case.hide", row)
    journal.record(actor=actor, verb="case.take_away", about=row)
    members.shred_record(row.ref)
    row.delete()
