"""A savings group in tests: Sitora's five members in their first cycle, one meeting held; and what a telephone says of the next."""

import datetime as dt
import json
from typing import Any
from uuid import UUID, uuid4

from desk_world import TODAY
from groups_world import Circle, with_members
from hamroh.groups import parcels
from hamroh.groups.actions import carrying, meetings, savings
from hamroh.groups.models import Carried, Cycle, Group, Meeting
from hamroh.kernel.savings import Fund, Kind, Line, Terms

TERMS = Terms(share_value=500, most_shares=5, loan_multiple=30, charge_permille=20, fund_paid=100)
#: said in a meeting, so that it must be found where it is read and nowhere else
DECIDED, WHY = "Zwqxdecided: seed for the spring", "Zwqxwhy: a coin fell behind the stove"
FIRST = TODAY - dt.timedelta(days=14)


def saving(circle: Circle, count: int = 5) -> tuple[Group, Cycle]:
    """A group whose cycle began two weeks ago."""
    group, _members = with_members(circle, count, kind="savings")
    cycle = savings.open_cycle(actor=circle.sitora, group=group, terms=TERMS, currency="TJS", starts_date=FIRST)
    return group, cycle


def shares(*members: int, amount: int = 1000) -> list[Line]:
    return [Line("", Kind.SHARE, amount, member) for member in members]


def opened(circle: Circle, group: Group, held_date: dt.date = FIRST) -> Meeting:
    """A meeting to which everybody came."""
    row = meetings.open_meeting(actor=circle.sitora, group=group, held_date=held_date)
    here = dict.fromkeys(range(1, 6), "present")
    meetings.note_attendance(actor=circle.sitora, group=group, number=row.number, attendance=here)
    return row


def met(circle: Circle, group: Group, held_date: dt.date = FIRST, lines: Any = None) -> Meeting:
    """One that was held and closed: all five bought two shares and paid into the social fund, unless other lines are given."""
    row = opened(circle, group, held_date)
    usual = [*shares(1, 2, 3, 4, 5), *(Line("", Kind.FUND, 100, member, fund=Fund.SOCIAL) for member in range(1, 6))]
    savings.enter(actor=circle.sitora, group=group, number=row.number, lines=usual if lines is None else lines)
    return closed(circle, group, row.number)


def closed(circle: Circle, group: Group, number: int, **apart: int) -> Meeting:
    """Counted as the book says, unless it is said how far apart."""
    from hamroh.groups.selectors import books

    _group, decision = books.group_of(actor=circle.sitora, code=group.code)
    book = books.book_now(group, decision)
    assert book is not None
    counted = {bag: book.of(bag) + apart.get(bag, 0) for bag in ("box", "social")}
    return meetings.close_meeting(
        actor=circle.sitora, group=group, number=number, counted=counted, why=WHY if apart else ""
    )


def carried(circle: Circle, group: Group, actor: Any = None) -> tuple[Carried, str, dict[str, Any]]:
    return carrying.take_along(actor=actor or circle.sitora, group=group, label="Redmi")


def told(number: int = 2, **more: Any) -> dict[str, Any]:
    """What a telephone says of the second meeting: everybody came, two shares each, a loan to the first."""
    lines = [{"id": str(at), "kind": "share", "amount": 1000, "member": at, "meeting": number} for at in range(1, 6)]
    lines.append({"id": "6", "kind": "loan", "amount": 2000, "member": 1, "meeting": number, "due": "2027-02-23"})
    lines.append({"id": "7", "kind": "charge", "amount": 120, "member": 1, "meeting": number})
    usual = {
        "number": number, "held": TODAY.isoformat(), "closed": True, "attendance": {str(at): "present" for at in range(1, 6)}, "lines": lines,
        "agenda": [], "decisions": [{"words": DECIDED, "for": 5}], "cash": {"box": 8000, "social": 500, "why": ""},
    }  # fmt: skip
    return usual | more


def parcel(row: Carried, content: dict[str, Any], key: UUID | None = None) -> bytes:
    """As a telephone seals it."""
    return parcels.sealed(row.code, key or uuid4(), json.dumps(content).encode(), row.public)
