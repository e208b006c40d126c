"""Of a half-year of the demonstration: who was found is asked, decides, and his family is told on the day of the weekly word."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from hamroh.accounts.models import Notice
from hamroh.site.demo.missed import Desk, aged, asked, judged, listed, phone_of, shift
from hamroh.tracing import actions
from hamroh.tracing.actions import approaching, letters, telling
from hamroh.tracing.actions.approaching import Talked, Wished
from hamroh.tracing.halves import Half
from hamroh.tracing.models import Choice, Pool, PoolRecord, Request
from hamroh.tracing.reading import CHECKS
from hamroh.tracing.weekly import last_hour

One = Mapping[str, Any]
#: what he says yes to, by the end of the request
WISHES = {
    "contact": {"alive", "contact"}, "letter": {"alive", "message"}, "alive": {"alive"}, "declined": set[str]()
}  # fmt: skip
BEFORE, YEAR = dt.timedelta(days=3), dt.timedelta(days=360)
#: every second of those in touch is settled
SETTLED_EVERY = 2


def load_half_year(desk: Desk, pools: Mapping[str, Pool], tick: Callable[[], None]) -> None:
    """The requests of the half-year before the last one, whose figures can be counted; who was found, in the order of the answers."""
    start = Half.around(desk.today).later(-2).start
    weeks: dict[dt.datetime, list[tuple[int, One, Request]]] = {}
    for number, one in enumerate(desk.told["half_year"]):
        row = asked(desk, one, number)
        day = start + dt.timedelta(days=one["asked"])
        aged(row, desk.noon(day))
        if one.get("ends") not in (None, "guarded"):
            when = last_hour(desk.noon(day + dt.timedelta(days=one["answered"])), desk.organisation)
            weeks.setdefault(when, []).append((number, one, row))
        tick()
    for when, found in sorted(weeks.items()):
        for number, one, row in found:
            record = listed(desk, pools, one, number) if "list" in one else None
            _ended(desk, one, row, record, when - BEFORE)
        telling.tell_house(desk.organisation, when)
        for number, one, row in found:
            _told(desk, one, row, when, is_settled=number % SETTLED_EVERY == 0)


def _ended(desk: Desk, one: One, row: Request, record: PoolRecord | None, when: dt.datetime) -> None:
    """What became of a request by then; without a record whoever asked wishes no search any more."""
    if record is None:
        actions.close(actor=row.owner, request=row, end="wish", words=desk.told["ended"])
    else:
        judged(desk, row, record, len(desk.officers))
        row.refresh_from_db()
        if one["ends"] == "deceased":
            actions.move(actor=desk.officers[0], request=row, after="deceased", words=desk.told["died"])
        else:
            _decided(desk, one, row, record, when.date())
    shift(row, timezone.now() - when)


def _told(desk: Desk, one: One, row: Request, when: dt.datetime, *, is_settled: bool) -> None:
    """What followed the weekly word of that day."""
    row.refresh_from_db()
    if one["ends"] == "contact":
        row = actions.move(actor=desk.officers[0], request=row, after="contact", words=desk.told["agreed"])
        if is_settled:
            actions.close(actor=desk.officers[0], request=row, end="found", words=desk.told["settled"])
        shift(row, timezone.now() - (when + BEFORE))
    Notice.objects.filter(record_kind="tracing.request", record_id=str(row.pk), read_at=None).update(read_at=when)
    Request.objects.filter(pk=row.pk).update(changed_at=when)


def spoken_with(desk: Desk, row: Request, record: PoolRecord, day: dt.date) -> None:
    """He is asked first, alone, by the officer who searches."""
    told = desk.told["talk"]
    talked = Talked(
        outcome="spoken", on=day, way="visit", place=told["place"], proof=told["proof"], words=told["words"]
    )
    approaching.talk(actor=desk.officers[0], request=row, record=record, told=talked)


def _decided(desk: Desk, one: One, row: Request, record: PoolRecord, day: dt.date) -> None:
    """He says what may be told; a letter of his is read by a second person."""
    spoken_with(desk, row, record, day)
    officer, reader = desk.officers
    yes = frozenset(WISHES[one["ends"]])
    terms = {"phone": phone_of(21), "words": desk.told["terms"]["words"]} if "contact" in yes else {}
    wished = Wished(yes=yes, way="voice", on=desk.today, until=desk.today + YEAR, terms=terms)
    approaching.choose(actor=officer, request=row, wished=wished, lang=desk.told["lang"])
    Choice.objects.filter(request=row).update(on_date=day)
    if "message" in yes:
        letter = letters.write_to_seeker(actor=officer, request=row, body=desk.told["letter"])
        letters.read(actor=reader, letter=letter, after="approved", found=dict.fromkeys(CHECKS, False))
