"""Tables that somebody asks for again."""

from typing import Any

from django.db import transaction

from hamroh.accounts.models import Organisation
from hamroh.statistics import scope
from hamroh.statistics.models import KeptTable
from hamroh.statistics.wishes import Wish
from hamroh.vault import journal


@transaction.atomic
def keep_table(*, actor: Any, organisation: Organisation, wish: Wish) -> KeptTable:
    """Keep a table for the house; one that is kept stays as it is."""
    scope.require(actor, "statistics.keep", organisation.pk)
    row, is_new = KeptTable.objects.get_or_create(
        organisation=organisation, digest=wish.digest, defaults={"asked": wish.codes, "made_by": actor}
    )
    if is_new:
        journal.record(actor=actor, verb="statistics.keep", about=row, facts={"source": wish.source})
    return row


@transaction.atomic
def drop_table(*, actor: Any, table: KeptTable) -> None:
    """Keep a table no longer; what left of it stays in the register."""
    scope.require(actor, "statistics.keep", table.organisation_id)
    journal.record(actor=actor, verb="statistics.drop", about=table, facts={})
    table.delete()
