"""A cycle of savings in the demonstration: the made-up group's meetings, written down through the room's own actions."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date
from hamroh.groups.actions import meetings, savings
from hamroh.groups.models import Cycle, Group, Member
from hamroh.groups.selectors import books
from hamroh.kernel import datafiles
from hamroh.kernel.savings import Fund, Kind, Line, Terms
from hamroh.vault import journal

FILE = "demo/meetings.yml"


def load_meetings() -> None:
    """A group that saves already is left alone, and so is a house without the group."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    group = Group.objects.filter(organisation=house, is_invented=True).first()
    if group is None or Cycle.objects.filter(group=group).exists():
        return
    actor = User.objects.get(username=told["runs"], memberships__organisation=house)
    today = local_date(timezone.now(), house)
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        first = today - _days(told["meetings"][0])
        terms = Terms(**told["terms"])
        savings.open_cycle(actor=actor, group=group, terms=terms, currency=told["currency"], starts_date=first)
        for each in told["meetings"]:
            _held(actor, group, terms, each, today)


def _days(each: Mapping[str, Any]) -> Any:
    import datetime as dt

    return dt.timedelta(days=each["days"])


def _held(actor: User, group: Group, terms: Terms, each: Mapping[str, Any], today: Any) -> None:
    row = meetings.open_meeting(actor=actor, group=group, held_date=today - _days(each))
    numbers = list(Member.objects.filter(group=group).order_by("number").values_list("number", "left_date"))
    there = [number for number, left in numbers if left is None or left > row.held_date]
    marked = dict.fromkeys(there, "present")
    marked |= dict.fromkeys(each["absent"], "absent") | dict.fromkeys(each.get("late", ()), "late")
    meetings.note_attendance(actor=actor, group=group, number=row.number, attendance=marked)
    for decision in each.get("decisions", ()):
        meetings.note_minutes(actor=actor, group=group, number=row.number, decision=decision)
    came = [number for number in there if marked[number] != "absent"]
    savings.enter(actor=actor, group=group, number=row.number, lines=list(_lines(each, terms, came, row.held_date)))
    _closed(actor, group, row.number, each)


def _lines(each: Mapping[str, Any], terms: Terms, came: list[int], held: Any) -> Iterator[Line]:
    """In the order in which the bag covers what is lent."""
    for member, count in each["shares"].items():
        yield Line("", Kind.SHARE, count * terms.share_value, member)
    for member in came:
        yield Line("", Kind.FUND, terms.fund_paid, member, fund=Fund.SOCIAL)
    for member, amount in each.get("repaid", {}).items():
        yield Line("", Kind.REPAYMENT, amount, member)
    for member, amount in each.get("fines", {}).items():
        yield Line("", Kind.FINE, amount, member)
    for loan in each.get("loans", ()):
        yield from savings.lent(terms, loan["member"], loan["amount"], loan["months"], held)
    if each.get("helped"):
        yield Line("", Kind.EXPENSE, each["helped"], fund=Fund.SOCIAL)


def _closed(actor: User, group: Group, number: int, each: Mapping[str, Any]) -> None:
    book = books.book_now(group, policy.require(actor, "savings.read", group))
    assert book is not None
    counted = {"box": book.of("box") - each.get("missing", 0), "social": book.of("social")}
    meetings.close_meeting(actor=actor, group=group, number=number, counted=counted, why=each.get("why", ""))
