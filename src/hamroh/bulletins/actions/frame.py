"""What the room's actions share: an issue held for a write, and refusals that can be shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.bulletins.models import Issue


class NotNow(ValueError):
    """This is not to be written now; the message says why and can be shown. ``field`` is the one that is meant, if one is."""

    def __init__(self, words: Any, field: str = "") -> None:
        super().__init__(words)
        self.field = field


MEANWHILE = _("Somebody changed this meanwhile. Look at it as it is now, and write again.")


def held(actor: Any, given: Issue, verb: str) -> Issue:
    """The issue as it stands now, held, where the actor may do the verb to it."""
    rows = Issue.objects.select_for_update(of=("self",)).select_related("organisation")
    row: Issue | None = rows.filter(pk=given.pk).first()
    if row is None:
        raise policy.Refused("no such issue")
    policy.require(actor, verb, row)
    return row
