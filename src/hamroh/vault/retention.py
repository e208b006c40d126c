"""Classes of records: what a room tells once, so that its records are found, reviewed and erased when their time is over.

A room declares a class when it is loaded::

    retention.declare(retention.RecordClass(
        rule=CASE, model=Case, title=_("Cases"), counted="closed_week", grain=Grain.WEEK, goes_with=("cases.note", "cases.claim"),
    ))

Every table that points to the model must stand in ``goes_with`` or be refused by the system check, so that nobody adds a table
that is erased unasked or left behind. Tables that name records by bare ids call the columns ``record_kind`` and ``record_id``; their
rows go with the record too, unless the model says ``outlives_records``.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from hamroh.kernel.retention import Facts, Grain, Rule, Verdict, decide, latest_stored
from hamroh.vault.models import Hold, RetentionPeriod
from hamroh.vault.models.retention import ID, KIND


def _nothing(_record: Any) -> None:
    """Most rooms take nothing else away."""


@dataclass(frozen=True)
class RecordClass:
    """Records of one model that are kept by one rule.

    ``counted`` is the column of the event's date: a date or a moment, its Monday where ``grain`` is a week, the year as a number
    where it is a year; empty means that it has not happened. ``organisation`` is the column of who keeps the record. ``goes_with``
    names the tables (by label) whose rows are erased with a record; ``before`` takes away what the room keeps elsewhere, in the same transaction.
    """

    rule: Rule
    model: type[models.Model]
    title: str | Promise
    counted: str
    grain: Grain = Grain.DAY
    data_class: str = "S3"
    organisation: str = "organisation_id"
    goes_with: tuple[str, ...] = ()
    before: Callable[[Any], None] = _nothing

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower  # noqa: SLF001 - Django's documented face of a model

    def rows(self) -> models.QuerySet[Any]:
        """Every record, whatever a manager hides."""
        return self.model._base_manager.all()  # noqa: SLF001

    def stored(self, record: Any) -> dt.date | None:
        """The event's date of a record as it is stored; None where it has not happened."""
        return self.as_date(getattr(record, self.counted))

    def as_date(self, value: Any) -> dt.date | None:
        """A value of the event's column as a date."""
        if isinstance(value, int):
            return dt.date(value, 12, 31)
        found: dt.date | None = value.astimezone(dt.UTC).date() if isinstance(value, dt.datetime) else value
        return found

    def counted_until(self, day: dt.date) -> models.Q:
        """The condition that a record's event is stored as ``day`` or earlier."""
        field = self.model._meta.get_field(self.counted)  # noqa: SLF001
        if isinstance(field, models.IntegerField):
            return models.Q(**{f"{self.counted}__lte": day.year})
        if isinstance(field, models.DateTimeField):
            return models.Q(**{f"{self.counted}__lt": dt.datetime.combine(day, dt.time.max, dt.UTC)})
        return models.Q(**{f"{self.counted}__lte": day})


_classes: dict[str, RecordClass] = {}


def declare(record_class: RecordClass) -> None:
    """Called by a room when it is loaded; a code is one room's for ever."""
    known = _classes.get(record_class.code)
    if known is not None and known.model is not record_class.model:
        raise ValueError(f"the record class {record_class.code} is declared already, by {known.kind}")
    _classes[record_class.code] = record_class


def classes() -> list[RecordClass]:
    return list(_classes.values())


def find(code: str) -> RecordClass | None:
    return _classes.get(code)


def of_kind(kind: str) -> RecordClass | None:
    """The class of a model's records."""
    return next((each for each in classes() if each.kind == kind), None)


def pointing() -> Iterator[type[models.Model]]:
    """Tables whose rows name records by bare ids and go with them."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}  # noqa: SLF001
        if {KIND, ID} <= names and not getattr(model, "outlives_records", False):
            yield model


def answered_for(kind: str, ids: Any) -> bool:
    """Whether nothing that points to these records is still to be answered for: a model says what is by ``keeps_record``, a condition."""
    for model in pointing():
        open_ = getattr(model, "keeps_record", None)
        if open_ is not None and model._base_manager.filter(open_, record_kind=kind, record_id__in=list(ids)).exists():  # noqa: SLF001
            return False
    return True


# -- what is in force, and what is due -----------------------------------------------------------------------------


def length_for(of: RecordClass, organisation_id: UUID) -> int:
    """The length in force: chosen by the organisation, else proposed. One that is out of bounds by now counts as the nearest."""
    rows = RetentionPeriod.objects.filter(organisation_id=organisation_id, record_class=of.code)
    chosen: int | None = rows.values_list("length", flat=True).first()
    return of.rule.length if chosen is None else min(max(chosen, of.rule.shortest), of.rule.longest)


def today() -> dt.date:
    return timezone.now().date()


def past_due(of: RecordClass, organisation_id: UUID, day: dt.date | None = None) -> models.QuerySet[Any]:
    """Records whose period is over, held ones too; without those that were kept longer. One query, by the index of the event."""
    day = day or today()
    until = latest_stored(day, of.rule.unit, length_for(of, organisation_id), of.grain)
    rows = of.rows().filter(of.counted_until(until), **{of.organisation: organisation_id})
    return rows.exclude(models.Exists(_holds_of_rows(of).filter(sort=Hold.LONGER, until_date__gt=day)))


def due(of: RecordClass, organisation_id: UUID, day: dt.date | None = None) -> models.QuerySet[Any]:
    """Records that may be let go now."""
    held = _holds_of_rows(of).exclude(sort=Hold.LONGER)
    return past_due(of, organisation_id, day).exclude(models.Exists(held))


def _holds_of_rows(of: RecordClass) -> models.QuerySet[Hold]:
    return Hold.objects.filter(record_kind=of.kind, record_id=models.OuterRef("pk"), lifted_at=None)


def holds_of(kind: str, ids: Any) -> dict[UUID, list[Hold]]:
    """Holds that were not lifted, by record; one query."""
    found: dict[UUID, list[Hold]] = {}
    for hold in Hold.objects.filter(record_kind=kind, record_id__in=list(ids), lifted_at=None).order_by("made_at"):
        found.setdefault(hold.record_id, []).append(hold)
    return found


def verdict(of: RecordClass, record: Any, holds: list[Hold], *, length: int, asked: bool = False) -> Verdict:
    """What the rule says of one record, with its reasons; ``holds`` are those that were not lifted."""
    kept = [hold.until_date for hold in holds if hold.sort == Hold.LONGER]
    held = any(hold.sort != Hold.LONGER for hold in holds)
    facts = Facts(of.stored(record), of.grain, held, max(kept, default=None), asked)
    return decide(of.rule, length, facts, today())
