"""Books of facts are written by the installation: anew while their quarter is open, closed soon after it, and from then on only thinned.

Whoever is erased leaves the book, too: her row goes with the next keeping of the books, each night.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.kernel.facts import Block
from hamroh.statistics import facts
from hamroh.statistics.counting import by_upkeep
from hamroh.statistics.facts import Fact, FactSource
from hamroh.statistics.models import Book, BookState
from hamroh.statistics.quarters import Quarter
from hamroh.vault import journal, opening

#: what came late is written down by then
WAITS = dt.timedelta(days=14)
#: how far back books are made for a house that begins to count
BACK = 12
_ID = 16


def keep_books(*, organisation: Organisation, today: dt.date | None = None) -> list[Book]:
    """Write and close what is due of all sources of a house; which books were written."""
    day = today or local_date(timezone.now(), organisation)
    now, written = Quarter.around(day), list[Book]()
    for source in facts.sources():
        closed = set(_closed(organisation, source).values_list("quarter", flat=True))
        for quarter in Quarter.between(now.later(-BACK), now.later(-source.waits)):
            if quarter.code not in closed:
                written.append(book_now(organisation=organisation, source=source, quarter=quarter, day=day))
        _thin(organisation, source)
    return written


def closes_on(source: FactSource, quarter: Quarter) -> dt.date:
    """From which day on a book stands for good."""
    return quarter.later(source.waits).end + WAITS


@transaction.atomic
def book_now(*, organisation: Organisation, source: FactSource, quarter: Quarter, day: dt.date) -> Book:
    """Write the book of a quarter as things are now, and close it where its time has come."""
    found = list(source.rows(organisation, quarter))
    old = Book.objects.select_for_update().filter(organisation=organisation, source=source.key, quarter=quarter.code)
    row = old.first() or Book(organisation=organisation, source=source.key, quarter=quarter.code)
    row.block, row.records = _packed(source, found), b"".join(fact.record.bytes for fact in found)
    row.made_at = timezone.now()
    if day >= closes_on(source, quarter):
        row.state, row.closed_at = BookState.CLOSED, timezone.now()
    row.save()
    verb = "statistics.close" if row.state == BookState.CLOSED else "statistics.book"
    journal.record(actor=None, verb=verb, about=row, facts={"source": source.key, "quarter": quarter.code})
    return row


def _packed(source: FactSource, found: Sequence[Fact]) -> bytes:
    names = [each.code for each in source.variables]
    return Block.of(names, [[fact.told[name] for name in names] for fact in found]).packed()


def _closed(organisation: Organisation, source: FactSource) -> Any:
    return Book.objects.filter(organisation=organisation, source=source.key, state=BookState.CLOSED)


def _thin(organisation: Organisation, source: FactSource) -> None:
    """Take out of closed books whoever is no record any more."""
    for row in _closed(organisation, source).defer("block"):
        with opening.scoring("figures"):
            packed = opening.open_to_score(row, ("records",), decision=by_upkeep(row))["records"] or b""
        ids = [UUID(bytes=packed[at : at + _ID]) for at in range(0, len(packed), _ID)]
        gone = set(ids) - source.there(ids)
        if gone:
            _take_out(row, ids, gone)


@transaction.atomic
def _take_out(of: Book, ids: Sequence[UUID], gone: Iterable[UUID]) -> None:
    row, away = Book.objects.select_for_update().get(pk=of.pk), set(gone)
    with opening.scoring("figures"):
        packed = opening.open_to_score(row, ("block",), decision=by_upkeep(row))["block"]
    places = [at for at, record in enumerate(ids) if record in away]
    row.block = Block.opened(packed).without(places).packed()
    row.records = b"".join(record.bytes for record in ids if record not in away)
    row.taken_out += len(places)
    row.save()
    journal.record(actor=None, verb="statistics.thin", about=row, facts={"quarter": row.quarter, "count": len(places)})
