"""Files of an exchange in the house: sealed, in parts of one length, so that a line that breaks goes on where it was."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum

from hamroh.tracing import naming
from hamroh.tracing.models import MOST_BYTES, PART, Exchange, ExchangePart
from hamroh.vault import opening

OFFER, ANSWER, RESULT = "offer", "answer", "result"
KINDS = (OFFER, ANSWER, RESULT)
PURPOSE = "private exchange"


class Misfit(ValueError):
    """A part that cannot be one of this file."""


def ours(row: Exchange) -> str:
    """What kind of file waits for the other side now, or did last."""
    return ANSWER if not row.is_ours else RESULT if row.pairs_count is not None else OFFER


def theirs(row: Exchange) -> str:
    """What kind of file we wait for."""
    return ANSWER if row.is_ours else RESULT


def keep(row: Exchange, kind: str, content: bytes) -> None:
    """A whole file, in place of what stood there."""
    forget(row, kind)
    for number in range(count(len(content))):
        put(row, kind, number, len(content), content[number * PART : (number + 1) * PART])


def count(whole: int) -> int:
    """How many parts a file of this length has."""
    return -(-whole // PART)


def put(row: Exchange, kind: str, number: int, whole: int, content: bytes) -> None:
    """One part; the same one again changes nothing. Misfit for what is of another length than its place says."""
    if not 0 < whole <= MOST_BYTES or not 0 <= number < count(whole) or len(content) != length(number, whole):
        raise Misfit("no part of this file")
    there = ExchangePart.objects.filter(exchange=row, kind=kind)
    if there.exclude(whole=whole).exists():
        raise Misfit("a file of another length is on its way")
    if there.filter(number=number).exists():
        return
    part = ExchangePart(
        exchange=row, organisation_id=row.organisation_id, kind=kind, number=number, whole=whole, size=len(content),
        content=content,
    )  # fmt: skip
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError:
        return


def length(number: int, whole: int) -> int:
    """How long the part of this number is.

    >>> length(0, 5), length(1, PART + 7)
    (5, 7)
    """
    return min(PART, whole - number * PART)


def missing(row: Exchange, kind: str, whole: int) -> int:
    """The first part that is not there; as many as there are where the file is whole."""
    there = set(ExchangePart.objects.filter(exchange=row, kind=kind).values_list("number", flat=True))
    return next((number for number in range(count(whole)) if number not in there), count(whole))


def told(row: Exchange, kind: str) -> int:
    """How long a file is said to be, of which a part is there; 0 where none is."""
    found = ExchangePart.objects.filter(exchange=row, kind=kind).values_list("whole", flat=True).first()
    return found or 0


def size(row: Exchange, kind: str) -> int:
    """How long a file is that is whole; 0 where it is not."""
    there, whole = ExchangePart.objects.filter(exchange=row, kind=kind), told(row, kind)
    return whole if there.aggregate(size=Sum("size"))["size"] == whole else 0


def read(row: Exchange, kind: str, number: int) -> bytes | None:
    """One part, for who the file is for; None where it is not there."""
    part = ExchangePart.objects.select_related("exchange").filter(exchange=row, kind=kind, number=number).first()
    return None if part is None else _opened(part)


def stream(row: Exchange, kind: str) -> Iterator[bytes]:
    """A whole file, a part at a time."""
    for part in ExchangePart.objects.select_related("exchange").filter(exchange=row, kind=kind).order_by("number"):
        yield _opened(part)


def _opened(part: ExchangePart) -> bytes:
    found: Any = opening.open(part, "content", decision=naming.by_upkeep(part), purpose=PURPOSE)
    return bytes(found)


def forget(row: Exchange, *kinds: str) -> None:
    """Take files away; all of them where none is named."""
    rows = ExchangePart.objects.filter(exchange=row)
    (rows.filter(kind__in=kinds) if kinds else rows).delete()
