"""A workshop opens with a code, takes what is shared with it by nobody in particular, and closes once, telling what may be told."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy, rowsecurity
from hamroh.kernel.budgets import LADDER, Shared, released
from hamroh.training.actions.frame import NotNow, held
from hamroh.training.models import Round, Workshop, WorkshopCount
from hamroh.vault import journal

#: hours for which a code may hold
HOURS = (3, 8, 24)
#: most households in one workshop
MOST = 200
CLOSED = _("This workshop is closed.")


@transaction.atomic
def open_workshop(*, actor: Any, round: Round, expected: int, hours: int) -> Workshop:  # noqa: A002
    """A code for some hours, for at most so many households."""
    row = held(actor, round, "round.edit")
    now = timezone.now()
    made = Workshop.objects.create(
        organisation=row.organisation,
        round=row,
        expected=min(expected, MOST),
        opened_by=actor,
        expires_at=now + dt.timedelta(hours=hours if hours in HOURS else HOURS[0]),
    )
    journal.record(actor=actor, verb="workshop.open", about=row, facts={"hours": hours, "expected": expected})
    return made


def share(*, code: str, currency: str, classes: Mapping[str, int]) -> bool:
    """Add a household's classes to the counts of an open workshop. Nobody's name is on it, so no line of the journal is written.

    False where no workshop is open under this code, or as many shared as were expected: nobody learns which.
    """
    with rowsecurity.opened_for_all(), transaction.atomic():
        row = Workshop.objects.select_for_update().filter(code=code, closed_at=None).first()
        if row is None or row.expires_at <= timezone.now() or _shared(row) >= row.expected:
            return False
        for measure in Shared:
            _add(row, measure, currency, classes[measure])
    return True


def _shared(row: Workshop) -> int:
    counts = WorkshopCount.objects.filter(workshop=row, measure=Shared.CAME)
    return sum(counts.values_list("households", flat=True))


def _add(row: Workshop, measure: Shared, currency: str, band: int) -> None:
    if not 0 <= band < len(LADDER):
        raise ValueError("no such class")
    which: dict[str, Any] = {"workshop": row, "measure": measure.value, "currency": currency, "band": band}
    count, _made = WorkshopCount.objects.get_or_create(organisation_id=row.organisation_id, **which)
    WorkshopCount.objects.filter(pk=count.pk).update(households=F("households") + 1)


@transaction.atomic
def close_workshop(*, actor: Any, round: Round, workshop: Workshop) -> None:  # noqa: A002
    """Close it once: what may be told is kept, the counts behind it are erased. NotNow where it is closed already."""
    of = held(actor, round, "round.edit")
    row = Workshop.objects.select_for_update().filter(pk=workshop.pk, round=of).first()
    if row is None:
        raise policy.Refused("no such workshop of this round")
    if row.closed_at:
        raise NotNow(CLOSED)
    row.released = released(_counts(row))
    row.closed_at = timezone.now()
    row.save(update_fields=["released", "closed_at"])
    row.counts.all().delete()
    journal.record(actor=actor, verb="workshop.close", about=of)


def _counts(row: Workshop) -> dict[str, dict[str, dict[int, int]]]:
    found: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for each in WorkshopCount.objects.filter(workshop=row):
        found[each.currency][each.measure][each.band] = each.households
    return found
