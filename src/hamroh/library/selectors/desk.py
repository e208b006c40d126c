"""What the desk shows of records: lists, one of them, what may be the same, copies by region."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hamroh.accounts import policy
from hamroh.directory.models import AdminUnit
from hamroh.kernel.text import fold
from hamroh.library import rules
from hamroh.library.facts import RecordFacts
from hamroh.library.models import Distribution, Record
from hamroh.thesaurus.selectors.names import ConceptLine, lines

_MOST_ALIKE = 8


def records_on_desk(*, actor: Any, text: str = "", kind: str = "", state: str = "") -> QuerySet[Record]:
    """Records of the actor's own organisations, the last changed first; every filter narrows."""
    rows: QuerySet[Record] = policy.visible(actor, "library.see_draft", Record.objects.own())
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    for word in fold(text).split()[:8]:
        rows = rows.filter(folded_titles__contains=word)
    counted: Any = rows.annotate(files=Count("attachments", distinct=True), parts_in=Count("parts", distinct=True))
    return counted.select_related("part_of").order_by("-changed_at", "code")  # type: ignore[no-any-return]


def record_on_desk(*, actor: Any, code: str, verb: str = "library.see_draft") -> Record:
    """The record with this code to which ``actor`` may do ``verb``; Refused where there is none."""
    rows = Record.objects.own().filter(code=code)
    return policy.fetch(actor, verb, rows.select_related("organisation", "part_of", "publisher", "act__country"))[0]  # type: ignore[no-any-return]


def alike(*, actor: Any, facts: RecordFacts, but: Record | None = None) -> list[Record]:
    """Records that may be the same: by an identifier, or by a title that folds alike in the same year.

    Of others' only what is public is told.
    """
    keys = rules.same_keys(facts)
    mine = policy.visible(actor, "library.see_draft", Record.objects.all())
    seen = Q(pk__in=mine.values("pk")) | Q(pk__in=Record.objects.public().values("pk"))
    rows = Record.objects.filter(seen, same_keys__key__in=keys)
    rows = rows.exclude(pk=but.pk) if but else rows
    return list(rows.distinct().order_by("-changed_at")[:_MOST_ALIKE])


@dataclass(frozen=True)
class Copies:
    """Printed copies that went to one region: by language, and in all."""

    unit: AdminUnit
    by_language: tuple[tuple[str, int], ...]
    total: int


def copies_by_region(record: Record) -> list[Copies]:
    """Totals by region, the most first; two queries."""
    found: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for unit, language, copies in record.distributions.values_list("unit", "language", "copies"):
        found[unit][language] += copies
    units = AdminUnit.objects.in_bulk(list(found))
    rows = [
        Copies(units[pk], tuple(sorted(by_language.items())), sum(by_language.values()))
        for pk, by_language in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.unit.key))


def copies_in_all(rows: Iterable[Copies]) -> int:
    """How many copies went out."""
    return sum(row.total for row in rows)


def distributions(record: Record) -> QuerySet[Distribution]:
    """Each parcel of copies, the last first."""
    return record.distributions.select_related("unit", "receiver").order_by("-on_date", "-pk")


def last_change(rows: Iterable[Record]) -> dt.datetime | None:
    """When the newest of them changed."""
    return max((row.changed_at for row in rows), default=None)


def subjects_on_desk(record: Record, lang: str) -> list[tuple[Any, ConceptLine]]:
    """(row, concept) of what a record is about, in the order of the alphabet."""
    rows = {row.concept_id: row for row in record.subjects.select_related("concept__scheme")}
    return [(rows[line.id], line) for line in lines((row.concept for row in rows.values()), lang)]
