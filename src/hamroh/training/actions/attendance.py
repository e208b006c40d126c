"""Who was there: half a day is written down once, and put right as often as needed, with what it said before."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts.zones import local_date
from hamroh.training.actions.frame import MEANWHILE, NotNow, held
from hamroh.training.models import Enrolment, Here, Mended, Round, Session
from hamroh.vault import journal


@transaction.atomic
def take_attendance(
    *, actor: Any, round: Round, on_date: dt.date, part: int, marks: Mapping[UUID, str], heads: int | None, seen: int  # noqa: A002
) -> Session:  # fmt: skip
    """Who was there in one half of a day. ``seen`` is the version that was looked at, 0 where there was none. NotNow where it changed since."""
    row = held(actor, round, "learner.write")
    if on_date > local_date(timezone.now(), row.organisation):
        raise NotNow(_("This day has not come yet."))
    said = _known(row, marks)
    found = Session.objects.select_for_update(of=("self",)).filter(round=row, on_date=on_date, part=part).first()
    if (found.version if found else 0) != seen:
        raise NotNow(MEANWHILE)
    if found is None:
        found = Session(organisation_id=row.organisation_id, round=row, on_date=on_date, part=part, made_by=actor)
    elif not _mended(actor, found, said, heads):
        return found
    found.marks, found.heads, found.changed_at = said, heads, timezone.now()
    found.save()
    facts = {"day": on_date.isoformat(), "part": part, "there": sum(each != Here.AWAY for each in said.values())}
    journal.record(actor=actor, verb="round.attend", about=row, facts=facts)
    return found


def _known(row: Round, marks: Mapping[UUID, str]) -> dict[str, str]:
    """What is said of people of this very round; the rest is dropped."""
    people = set(Enrolment.objects.filter(round=row, pk__in=marks).values_list("pk", flat=True))
    return {str(pk): mark for pk, mark in marks.items() if pk in people and mark in Here.values}


def _mended(actor: Any, found: Session, said: Mapping[str, str], heads: int | None) -> bool:
    """Keep what it said before; False where it says the same."""
    changed = sum(found.marks.get(key) != said.get(key) for key in found.marks.keys() | said.keys())
    if not changed and heads == found.heads:
        return False
    Mended.objects.create(
        organisation_id=found.organisation_id, round_id=found.round_id, session=found, before=found.marks, heads_before=found.heads,
        changed=changed, made_by=actor,
    )  # fmt: skip
    found.version += 1
    return True
