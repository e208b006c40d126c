"""Records of a file become records of an organisation: everything that is good at once, each row whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.directory.actions import FactsRefused
from hamroh.library.actions.indexing import index_records
from hamroh.library.actions.writing import locked, write_facts
from hamroh.library.facts import RecordFacts
from hamroh.library.models import HOLDS, Batch, Brought, Record, RecordKind
from hamroh.library.states import RecordStates
from hamroh.vault import journal

#: rows that are kept with the batch to be read again; all are counted
MOST_LEFT_OUT = 1000
_TOLD_EVERY = 20
#: what holds others is written before them
_DEPTH = {RecordKind.SERIES: 0, RecordKind.ISSUE: 1, RecordKind.ARTICLE: 3}


@dataclass(frozen=True)
class Incoming:
    """A row that is to come in: ``record`` is the code of the one it changes, ``within`` the key of another row in which it lies."""

    number: int
    key: str
    facts: RecordFacts
    record: str = ""
    within: str = ""


@dataclass(frozen=True)
class Delivery:
    """What is told of the file as a whole. ``left_out`` are rows that do not come in, with line and reason."""

    shape: str
    digest: str
    catalogue: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: Sequence[Mapping[str, Any]] = ()


class ImportRefused(ValueError):
    """Nothing was written; the message says why."""


@transaction.atomic
def import_records(
    *, actor: Any, organisation: Organisation, incoming: Iterable[Incoming], delivery: Delivery, publish: bool = False,
    progress: Callable[[int], object] | None = None,
) -> Batch:  # fmt: skip
    """Write the rows of a file as drafts, or with ``publish`` for everybody to read; what was published stays so."""
    policy.require(actor, "library.import", Batch(organisation=organisation))
    if publish:
        policy.require(actor, "library.publish", Record(organisation=organisation))
    rows = in_order(incoming)
    if not rows:
        raise ImportRefused(_("No record of this file can be brought in."))
    batch = Batch.objects.create(
        organisation=organisation,
        shape=delivery.shape,
        digest=delivery.digest,
        catalogue=delivery.catalogue,
        columns=dict(delivery.columns),
        made_by=actor,
    )
    written, lost = _write(actor, batch, rows, publish=publish, progress=progress)
    index_records(written)
    batch.counts = {**delivery.counts, "written": len(written)}
    batch.left_out = [*map(dict, delivery.left_out), *lost][:MOST_LEFT_OUT]
    batch.save(update_fields=["counts", "left_out"])
    journal.record(
        actor=actor,
        verb="library.import",
        about=batch,
        facts={"records": len(written), "shape": delivery.shape, "digest": delivery.digest},
    )
    return batch


def in_order(rows: Iterable[Incoming]) -> list[Incoming]:
    """Series before issues, issues before what lies in them."""
    return sorted(rows, key=lambda each: (_DEPTH.get(RecordKind(each.facts.kind), 2), each.number))


def _write(
    actor: Any, batch: Batch, rows: Sequence[Incoming], *, publish: bool, progress: Callable[[int], object] | None
) -> tuple[list[Record], list[dict[str, Any]]]:
    written: list[Record] = []
    lost: list[dict[str, Any]] = []
    codes: dict[str, str] = {}
    for number, each in enumerate(rows, start=1):
        try:
            record = write_one(actor, batch.organisation, each, codes, publish=publish)
        except FactsRefused as refused:
            lost.append({"line": each.number, "key": each.key, "reason": refused.problems[0].message})
            continue
        codes[each.key] = record.code
        Brought.objects.create(record=record, batch=batch, key=each.key)
        written.append(record)
        if progress and not number % _TOLD_EVERY:
            progress(_TOLD_EVERY)
    return written, lost


@transaction.atomic
def write_one(
    actor: Any, organisation: Organisation, each: Incoming, codes: Mapping[str, str], *, publish: bool
) -> Record:
    """One row; raises FactsRefused and leaves nothing of it then."""
    facts = replace(each.facts, part_of=codes[each.within]) if each.within in codes and each.within else each.facts
    record = _held(organisation, each)
    record.updated_by = actor
    write_facts(record, facts)
    if publish and record.state == RecordStates.draft.name:
        record.state, record.published_at = RecordStates.published.name, record.published_at or timezone.now()
        record.save(update_fields=["state", "published_at"])
    return record


def _held(organisation: Organisation, each: Incoming) -> Record:
    """The record that a row changes, held; a new one of the organisation otherwise."""
    if each.record:
        return locked(Record.objects.own().get(code=each.record, organisation=organisation))
    return Record(kind=each.facts.kind, organisation=organisation)


def may_hold(kind: str, part: str) -> bool:
    """Whether a record of a kind lies in one of another."""
    return RecordKind(part) in HOLDS.get(RecordKind(kind), set())
