"""The chain of the journal: lines that were committed get their numbers and are linked, a batch at a time.

A line is numbered when it is chained, not when it is written. So a transaction that commits late or rolls back leaves
no gap, writers never wait for the chain, and a line cannot be put in between: there is no free number.
"""

import logging
from collections.abc import Iterator

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from hamroh.vault import anchors
from hamroh.vault.lines import Signer, covered, signer
from hamroh.vault.models import JournalBatch, JournalLine

#: lines of one batch: who writes waits on SQLite while it is chained
MOST = 1000
#: the lock of sealers on PostgreSQL, for the time of one transaction
_SEALERS = 0x68616D72
log = logging.getLogger(__name__)


def waiting() -> models.QuerySet[JournalLine]:
    """Lines that are not chained yet, oldest first."""
    return JournalLine.objects.filter(number__isnull=True).order_by("id")


def seal() -> JournalBatch | None:
    """Chain up to 1,000 waiting lines and anchor the head; None where none waits or somebody else is at it."""
    if not waiting().exists():
        _anchor_what_is_not()
        return None
    try:
        with transaction.atomic():
            if not _is_alone():
                return None
            before = last_batch()  # read before the lines: what another sealer takes in between collides with it
            batch = _chain(before, list(waiting()[:MOST]))
    except IntegrityError:  # another sealer took this batch's number: what it left is taken next time
        return None
    if batch:
        anchors.append(anchors.Head.of(batch))
    return batch


def _is_alone() -> bool:
    """No other sealer is at it: on PostgreSQL that is asked before, and not learned from a batch that is there twice."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALERS])
        return bool(cursor.fetchone()[0])


def seal_all() -> Iterator[JournalBatch]:
    """Chain batch after batch until no line waits."""
    while batch := seal():
        yield batch


def last_batch() -> JournalBatch | None:
    return JournalBatch.objects.order_by("-number").first()


def _anchor_what_is_not() -> None:
    """Anchor the last batch where a crash or a full disk came between its commit and its anchor."""
    batch, head = last_batch(), anchors.last()
    if batch and (head is None or head.batch < batch.number):
        anchors.append(anchors.Head.of(batch))


def _chain(before: JournalBatch | None, lines: list[JournalLine]) -> JournalBatch | None:
    if not lines:
        return None
    sign = signer()
    number, link = (before.last, before.mac) if before else (0, "")
    for line in lines:
        number += 1
        link = sign.link(link, number, line.mac)
        line.number, line.link = number, link
        _complain_if_changed(line, sign)
    batch = _batch(before, number - len(lines) + 1, number, link)
    batch.mac = sign.seal(batch)
    batch.save(force_insert=True)  # before the numbers: a second sealer stops here and writes none
    _number(lines)
    return batch


def _batch(before: JournalBatch | None, first: int, last: int, digest: str) -> JournalBatch:
    number, previous = (before.number + 1, before.mac) if before else (1, "")
    now = timezone.now()
    return JournalBatch(number=number, sealed_at=now, first=first, last=last, digest=digest, previous=previous)


def _complain_if_changed(line: JournalLine, sign: Signer) -> None:
    """A changed line is chained as it stands: verification names it from now on, and it stops nobody's sealing."""
    if sign.mac(covered(line)) != line.mac:
        log.critical("line %s of the journal (id %s) was changed or put in before it was sealed", line.number, line.pk)


def _number(lines: list[JournalLine]) -> None:
    key, names = JournalLine._meta.pk, connection.ops.quote_name  # noqa: SLF001 - Django's documented face of a model
    rows = [(line.number, line.link, key.get_db_prep_value(line.pk, connection)) for line in lines]
    table = names(JournalLine._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET number = %s, link = %s WHERE id = %s", rows)  # noqa: S608 - our own table
