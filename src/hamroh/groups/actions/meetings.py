"""Meetings: held on a day, who came, what was decided, and the bag counted at the end. Only the last one can be opened again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.groups.actions.frame import NotNow, held, new
from hamroh.groups.models import Attended, Cycle, Group, Meeting, Member
from hamroh.groups.selectors import books
from hamroh.vault import journal

BAGS = ("box", "social")


@transaction.atomic
def open_meeting(*, actor: Any, group: Group, held_date: dt.date) -> Meeting:
    """The next meeting of a group. NotNow while one is open, or where the day is not after the last."""
    of = held(actor, group, "savings.write")
    return begin(actor, of, held_date)


def begin(actor: Any, of: Group, held_date: dt.date) -> Meeting:
    """The meeting, within the caller's transaction and permission."""
    last = books.last_meeting(of)
    if last is not None and last.state == "open":
        raise NotNow(_("A meeting is open. Close it first."))
    if last is not None and held_date < last.held_date:
        raise NotNow(_("The last meeting was on a later day."), "held_date")
    if held_date > local_date(timezone.now(), of.organisation) + dt.timedelta(days=1):
        raise NotNow(_("This has not happened yet: look at the day."), "held_date")
    cycle = Cycle.objects.filter(group=of, state="open").first()
    row: Meeting = new(Meeting, actor, of, cycle=cycle, number=(last.number if last else 0) + 1, held_date=held_date)
    row.save()
    journal.record(actor=actor, verb="meeting.open", about=of, facts={"meeting": row.number})
    return row


def open_one(actor: Any, group: Group, number: int) -> tuple[Meeting, policy.Decision]:
    """The meeting, held for a write with the decision that opens it; NotNow where it is closed."""
    of = held(actor, group, "savings.write")
    decision = policy.require(actor, "savings.read", of)
    row: Meeting | None = (
        Meeting.objects.select_for_update(of=("self",)).select_related("cycle").filter(group=of, number=number).first()
    )
    if row is None:
        raise policy.Refused("no such meeting of this group")
    row.group = of
    if row.state != "open":
        raise NotNow(_("This meeting is closed."))
    return row, decision


@transaction.atomic
def note_attendance(*, actor: Any, group: Group, number: int, attendance: Mapping[int, str]) -> None:
    """Who came, for every member at once."""
    row, _decision = open_one(actor, group, number)
    put_attendance(row, attendance)
    row.save()
    journal.record(actor=actor, verb="meeting.attendance", about=row.group, facts={"meeting": row.number})


def put_attendance(row: Meeting, attendance: Mapping[int, str]) -> None:
    """Set it on the meeting, not yet saved."""
    numbers = set(Member.objects.filter(group=row.group).values_list("number", flat=True))
    if not set(attendance) <= numbers or not set(attendance.values()) <= set(Attended.values):
        raise NotNow(_("There is no such member."))
    row.attendance = {str(member): how for member, how in sorted(attendance.items())}
    row.expected = len(attendance)
    row.came = sum(how in (Attended.PRESENT, Attended.LATE) for how in attendance.values())


@transaction.atomic
def note_minutes(
    *,
    actor: Any,
    group: Group,
    number: int,
    agenda: Sequence[str] | None = None,
    decision: Mapping[str, Any] | None = None,
) -> None:
    """The agenda anew, or one more decision."""
    row, may = open_one(actor, group, number)
    told = books.document(row, "minutes", may) or {}
    kept = {"agenda": list(told.get("agenda", [])), "decisions": list(told.get("decisions", []))}
    if agenda is not None:
        kept["agenda"] = [line.strip() for line in agenda if line.strip()]
    if decision is not None:
        kept["decisions"].append(dict(decision))
    row.minutes = kept
    row.save()
    journal.record(actor=actor, verb="meeting.minutes", about=row.group, facts={"meeting": row.number})


@transaction.atomic
def close_meeting(*, actor: Any, group: Group, number: int, counted: Mapping[str, int], why: str = "") -> Meeting:
    """Close a meeting with the bags counted. What differs from the book is named and needs a reason; it changes no balance."""
    row, decision = open_one(actor, group, number)
    if row.came is None:
        raise NotNow(_("Write down first who came."))
    if row.cycle is not None:
        _count(row, decision, counted, why)
    row.state, row.closed_at = "closed", timezone.now()
    row.save()
    facts = {"meeting": row.number, "differs": _differs(row, counted, decision)}
    journal.record(actor=actor, verb="meeting.close", about=row.group, facts=facts)
    return row


def _count(row: Meeting, decision: Any, counted: Mapping[str, int], why: str) -> None:
    book = books.book_of(row, decision)
    told = {bag: {"counted": int(counted[bag]), "book": book.of(bag)} for bag in BAGS}
    if any(each["counted"] != each["book"] for each in told.values()) and not why.strip():
        raise NotNow(_("The bag and the book differ. Write why, as far as you know."), "why")
    row.cash = {**told, "why": why.strip()}
    row.book = book.told()


def _differs(row: Meeting, counted: Mapping[str, int], decision: Any) -> bool:
    if row.cycle is None:
        return False
    book = books.book_of(row, decision)
    return any(counted[bag] != book.of(bag) for bag in BAGS)


@transaction.atomic
def reopen_meeting(*, actor: Any, group: Group, number: int, why: str) -> Meeting:
    """Open the last meeting again; an earlier one never, and none of a cycle that was shared out."""
    of = held(actor, group, "savings.write")
    row: Meeting | None = (
        Meeting.objects.select_for_update(of=("self",)).select_related("cycle").filter(group=of, number=number).first()
    )
    if row is None:
        raise policy.Refused("no such meeting of this group")
    last = books.last_meeting(of)
    if row.state == "open" or last is None or last.pk != row.pk:
        raise NotNow(_("Only the last meeting can be opened again. Correct an earlier one in the next meeting."))
    if row.cycle is not None and row.cycle.state == "shared":
        raise NotNow(_("What was shared out stands."))
    if not why.strip():
        raise NotNow(_("Write why it is opened again."), "why")
    row.state, row.closed_at, row.why = "open", None, why.strip()
    row.save()
    journal.record(actor=actor, verb="meeting.reopen", about=of, facts={"meeting": row.number})
    return row
