"""The share-out: what each member takes home when a cycle ends. It is divided to the last diram, and in whatever order members stand.

The rule. Everything in the bag of savings is paid out. What a member still owes is taken off what her savings are worth. One unit
of savings is worth the same to all: so much that what is paid out is what lies in the bag. Who owes more than her savings are worth
is paid nothing and still owes the rest. Each is paid whole dirams, rounded down; the dirams that are left go one each to whom the
rounding cost most, then to who saved more, then to the lower number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hamroh.kernel.savings.ledger import Book


@dataclass(frozen=True, slots=True)
class Paid:
    """One member's line: what she saved, what that is worth, what she owed, what she is paid, what she still owes, and of the social fund."""

    member: int
    saved: int
    worth: Fraction
    debt: int
    paid: int
    still_owes: int
    social: int = 0


@dataclass(frozen=True, slots=True)
class ShareOut:
    """What is paid out, line by line; ``rate`` is what one unit of savings is worth, ``kept`` what nobody had a share in."""

    lines: tuple[Paid, ...]
    rate: Fraction
    box: int
    social: int
    kept: int
    kept_social: int

    @property
    def paid(self) -> int:
        return sum(line.paid for line in self.lines)


def share_out(book: Book) -> ShareOut:
    """The share-out of a book."""
    saved = {member: book.of("saved", member) for member in book.members()}
    debts = {member: book.debt(member) for member in saved}
    box = book.of("box")
    rate = rate_of(box, saved, debts)
    wanted = {member: max(Fraction(0), rate * saved[member] - debts[member]) for member in saved}
    paid = divided(box if any(saved.values()) else 0, wanted, saved)
    savers = {member: Fraction(1) for member, amount in saved.items() if amount}
    social = book.of("social") if book.terms.shares_social else 0
    each = divided(social if savers else 0, _scaled(savers, social), saved)
    lines = tuple(
        Paid(
            member, saved[member], rate * saved[member], debts[member], paid.get(member, 0),
            max(0, int(debts[member] - rate * saved[member])), each.get(member, 0),
        )
        for member in sorted(saved)
    )  # fmt: skip
    return ShareOut(
        lines, rate, box, book.of("social"), box - sum(paid.values()), book.of("social") - sum(each.values())
    )


def rate_of(box: int, saved: Mapping[int, int], debts: Mapping[int, int]) -> Fraction:
    """What one unit of savings is worth: the one value at which all that is paid out is what lies in the bag.

    Members join in the order in which their savings cover their debts; with each who joins, more debt is netted among more savings.
    """
    savers = sorted((Fraction(debts[member], saved[member]), member) for member in saved if saved[member])
    owed = shares = 0
    rate = Fraction(0)
    for covers, member in savers:
        if shares and rate <= covers:
            break
        owed, shares = owed + debts[member], shares + saved[member]
        rate = Fraction(box + owed, shares)
    return rate


def divided(whole: int, wanted: Mapping[int, Fraction], saved: Mapping[int, int]) -> dict[int, int]:
    """Whole units by what each is to have; the sum of ``wanted`` is ``whole``, and so is the sum of the answer."""
    if not whole:
        return dict.fromkeys(wanted, 0)
    paid = {member: int(part) for member, part in wanted.items()}
    left = whole - sum(paid.values())
    cost = sorted(
        (member for member, part in wanted.items() if part),
        key=lambda member: (paid[member] - wanted[member], -saved.get(member, 0), member),
    )
    for member in cost[:left]:
        paid[member] += 1
    return paid


def _scaled(parts: Mapping[int, Fraction], whole: int) -> dict[int, Fraction]:
    total = sum(parts.values())
    return {member: part * whole / total for member, part in parts.items()}
