"""A record becomes public, is taken back, is brought back; what lies in an issue changes its place."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.library.actions.indexing import index_records
from hamroh.library.actions.writing import locked, touched
from hamroh.library.models import Record
from hamroh.library.states import RecordStates
from hamroh.vault import journal


@transaction.atomic
def publish_record(*, actor: Any, record: Record) -> Record:
    """Everybody finds it from the commit on, where what it lies in is published too. MoveRefused from a wrong state."""
    record = _moved(actor, record, "library.publish", RecordStates.published.name)
    if record.published_at is None:
        record.published_at = timezone.now()
        record.save(update_fields=["published_at"])
    index_records([record])
    return record


@transaction.atomic
def withdraw_record(*, actor: Any, record: Record) -> Record:
    """From the commit on nobody finds it, nor what lies in it; harvesters are told that it is deleted."""
    record = _moved(actor, record, "library.withdraw", RecordStates.withdrawn.name)
    index_records([record])
    return record


@transaction.atomic
def restore_record(*, actor: Any, record: Record) -> Record:
    """A withdrawn record is a draft again."""
    return _moved(actor, record, "library.publish", RecordStates.draft.name)


def _moved(actor: Any, record: Record, verb: str, to: str) -> Record:
    record = locked(record)
    policy.require(actor, verb, record)
    RecordStates.check(record.state, to)
    before, record.state = record.state, to
    record.save(update_fields=["state"])
    touched(record, actor)
    _tell_parts(record)
    journal.record(actor=actor, verb=f"library.move_to_{to}", about=record, facts={"from": before})
    return record


def _tell_parts(record: Record) -> None:
    """What lies in it is public or not together with it: for harvesters it changed, too."""
    now = record.changed_at
    Record.objects.filter(part_of=record).update(changed_at=now)
    Record.objects.filter(part_of__part_of=record).update(changed_at=now)


@transaction.atomic
def move_part(*, actor: Any, record: Record, up: bool) -> None:
    """Put a part of an issue or series one place up or down; at the end of the row nothing happens."""
    policy.require(actor, "library.edit", record)
    if record.part_of_id is None:
        return
    rows = list(
        Record.objects.select_for_update().filter(part_of=record.part_of_id).order_by("position", "created_at", "pk")
    )
    place = next(n for n, row in enumerate(rows) if row.pk == record.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        if row.position != number:
            Record.objects.filter(pk=row.pk).update(position=number, changed_at=timezone.now())
    journal.record(actor=actor, verb="library.move_part", about=record, facts={"up": up})
