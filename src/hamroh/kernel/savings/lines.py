"""What a ledger is made of: lines that are only ever added, and the terms on which a cycle was agreed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Fund(StrEnum):
    """A group keeps two bags: savings, out of which it lends, and a social fund for hard days."""

    SAVINGS = "savings"
    SOCIAL = "social"


class Kind(StrEnum):
    """What a line does."""

    OPENING = "opening"
    SHARE = "share"
    FUND = "fund"
    LOAN = "loan"
    CHARGE = "charge"
    REPAYMENT = "repayment"
    FINE = "fine"
    INCOME = "income"
    EXPENSE = "expense"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"


#: kinds that are a member's own; others concern the group, or a member where one is named
OF_A_MEMBER = frozenset({Kind.SHARE, Kind.FUND, Kind.LOAN, Kind.CHARGE, Kind.REPAYMENT, Kind.FINE, Kind.WITHDRAWAL})
#: kinds that take from either bag or give to it, as their line says
OF_A_FUND = frozenset({Kind.OPENING, Kind.FINE, Kind.INCOME, Kind.EXPENSE})
#: nobody types more than this: it keeps sums exact in every reader of a file
MOST = 10**12


class Refused(ValueError):
    """A line that cannot stand: ``code`` says why, ``most`` how much could."""

    def __init__(self, code: str, line: "Line", most: int = 0) -> None:
        super().__init__(f"{code}: {line.kind}")
        self.code, self.line, self.most = code, line, most


@dataclass(frozen=True, slots=True)
class Terms:
    """What the group agreed for a cycle: the price of a share, how many in one meeting, how much may be lent.

    ``loan_multiple`` is in tenths: 30 lends three times what she saved. ``charge_permille`` is what a loan costs a month,
    in thousandths of what was lent. ``shares_social`` says that the social fund is divided too, equally, when the cycle ends.
    """

    share_value: int
    most_shares: int = 5
    loan_multiple: int = 30
    charge_permille: int = 0
    fund_paid: int = 0
    shares_social: bool = False

    def __post_init__(self) -> None:
        limits = (
            (self.share_value, 1, MOST), (self.most_shares, 1, 100), (self.loan_multiple, 0, 1000),
            (self.charge_permille, 0, 1000), (self.fund_paid, 0, MOST),
        )  # fmt: skip
        if any(not least <= value <= most for value, least, most in limits):
            raise ValueError("terms outside of what a group agrees")

    def charge_of(self, principal: int, months: int) -> int:
        """What a loan costs for so many months: flat on what was lent, halves rounded down in the borrower's favour."""
        return (2 * principal * self.charge_permille * months + 999) // 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its id, what it does, how much, whose it is.

    ``meeting`` is the number of the meeting, ``fund`` the bag where the kind leaves it open, ``of`` the line that a correction
    undoes, ``due`` the day by which a loan is to be paid back.
    """

    id: str
    kind: Kind
    amount: int
    member: int | None = None
    meeting: int = 0
    fund: Fund = Fund.SAVINGS
    of: str = ""
    due: dt.date | None = None

    def told(self) -> dict[str, Any]:
        """The line as a document; what it does not say is left out."""
        more: dict[str, Any] = {"member": self.member, "of": self.of or None, "due": self.due and self.due.isoformat()}
        if self.fund is not Fund.SAVINGS:
            more["fund"] = self.fund.value
        kept = {name: value for name, value in more.items() if value is not None}
        return {"id": self.id, "kind": self.kind.value, "amount": self.amount, "meeting": self.meeting, **kept}

    @classmethod
    def heard(cls, told: Mapping[str, Any]) -> "Line":
        """The line of a document that somebody else may have written; ValueError where it is none."""
        amount, member, meeting = told.get("amount"), told.get("member"), told.get("meeting", 0)
        numbers = (amount, meeting) if member is None else (amount, meeting, member)
        if any(type(each) is not int or not 0 <= each <= MOST for each in numbers):
            raise ValueError("not a number of a line")
        if not all(
            isinstance(told.get(name, ""), str) and len(told.get(name, "")) <= 60 for name in ("id", "of", "due")
        ):
            raise ValueError("not a text of a line")
        due = dt.date.fromisoformat(told["due"]) if told.get("due") else None
        fund = Fund(told.get("fund", Fund.SAVINGS))
        return cls(
            told["id"], Kind(told["kind"]), int(amount or 0), member, int(meeting), fund, told.get("of", ""), due
        )
