"""Printed copies that went to a region: how many, in which language, to whom, when."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.actions import FactsRefused, Problem
from hamroh.directory.models import AdminUnit, Party
from hamroh.library.models import Distribution, Record
from hamroh.vault import journal

MOST_COPIES = 1_000_000


@transaction.atomic
def record_copies(
    *, actor: Any, record: Record, unit: AdminUnit, on_date: dt.date, copies: int, language: str,
    receiver: Party | None = None, note: str = "",
) -> Distribution:  # fmt: skip
    """Write down that printed copies went to a place on a day; raises FactsRefused."""
    policy.require(actor, "library.edit", record)
    if on_date > timezone.localdate():
        raise FactsRefused([Problem("on_date", _("This day has not come yet."))])
    if not 0 < copies <= MOST_COPIES:
        raise FactsRefused([Problem("copies", _("Give a number of copies between 1 and 1,000,000."))])
    row = Distribution.objects.create(
        record=record,
        unit=unit,
        on_date=on_date,
        copies=copies,
        language=language,
        receiver=receiver,
        note=note.strip(),
    )
    journal.record(actor=actor, verb="library.record_copies", about=record, facts={"copies": copies, "place": unit.key})
    return row


@transaction.atomic
def remove_copies(*, actor: Any, row: Distribution) -> None:
    """Take back a line that was written by mistake."""
    policy.require(actor, "library.edit", row)
    facts = {"copies": row.copies, "place": row.unit.key}
    journal.record(actor=actor, verb="library.remove_copies", about=row.record, facts=facts)
    row.delete()
