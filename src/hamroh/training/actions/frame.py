"""What the room's actions share: a round held for a write, and refusals that can be shown."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.training.models import Round


class NotNow(ValueError):
    """This is not to be written now; the message says why and can be shown. ``field`` is the one that is meant, if one is."""

    def __init__(self, words: Any, field: str = "") -> None:
        super().__init__(words)
        self.field = field


MEANWHILE = _("Somebody changed this meanwhile. Look at it as it is now, and write again.")
DROPPED = _("This round was called off. Plan it again first.")


def held(actor: Any, given: Round, verb: str) -> Round:
    """The round as it stands now, held, where the actor may do the verb to it. NotNow where it was called off."""
    row: Round | None = (
        Round.objects.select_for_update(of=("self",))
        .select_related("organisation", "course")
        .filter(pk=given.pk)
        .first()
    )
    if row is None:
        raise policy.Refused("no such round")
    policy.require(actor, verb, row)
    if row.state == "dropped":
        raise NotNow(DROPPED)
    return row


def of_round(model: Any, of: Round, pk: UUID) -> Any:
    """A row of this very round, held for a write; Refused otherwise."""
    row = model.objects.select_for_update(of=("self",)).filter(round=of, pk=pk).first()
    if row is None:
        raise policy.Refused("no such row of this round")
    return row
