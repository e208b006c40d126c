"""Reading the whole chain again: is every line there, unchanged, in its place, up to the last anchored head?"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from hamroh.vault import anchors
from hamroh.vault.anchors import Head
from hamroh.vault.chain import last_batch, waiting
from hamroh.vault.lines import COVERED, Content, content, moment, signer
from hamroh.vault.models import JournalBatch, JournalLine

PAGE = 5000
#: a line sealed later than this after it was written is counted as late
LATE = dt.timedelta(hours=1)


class Row(NamedTuple):
    """A line as it stands in the database."""

    content: Content
    mac: str
    number: int
    link: str


@dataclass(frozen=True)
class Broken:
    """The first place where the journal does not hold. ``fault`` is changed, missing, reordered, added, batch, heads or cut."""

    fault: str
    says: str
    number: int | None = None
    id: str | None = None
    written_at: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What was read and whether it holds; ``waiting`` lines are not chained yet, ``late`` ones were chained late."""

    broken: Broken | None
    lines: int
    batches: int
    waiting: int
    late: int
    head: str | None

    @property
    def holds(self) -> bool:
        return self.broken is None

    def as_json(self) -> dict[str, Any]:
        return {"holds": self.holds, **asdict(self)}


class _Found(Exception):
    def __init__(self, fault: str, says: str, row: Row | None = None, number: int | None = None) -> None:
        number = row.number if row and number is None else number
        where = (
            {"id": str(UUID(row.content[0])), "written_at": f"{row.content[1]}+00:00".replace(" ", "T")} if row else {}
        )
        self.broken = Broken(fault, says, number, **where)


@dataclass
class _Reader:
    """The state of one reading; every page is a short query of its own, so that writers do not wait."""

    tick: Callable[[int], None]
    heads: Iterator[Head]
    until: JournalBatch | None
    lines: int = 0
    batches: int = 0
    late: int = 0
    waiting: int = 0
    link: str = ""
    head: Head | None = None

    def __post_init__(self) -> None:
        self.sign = signer()
        self.anchor = next(self.heads, None)

    def read(self) -> None:
        if self.until and self.until.number > 1 and (not self.anchor or self.anchor.batch > 2):
            # a crash may leave one batch without its head, not two
            raise _Found("heads", "the file of heads does not begin with the journal: it was cut or replaced", number=1)
        rows = self._rows()
        for batch in self._batches():
            self._check_batch(batch)
            late = moment(batch.sealed_at - LATE)
            for number in range(batch.first, batch.last + 1):
                self._check_line(next(rows, None), number, late)
            if batch.digest != self.link:
                raise _Found("batch", f"batch {batch.number} ends otherwise than it was sealed", number=batch.last)
            self.link, self.batches = batch.mac, batch.number
            self._check_heads(batch)
        if extra := next(rows, None):
            raise _Found("added", f"line {extra.number} stands beyond the last batch: it was put in", extra)
        self._check_last_heads()

    def _check_batch(self, batch: JournalBatch) -> None:
        if batch.number != self.batches + 1:
            raise _Found("missing", f"batch {self.batches + 1} is missing", number=self.lines + 1)
        in_place = batch.previous == self.link and batch.first == self.lines + 1
        if not in_place or self.sign.seal(batch) != batch.mac:
            raise _Found("batch", f"batch {batch.number} was changed", number=self.lines + 1)

    def _check_line(self, row: Row | None, number: int, late: str) -> None:
        if row is None or row.number > number:
            raise _Found("missing", f"line {number} is missing: it was deleted", number=number)
        if row.number < number:
            raise _Found("added", f"line {row.number} stands there twice: one was put in", row)
        if self.sign.mac(row.content) != row.mac:
            raise _Found("changed", f"line {number} does not fit its MAC: it was changed or put in", row)
        self.link = self.sign.link(self.link, number, row.mac)
        if self.link != row.link:
            raise _Found("reordered", f"line {number} does not follow what stood before it: lines were moved", row)
        self.lines = number
        self.late += row.content[1] < late

    def _check_heads(self, batch: JournalBatch) -> None:
        """Compare the batch with the heads that were kept of it."""
        self.head = Head.of(batch)
        while self.anchor and self.anchor.batch <= batch.number:
            if self.anchor != self.head:
                raise _Found("batch", f"batch {batch.number} is not the one that was anchored", number=batch.first)
            self.anchor = next(self.heads, None)

    def _check_last_heads(self) -> None:
        """Heads beyond the last batch read belong to batches sealed since, or to a tail that was cut."""
        while self.anchor:
            batch = JournalBatch.objects.filter(number=self.anchor.batch).first()
            if batch is None or Head.of(batch) != self.anchor:
                raise _cut(self.anchor)
            self.anchor = next(self.heads, None)

    def read_waiting(self) -> None:
        for row in _paged(waiting(), "id"):
            if self.sign.mac(row.content) != row.mac:
                raise _Found(
                    "changed",
                    f"the waiting line {UUID(row.content[0])} does not fit its MAC: it was changed or put in",
                    row,
                )
            self.waiting += 1

    def _batches(self) -> Iterator[JournalBatch]:
        last = self.until.number if self.until else 0
        after = 0
        while page := list(JournalBatch.objects.filter(number__gt=after, number__lte=last).order_by("number")[:500]):
            yield from page
            after = page[-1].number

    def _rows(self) -> Iterator[Row]:
        last = self.until.last if self.until else 0
        for count, row in enumerate(_paged(JournalLine.objects.filter(number__isnull=False), "number")):
            if row.number > last and not self._is_surplus(row.number):
                return  # sealed since the reading began
            yield row
            if count % 1000 == 999:
                self.tick(1000)

    def _is_surplus(self, number: int) -> bool:
        """Does no batch hold this number, not even one that was sealed meanwhile?"""
        return not JournalBatch.objects.filter(first__lte=number, last__gte=number).exists()


def verify(*, against: Head | None = None, tick: Callable[[int], None] = lambda _count: None) -> Verdict:
    """Read the journal from its first line to the last; ``against`` is a head that somebody else kept."""
    heads = sorted([*anchors.heads(), against], key=lambda head: head.batch) if against else anchors.heads()
    reader = _Reader(tick, iter(heads), last_batch())
    broken = None
    try:
        reader.read()
        reader.read_waiting()
    except _Found as found:
        broken = found.broken
    head = str(reader.head) if reader.head else None
    return Verdict(broken, reader.lines, reader.batches, reader.waiting, reader.late, head)


def _cut(head: Head) -> _Found:
    says = f"the journal ends before the head {head} that was kept: its tail was cut, or an older backup stands here"
    return _Found("cut", says, number=head.line)


def _paged(lines: Any, order: str) -> Iterator[Row]:
    """Rows in the order of one unique column, a page a query."""
    lines, after = lines.order_by(order), None
    while page := _raw(lines.filter(**{f"{order}__gt": after}) if after is not None else lines):
        yield from page
        after = page[-1].number if order == "number" else UUID(page[-1].content[0])


def _raw(lines: Any) -> list[Row]:
    """One page as the driver reads it: Django's own types would take half of the time."""
    sql, values = lines.values_list(*COVERED, "mac", "number", "link")[:PAGE].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Row(content(row[:-3]), *row[-3:]) for row in cursor.fetchall()]
