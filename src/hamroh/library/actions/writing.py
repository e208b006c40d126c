"""Keeping a record: made from facts, edited into other facts. Imports and pages hand in the same value."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Organisation, Role
from hamroh.directory.actions import FactsRefused, Problem
from hamroh.directory.actions.check import plain, plain_fields
from hamroh.directory.models import AdminUnit
from hamroh.kernel.text import fold
from hamroh.library import rules
from hamroh.library.actions.checking import RecordCheck
from hamroh.library.actions.indexing import reindex
from hamroh.library.actions.parts import Parts
from hamroh.library.facts import RecordFacts
from hamroh.library.models import Centre, Record, SameKey
from hamroh.vault import journal


class EditedMeanwhile(Exception):
    """Somebody saved the record after it was opened; ``record`` is as it stands now, and nothing was written."""

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__("edited meanwhile")


@transaction.atomic
def keep_record(
    *,
    actor: Any,
    facts: RecordFacts,
    organisation: Organisation | None = None,
    origin: Centre | None = None,
    origin_key: str = "",
) -> Record:
    """A new draft of ``organisation``, or of the one organisation that the actor edits for; raises FactsRefused.

    ``origin`` and ``origin_key`` say from which other centre it was harvested, and what it is called there.
    """
    record = Record(
        kind=facts.kind, organisation=organisation or keeper_of(actor), origin=origin, origin_key=origin_key
    )
    policy.require(actor, "library.edit", record)
    write_facts(record, facts)
    journal.record(actor=actor, verb="library.keep_record", about=record, facts={"kind": record.kind})
    return record


@transaction.atomic
def edit_record(*, actor: Any, record: Record, facts: RecordFacts, seen: int | None = None) -> Record:
    """Make the record equal to ``facts``; EditedMeanwhile if its version is no longer ``seen``; raises FactsRefused.

    A published one stays published, and everybody reads the new words at once.
    """
    record = locked(record)
    policy.require(actor, "library.edit", record)
    refuse_stale(record, seen)
    if facts.kind != record.kind:
        raise FactsRefused([Problem("kind", _("A record stays of the kind it was made as."))])
    write_facts(record, facts)
    journal.record(actor=actor, verb="library.edit_record", about=record)
    reindex(record)
    return record


def locked(record: Record) -> Record:
    """The record as stored, held until the transaction ends."""
    return Record.objects.select_for_update().get(pk=record.pk)


def refuse_stale(record: Record, seen: int | None) -> None:
    """EditedMeanwhile if the record changed after ``seen``; asked after permission, since the answer tells the record."""
    if seen is not None and seen != record.version:
        raise EditedMeanwhile(record)


def touched(record: Record, actor: Any) -> None:
    """Another version, now, by ``actor``: harvesters ask by the time, editors by the version."""
    record.version += 1
    record.changed_at, record.updated_by = timezone.now(), actor
    record.save(update_fields=["version", "changed_at", "updated_by"])


def write_facts(record: Record, facts: RecordFacts) -> None:
    """Store what the facts say, all of it or nothing: permission and journal are the caller's. Raises FactsRefused."""
    check = RecordCheck()
    check.problems += rules.problems_of(facts)
    _fill(record, facts)
    _place(check, record, facts)
    units = [unit for n, key in enumerate(facts.units) if (unit := check.unit(f"units.{n}", key))]
    check.checked("", record)
    parts = Parts.read(check, record, facts)
    check.finish()
    _save(record, units)
    parts.save(record)
    _keep_keys(record, facts)


def _fill(record: Record, facts: RecordFacts) -> None:
    for name, value in plain_fields(Record, facts).items():
        setattr(record, name, value)
    record.languages = [str(lang) for lang in facts.languages] or sorted(plain(facts.titles))
    record.sort_date = first_day(facts.date or (facts.act.adopted if facts.act else ""))
    record.folded_titles = " | ".join(fold(text, lang) for lang, text in sorted(record.titles.items()))


def _place(check: RecordCheck, record: Record, facts: RecordFacts) -> None:
    """Where it lies and who published it; a new one in an issue comes last."""
    before = record.part_of_id
    record.part_of = check.holder(facts.kind, facts.part_of, record.organisation)
    record.publisher = check.party("publisher", facts.publisher) if facts.publisher else None
    if record.part_of and record.part_of_id != before:
        last = record.part_of.parts.aggregate(last=Max("position"))["last"]
        record.position = 0 if last is None else last + 1


def _save(record: Record, units: list[AdminUnit]) -> None:
    if not record._state.adding:  # noqa: SLF001 - Django's documented way to ask
        record.version += 1
    record.changed_at = timezone.now()
    record.save()
    record.units.set(units)


def _keep_keys(record: Record, facts: RecordFacts) -> None:
    keys = rules.same_keys(facts)
    record.same_keys.exclude(key__in=keys).delete()
    known = set(record.same_keys.values_list("key", flat=True))
    SameKey.objects.bulk_create(SameKey(record=record, key=key) for key in sorted(keys - known))


def first_day(partial: str) -> dt.date | None:
    """The first day of a year, a month or a day; None where it is none."""
    parts = partial.split("-")
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        return dt.date(year, month, day)
    except ValueError:
        return None


def keeper_of(actor: Any) -> Organisation | None:
    """The one organisation that the actor edits for."""
    if not getattr(actor, "is_authenticated", False):
        return None
    held = Membership.objects.current().filter(user=actor, role=Role.EDITOR).select_related("organisation")[:2]
    return held[0].organisation if len(held) == 1 else None
