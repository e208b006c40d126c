"""The savings of a group: a cycle and its terms, lines of the ledger, corrections, and the share-out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.groups.actions.frame import NotNow, held, new
from hamroh.groups.actions.meetings import open_one
from hamroh.groups.models import Cycle, Entry, Group, Meeting, Member
from hamroh.groups.selectors import books
from hamroh.groups.wording import refusal
from hamroh.kernel.savings import Book, Fund, Kind, Line, Refused, ShareOut, Terms, share_out
from hamroh.vault import journal

CURRENCIES = ("TJS", "AZN", "GEL", "TRY", "UZS", "KGS", "RUB", "USD", "EUR")
MOST_LINES = 2000


@transaction.atomic
def open_cycle(*, actor: Any, group: Group, terms: Terms, currency: str, starts_date: dt.date) -> Cycle:
    """A new cycle on terms that the group agreed. NotNow while one runs, or while a meeting is open."""
    of = held(actor, group, "savings.write")
    last, meeting = books.cycle_of(of), books.last_meeting(of)
    if (last is not None and last.state == "open") or (meeting is not None and meeting.state == "open"):
        raise NotNow(_("A cycle or a meeting is open. Close it first."))
    if currency not in CURRENCIES:
        raise NotNow(_("Choose one of these."), "currency")
    row: Cycle = new(
        Cycle, actor, of, number=(last.number if last else 0) + 1, currency=currency, terms=asdict(terms), starts_date=starts_date,
        began_with=Member.objects.filter(Q(left_date=None) | Q(left_date__gt=starts_date), group=of).count(),
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="cycle.open", about=of, facts={"cycle": row.number})
    return row


@transaction.atomic
def enter(*, actor: Any, group: Group, number: int, lines: Sequence[Line]) -> Entry:
    """Lines of an open meeting, all or none; NotNow says which cannot stand, and why."""
    row, decision = open_one(actor, group, number)
    if not lines:
        raise NotNow(_("Nothing was written."))
    _require_members(row, lines)
    return put(actor, row, books.book_of(row, decision), lines)


def put(actor: Any, meeting: Meeting, book: Book, lines: Iterable[Line]) -> Entry:
    """An entry of the ledger within the caller's transaction; ids and the meeting's number are given here."""
    if meeting.cycle is None or meeting.cycle.state != "open":
        raise NotNow(_("No cycle of savings runs. Begin one first."))
    number = (Entry.objects.filter(cycle=meeting.cycle).aggregate(last=Max("number"))["last"] or 0) + 1
    found = [replace(line, id=f"{number}.{at}", meeting=meeting.number) for at, line in enumerate(lines, start=1)]
    if len(found) > MOST_LINES:
        raise NotNow(_("These are too many lines at once."))
    for line in found:
        try:
            book.enter(line)
        except Refused as refused:
            raise NotNow(refusal(refused, meeting.cycle.currency)) from None
    entry: Entry = new(
        Entry,
        actor,
        meeting.group,
        cycle=meeting.cycle,
        meeting=meeting,
        number=number,
        lines=[line.told() for line in found],
    )
    entry.save()
    facts = {"meeting": meeting.number, "entry": number, "lines": len(found)}
    journal.record(actor=actor, verb="ledger.enter", about=meeting.group, facts=facts)
    return entry


def _require_members(meeting: Meeting, lines: Iterable[Line]) -> None:
    numbers = set(Member.objects.filter(group=meeting.group).values_list("number", flat=True))
    if not {line.member for line in lines if line.member is not None} <= numbers:
        raise NotNow(_("There is no such member."))


def lent(terms: Terms, member: int, amount: int, months: int, held_date: dt.date) -> list[Line]:
    """A loan with its charge and the day by which it is paid back."""
    due = _months_on(held_date, months)
    loan = Line("", Kind.LOAN, amount, member, due=due)
    charge = terms.charge_of(amount, months)
    return [loan, *([Line("", Kind.CHARGE, charge, member)] if charge else [])]


def _months_on(day: dt.date, months: int) -> dt.date:
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


@transaction.atomic
def correct(*, actor: Any, group: Group, number: int, line: str) -> Entry:
    """Undo a line of an open meeting by a counter line; both stay."""
    row, decision = open_one(actor, group, number)
    entry = put(actor, row, books.book_of(row, decision), [Line("", Kind.CORRECTION, 0, of=line)])
    journal.record(actor=actor, verb="ledger.correct", about=row.group, facts={"meeting": number, "line": line})
    return entry


@transaction.atomic
def pay_out(*, actor: Any, group: Group, on_date: dt.date | None = None) -> ShareOut:
    """Share out the running cycle. Its book is reckoned anew from the first line; NotNow where that is not what its last meeting says."""
    of = held(actor, group, "savings.write")
    decision = policy.require(actor, "savings.read", of)
    cycle = Cycle.objects.select_for_update().filter(group=of, state="open").first()
    last = books.meetings_of(of).filter(cycle=cycle).first() if cycle else None
    if cycle is None or last is None:
        raise NotNow(_("No cycle of savings runs. Begin one first."))
    if last.state == "open":
        raise NotNow(_("A meeting is open. Close it first."))
    book = books.whole_book(cycle, decision)
    if book.told() != books.document(last, "book", decision) or book.imbalance():
        raise NotNow(
            _("The book does not come to what its last meeting says. Nothing is paid out until that is looked into.")
        )
    out = share_out(book)
    cycle.state, cycle.shared_date = "shared", on_date or local_date(timezone.now(), of.organisation)
    cycle.out = out_told(out)
    cycle.save()
    journal.record(actor=actor, verb="cycle.share_out", about=of, facts={"cycle": cycle.number})
    return out


def out_told(out: ShareOut) -> dict[str, Any]:
    """A share-out as a document."""
    lines = [
        {
            "member": each.member, "saved": each.saved, "worth": round(each.worth), "debt": each.debt, "paid": each.paid,
            "still_owes": each.still_owes, "social": each.social,
        }
        for each in out.lines
    ]  # fmt: skip
    rate = [out.rate.numerator, out.rate.denominator]
    return {
        "lines": lines,
        "rate": rate,
        "box": out.box,
        "social": out.social,
        "kept": out.kept,
        "kept_social": out.kept_social,
    }


def brought_over(group: Group) -> Cycle | None:
    """The cycle whose kept money a new one may begin with."""
    found: Cycle | None = Cycle.objects.filter(group=group, state="shared").order_by("-number").first()
    return found


@transaction.atomic
def bring_over(*, actor: Any, group: Group, number: int) -> Entry:
    """Begin a cycle's first meeting with what the last share-out kept in either bag."""
    row, decision = open_one(actor, group, number)
    before, book = brought_over(row.group), books.book_of(row, decision)
    if before is None or any(book.accounts.values()):
        raise NotNow(_("There is nothing to bring over, or the book has begun."))
    told = books.document(before, "out", decision)
    kept = ((Fund.SAVINGS, told["kept"]), (Fund.SOCIAL, told["kept_social"]))
    lines = [Line("", Kind.OPENING, amount, fund=fund) for fund, amount in kept if amount]
    if not lines:
        raise NotNow(_("There is nothing to bring over, or the book has begun."))
    return put(actor, row, book, lines)
