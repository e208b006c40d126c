"""What the room's actions share: a group held for a write, and rows of it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.groups.models import Group
from hamroh.kernel.states import MoveRefused


class NotNow(ValueError):
    """This is not to be written now; the message says why and can be shown. ``field`` is the field of the form that it is about."""

    def __init__(self, said: Any, field: str = "") -> None:
        super().__init__(said)
        self.field = field


CLOSED = _("This group is closed. Open it again first.")
MEANWHILE = _("Somebody changed this meanwhile. Look at it as it is now, and write again.")


def held(actor: Any, group: Group, verb: str) -> Group:
    """The group as it stands now, held, where the actor may do the verb to it. NotNow where it is closed."""
    row = locked(actor, group, verb)
    if row.state == "closed":
        raise NotNow(CLOSED)
    return row


def locked(actor: Any, group: Group, verb: str) -> Group:
    """The same, whether it is closed or not."""
    row: Group | None = (
        Group.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=group.pk).first()
    )
    if row is None:
        raise policy.Refused("no such group")
    policy.require(actor, verb, row)
    return row


def of_group(model: Any, group: Group, pk: UUID) -> Any:
    """A row of this very group, held for a write; Refused otherwise."""
    row = model.objects.select_for_update(of=("self",)).filter(group=group, pk=pk).first()
    if row is None:
        raise policy.Refused("no such row of this group")
    row.group = group
    return row


def check_move(graph: Any, now: str, before: str, after: str) -> None:
    """NotNow where somebody moved it meanwhile, or where there is no such move."""
    if now != before:
        raise NotNow(MEANWHILE)
    try:
        graph.check(now, after)
    except (MoveRefused, KeyError):
        raise NotNow(MEANWHILE) from None


def new(model: Any, actor: Any, group: Group, **facts: Any) -> Any:
    """A row of the group, not yet saved."""
    return model(organisation_id=group.organisation_id, group=group, made_by=actor, **facts)
