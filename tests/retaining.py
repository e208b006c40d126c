"""Records of the test room on their way out: closed, proposed, released, carried out."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from hamroh.vault import retention
from hamroh.vault.actions import retention as actions
from hamroh.vault.actions.retention import Proposed
from hamroh.vault.models import (
    Hold,
    Release,
)
from sealedroom.cast import make_matter
from sealedroom.keeping import MATTERS

LONG_AGO = dt.date(2019, 3, 4)
SOON = timezone.now().date() + dt.timedelta(days=30)


def closed(cast, week=LONG_AGO, **values):
    return make_matter(cast, closed_week=week, **values)


def propose(cast, *matters, ground=Release.DUE, of=MATTERS):
    records = [Proposed(matter, str(matter.pk)[:8]) for matter in matters]
    return actions.propose(
        actor=cast.zarina, role="supervisor", of=of, organisation_id=cast.centre.pk, records=records, ground=ground
    )


def released(cast, *matters, **kwargs):
    row = propose(cast, *matters, **kwargs)
    Release.objects.filter(pk=row.pk).update(opens_at=timezone.now())
    seen = row.lines.values_list("pk", flat=True)
    return actions.release(actor=cast.temur, role="auditor", row=row, seen=seen)


def carried_out(cast, *matters, **kwargs):
    row = released(cast, *matters, **kwargs)
    actions.erase_released(row.pk)
    row.refresh_from_db()
    return row


def hold(cast, matter, sort=Hold.HELD, until=SOON):
    return actions.hold(actor=cast.zarina, of=MATTERS, record=matter, sort=sort, why="court", until_date=until)


def outcomes(row) -> list[str]:
    return sorted(row.lines.values_list("outcome", flat=True))


def due(cast) -> set[UUID]:
    return set(retention.due(MATTERS, cast.centre.pk).values_list("pk", flat=True))
