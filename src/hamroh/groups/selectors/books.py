"""Meetings and the book of a group, opened for who may read them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.groups.models import Carried, Cycle, Entry, Group, Meeting, Member, Parcel
from hamroh.kernel.savings import Book, Line, Terms, replay
from hamroh.kernel.savings.quarter import Met, Quarter
from hamroh.vault import opening

PAGE = "page"


def group_of(*, actor: Any, code: str, verb: str = "savings.read") -> tuple[Group, Decision]:
    """The group of a code with the decision that opens its rows; Refused otherwise."""
    return policy.fetch(actor, verb, Group.objects.select_related("organisation", "place").filter(code=code))


def cycle_of(group: Group) -> Cycle | None:
    """The cycle that runs, or the last one."""
    found: Cycle | None = Cycle.objects.filter(group=group).order_by("-number").first()
    return found


def terms_of(cycle: Cycle) -> Terms:
    return Terms(**cycle.terms)


def meetings_of(group: Group) -> QuerySet[Meeting]:
    """Meetings of a group, the last one first."""
    rows: QuerySet[Meeting] = Meeting.objects.filter(group=group).select_related("cycle").order_by("-number")
    return rows


def meeting_of(group: Group, number: int) -> Meeting:
    """A meeting of this very group; Refused otherwise."""
    row: Meeting | None = meetings_of(group).filter(number=number).first()
    if row is None:
        raise policy.Refused("no such meeting of this group")
    row.group = group
    return row


def last_meeting(group: Group) -> Meeting | None:
    return meetings_of(group).first()


def parcels_of(group: Group) -> QuerySet[Parcel]:
    """What telephones brought, the newest first."""
    rows: QuerySet[Parcel] = Parcel.objects.filter(group=group).select_related("meeting", "carried__holder")
    return rows.order_by("-made_at", "pk")


def telephones_of(group: Group) -> QuerySet[Carried]:
    """Telephones on which the group was taken along, the newest first."""
    return Carried.objects.filter(group=group).select_related("holder").order_by("-made_at", "pk")


@dataclass(frozen=True)
class Known:
    """A member as a meeting needs her."""

    number: int
    alias: str
    sex: str
    row: Member

    @property
    def called(self) -> str:
        """Her alias; her number where it was erased."""
        return self.alias or f"№ {self.number}"


def members_on(group: Group, decision: Decision, day: dt.date) -> list[Known]:
    """Who is a member on a day, by number."""
    rows = Member.objects.filter(Q(left_date=None) | Q(left_date__gt=day), group=group).order_by("number")
    return known(rows, decision)


def members_all(group: Group, decision: Decision) -> list[Known]:
    """Everybody who ever was a member."""
    return known(Member.objects.filter(group=group).order_by("number"), decision)


def known(rows: Iterable[Member], decision: Decision) -> list[Known]:
    found = []
    for row in rows:
        alias = opening.open_each(row, ("alias",), decision=decision, purpose=PAGE)["alias"]
        found.append(Known(row.number, str(alias or ""), row.sex, row))
    return found


def called(group: Group, decision: Decision) -> dict[int, str]:
    """What each member is called, by number."""
    return {each.number: each.called for each in members_all(group, decision)}


def document(row: Any, field: str, decision: Decision) -> Any:
    """A sealed document of a meeting; Tampered where it was changed in the store."""
    return vault.open(row, field, decision=decision, purpose=PAGE)


def lines_of(entries: Iterable[Entry], decision: Decision) -> list[Line]:
    """The lines of entries, in their order."""
    return [Line.heard(told) for entry in entries for told in document(entry, "lines", decision)]


def entries_of(meeting: Meeting) -> QuerySet[Entry]:
    return Entry.objects.filter(meeting=meeting).order_by("number")


def book_before(meeting: Meeting, decision: Decision) -> Book:
    """The book with which a meeting began: that of the meeting before, in the same cycle."""
    assert meeting.cycle is not None
    rows = Meeting.objects.filter(cycle=meeting.cycle, number__lt=meeting.number).order_by("-number")
    before = rows.first()
    told = document(before, "book", decision) if before else None
    return Book.carried(terms_of(meeting.cycle), told) if told else Book(terms_of(meeting.cycle))


def book_of(meeting: Meeting, decision: Decision) -> Book:
    """The book as it stands in a meeting: what it began with, and its own lines."""
    book = book_before(meeting, decision)
    for line in lines_of(entries_of(meeting), decision):
        book.enter(line)
    return book


def book_now(group: Group, decision: Decision) -> Book | None:
    """The book of the running cycle after its last meeting."""
    cycle = cycle_of(group)
    last = meetings_of(group).filter(cycle=cycle).first() if cycle else None
    return book_of(last, decision) if last else (Book(terms_of(cycle)) if cycle else None)


def whole_book(cycle: Cycle, decision: Decision) -> Book:
    """The book of a cycle from its very first line."""
    entries = Entry.objects.filter(cycle=cycle).order_by("meeting__number", "number")
    return replay(lines_of(entries, decision), terms_of(cycle))


def passbook(cycle: Cycle, decision: Decision, number: int) -> list[tuple[Meeting, list[Line]]]:
    """What stands for one member, meeting by meeting."""
    meetings = {row.number: row for row in Meeting.objects.filter(cycle=cycle)}
    found: dict[int, list[Line]] = {}
    for line in whole_book(cycle, decision).standing():
        if line.member == number:
            found.setdefault(line.meeting, []).append(line)
    return [(meetings[at], found[at]) for at in sorted(found)]


def ends(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """The first day of a quarter, and the first day after it."""
    first = dt.date(year, 3 * quarter - 2, 1)
    return first, (dt.date(year + 1, 1, 1) if quarter == 4 else dt.date(year, 3 * quarter + 1, 1))


def quarter_of(group: Group, decision: Decision, year: int, quarter: int) -> Quarter:
    """What is known of a group's quarter; what is missing the kernel says."""
    first, after = ends(year, quarter)
    meetings = list(
        Meeting.objects.filter(group=group, held_date__gte=first, held_date__lt=after).select_related("cycle")
    )
    meetings.sort(key=lambda row: row.number)
    last = meetings[-1] if meetings else None
    waiting = parcels_of(group).filter(state="waiting", meeting__in=meetings)
    unsettled = {row.meeting_id: row.differs for row in waiting}
    met = [Met(row.number, row.came, row.expected, row.state == "closed", unsettled.get(row.pk, 0)) for row in meetings]
    members = Member.objects.filter(Q(left_date=None) | Q(left_date__gte=after), group=group)
    members = members.filter(Q(joined_date=None) | Q(joined_date__lt=after))
    sexes = [sex or None for sex in members.values_list("sex", flat=True)]
    if last is None or last.cycle is None:
        return Quarter(met, sexes, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    return _quarter(last, decision, met, sexes, after)


def _quarter(last: Meeting, decision: Decision, met: Sequence[Met], sexes: list[str | None], after: dt.date) -> Quarter:
    cycle = last.cycle
    assert cycle is not None
    book = book_of(last, decision)
    left = Member.objects.filter(group=last.group_id, left_date__gte=cycle.starts_date, left_date__lt=after).count()
    paid = None
    if cycle.shared_date and cycle.shared_date < after and cycle.out:
        paid = sum(int(line["paid"]) for line in document(cycle, "out", decision)["lines"])
    return Quarter(
        met, sexes, cycle.began_with, left, book.total("saved"), book.total("loan"),
        sum(bool(book.of("loan", member)) for member in book.members()), book.past_due(after), book.of("box"), book.of("social"),
        book.of("gain"), paid,
    )  # fmt: skip
