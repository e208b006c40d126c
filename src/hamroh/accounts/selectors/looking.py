"""Who looked at which records, from the journal: for their owner line by line, for an auditor counted."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy, records
from hamroh.accounts.models import BreakGlass, Membership, Organisation, User
from hamroh.accounts.policy.facts import Ref, kind_of
from hamroh.accounts.records import Register
from hamroh.accounts.zones import is_outside_hours, zone_of
from hamroh.vault.models import JournalLine
from hamroh.vault.opening import TAMPERED

EACH_PAGE = 50
#: sealed data of this room that are no records of their own
TITLES = {
    "accounts.task": _("Own tasks"),
    "accounts.breakglass": _("Emergency openings"),
}


@dataclass(frozen=True)
class Look:
    """One opening of a record: by whom, of which fields, for what, and what is unusual about it (words of our own)."""

    line: JournalLine
    when: dt.datetime
    name: str
    href: str
    who: str
    fields: tuple[Any, ...]
    purpose: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included."""

    first: dt.date
    last: dt.date


#: what makes a look unusual
EMERGENCY, LENT, HOURS, BROKEN = "emergency", "lent", "hours", "broken"


def owned(actor: Any) -> dict[Ref, tuple[Register, Any]]:
    """Records whose owner the actor is and that still open for her: who is shut out of one hears nothing of it."""
    policy.require(actor, "desk.open")
    return {
        (kind_of(each.model), str(row.pk)): (each, row)
        for each in records.registers()
        for row in policy.visible(actor, each.reads, each.owned_by(actor.pk))
    }


def looks(*, actor: Any, own: bool = False, each_page: int = EACH_PAGE) -> tuple[Paginator[JournalLine], Any]:
    """Pages of openings of the actor's records, newest first, and a function that reads a page's lines.

    Her own openings are left out unless ``own``.
    """
    mine = owned(actor)
    kinds = {kind for kind, _pk in mine}
    rows = JournalLine.objects.filter(record_kind__in=kinds, record_id__in=[pk for _kind, pk in mine])
    rows = rows.exclude(purpose="").order_by("-written_at", "-id")
    shown = rows if own else rows.exclude(actor_id=actor.pk)
    return Paginator(shown, each_page), lambda lines: _read(list(lines), mine)


def _read(lines: list[JournalLine], mine: dict[Ref, tuple[Register, Any]]) -> list[Look]:
    people = {line.actor_id for line in lines if line.actor_id}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "display_name"))
    marks = _Marks(lines, people)
    return [
        _look(line, *mine[line.record_kind, line.record_id], names, marks)
        for line in lines
        if (line.record_kind, line.record_id) in mine
    ]


def _look(line: JournalLine, register: Register, record: Any, names: dict[Any, str], marks: "_Marks") -> Look:
    asked = [name for name in line.facts.get("fields", ()) if name]
    return Look(
        line=line, when=line.written_at.astimezone(marks.zone(line)), name=register.name_of(record),
        href=register.address_of(record), who=names.get(line.actor_id, ""),
        fields=tuple(register.fields.get(name, name) for name in asked), purpose=gettext(line.purpose), marks=tuple(marks.of(line)),
    )  # fmt: skip


class _Marks:
    """What is unusual about some lines; reads what it needs of all of them at once."""

    def __init__(self, lines: list[JournalLine], people: Iterable[UUID]) -> None:
        where = {line.organisation_id for line in lines if line.organisation_id}
        ids = {line.record_id for line in lines}
        self.zones = {each.pk: zone_of(each) for each in Organisation.objects.filter(pk__in=where)}
        self.glasses = list(BreakGlass.objects.filter(user__in=people, record_id__in=ids))
        self.members = list(Membership.objects.filter(user__in=people, organisation__in=where))

    def zone(self, line: JournalLine) -> dt.tzinfo:
        return self.zones.get(line.organisation_id, dt.UTC) if line.organisation_id else dt.UTC

    def of(self, line: JournalLine) -> Iterable[str]:
        if line.verb == TAMPERED:
            yield BROKEN
        if any(_covers(glass, line) for glass in self.glasses):
            yield EMERGENCY
        elif line.actor_id and not any(_held(row, line) for row in self.members):
            yield LENT
        if is_outside_hours(line.written_at, self.zone(line)):
            yield HOURS


def _covers(glass: BreakGlass, line: JournalLine) -> bool:
    same = (glass.user_id, glass.record_kind, glass.record_id) == (line.actor_id, line.record_kind, line.record_id)
    return same and glass.opened_at <= line.written_at < glass.ends_at


def _held(row: Membership, line: JournalLine) -> bool:
    same = (row.user_id, row.organisation_id) == (line.actor_id, line.organisation_id)
    return same and row.starts_at <= line.written_at and (row.expires_at is None or line.written_at < row.expires_at)


# -- for auditors: how much, never what --------------------------------------------------------------------------------


def counts(*, actor: Any, organisation: Organisation, period: Period, person: UUID | None = None) -> QuerySet[Any, Any]:
    """How many records of how many kinds each person opened on each day: ``day, actor_id, record_kind, records, lines``.

    The organisation's own days, newest first; which records and what stood in them is not told.
    """
    policy.require(actor, "access.see", organisation)
    zone = zone_of(organisation)
    start = dt.datetime.combine(period.first, dt.time.min, tzinfo=zone)
    end = dt.datetime.combine(period.last, dt.time.min, tzinfo=zone) + dt.timedelta(days=1)
    rows = JournalLine.objects.filter(organisation_id=organisation.pk, written_at__gte=start, written_at__lt=end)
    rows = rows.filter(id__gte=_first_id(start)).exclude(purpose="")
    if person:
        rows = rows.filter(actor_id=person)
    by_day = rows.annotate(day=TruncDate("written_at", tzinfo=zone)).values("day", "actor_id", "record_kind")
    counted = by_day.annotate(records=Count("record_id", distinct=True), lines=Count("id"))
    return counted.order_by("-day", "actor_id", "record_kind")


def _first_id(moment: dt.datetime) -> UUID:
    """The least id that a line of this moment can have: ids of lines grow with time, so the primary key finds the period."""
    slack = moment - dt.timedelta(minutes=5)
    return UUID(int=max(0, int(slack.timestamp() * 1000)) << 80)


@dataclass(frozen=True)
class Counting:
    """A line of ``counts`` in words: ``kind`` is the room's word for its records."""

    day: dt.date
    who: str
    kind: Any
    records: int
    lines: int


def with_names(rows: Iterable[dict[str, Any]]) -> list[Counting]:
    """Lines of ``counts`` with the names of people and rooms; two queries."""
    read = list(rows)
    names = dict(User.objects.filter(pk__in={row["actor_id"] for row in read}).values_list("pk", "display_name"))
    return [
        Counting(row["day"], names.get(row["actor_id"], ""), _kind(row["record_kind"]), row["records"], row["lines"])
        for row in read
    ]


def _kind(kind: str) -> Any:
    register = records.of(kind)
    return register.title if register else TITLES.get(kind, kind)
