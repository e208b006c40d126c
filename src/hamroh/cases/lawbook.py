"""The law as it reads here and now: the packs with what two people released. Whoever works anything out asks this one face.

Each question asks the database which changes are released, so that a release holds in every process at once and what nobody released
nowhere; reading itself is kept for the last few answers. Ask once for a page and hand the book on.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from hamroh.cases.models import ChangeSort, LawChange, LawVerdict, VerdictKind
from hamroh.kernel.law import Announced, Book, Certainty, Change, Unfit, changed, load

#: books that are kept read: those of today and of the days beside it, in the time zones of the organisations
KEPT = 8


def book(on: dt.date | None = None) -> Book:
    """The law as it reads on a day, today where none is named."""
    rows = LawVerdict.objects.filter(kind=VerdictKind.RELEASED).order_by("at", "pk")
    return _read(tuple(rows.values_list("pk", flat=True)), on or timezone.localdate())


@functools.lru_cache(maxsize=KEPT)
def _read(released: tuple[UUID, ...], on: dt.date) -> Book:
    if not released:
        return load()
    return book_of(standing(released), on)


def book_of(rows: Iterable[LawChange], on: dt.date) -> Book:
    """The packs with these changes in their order. One that fits no more, since the packs themselves were mended, is left out."""
    found = load()
    for row in rows:
        try:
            found = with_change(found, row, on)
        except Unfit:
            continue
    return found


def with_change(found: Book, row: LawChange, on: dt.date) -> Book:
    """A book with one change; Unfit where it cannot stand there."""
    if row.sort == ChangeSort.DAYS:
        return changed(found, (), [announced_of(row)], on)
    return changed(found, [change_of(row)], (), on)


def standing(released: Iterable[UUID]) -> list[LawChange]:
    """The changes of these verdicts that nobody took back, in the order of their release; of several decisions about a year the last."""
    found = {row.pk: row for row in LawChange.objects.filter(pk__in=released).select_related("verdict")}
    rows = [found[pk] for pk in released]
    gone = {row.undoes_id for row in rows if row.sort == ChangeSort.UNDONE}
    return [row for row in rows if row.sort != ChangeSort.UNDONE and row.pk not in gone]


def released() -> list[LawChange]:
    """All changes that stand now."""
    rows = LawVerdict.objects.filter(kind=VerdictKind.RELEASED).order_by("at", "pk")
    return standing(tuple(rows.values_list("pk", flat=True)))


def change_of(row: LawChange) -> Change:
    return Change(edition_of(row), row.about, row.values, row.base, row.since_date)


def edition_of(row: LawChange) -> str:
    """What the text of a change is called: the day of its release and the end of its key; of one that is not released, the key alone."""
    verdict = getattr(row, "verdict", None)
    name = row.pk.hex[-6:]
    return f"{verdict.at:%Y-%m-%d}/{name}" if verdict else name


def announced_of(row: LawChange) -> Announced:
    """Days off from a row; Unfit where they cannot be so."""
    told: dict[str, Any] = row.values
    try:
        return Announced(
            told["state"], told["year"], told["source"], Certainty(told["certainty"]),
            tuple((name, _day(day)) for name, day in told["holidays"]), tuple(map(_day, told["off"])),
            tuple(map(_day, told["working"])),
        )  # fmt: skip
    except (KeyError, ValueError) as fault:
        raise Unfit("unreadable", str(fault)) from fault


def may_be_undone(change: LawChange | None) -> None:
    """Unfit where a change is not released, was taken back already, or where a later one stands on it."""
    found = released()
    row = next((each for each in found if change and each.pk == change.pk), None)
    if row is None:
        raise Unfit("not_released")
    if any(each.about == row.about and each.base == edition_of(row) for each in found):
        raise Unfit("followed")


def state_of(about: str) -> str:
    """The state of a rule or of announced days: TJ."""
    return about.replace(" ", ".").partition(".")[0].upper()


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
