"""The book of a cycle: what the lines come to. Every line moves as much on one side as on the other, so it always balances.

What the group holds (cash in two bags, loans and charges that members owe) is what it owes: members' savings, what was gained,
and the social fund.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hamroh.kernel.savings.lines import MOST, OF_A_FUND, OF_A_MEMBER, Fund, Kind, Line, Refused, Terms

#: an account: its name, and the member's number where it is hers
Account = tuple[str, int | None]
Moves = dict[Account, int]
HELD, OWED = ("box", "social", "loan", "charge"), ("saved", "gain", "fund")
#: gain may fall below nothing: a group can lose
_MAY_FALL = frozenset({"gain"})
_SHORT = {
    "box": "box_short",
    "social": "social_short",
    "fund": "social_short",
    "loan": "owes_less",
    "charge": "owes_less",
}
#: both sides of kinds that know their bag; what a member brings from an earlier cycle is hers
_SIDES = {
    Kind.OPENING: ("saved", "box"), Kind.SHARE: ("saved", "box"), Kind.FUND: ("fund", "social"), Kind.LOAN: ("loan", "box"),
    Kind.CHARGE: ("charge", "gain"), Kind.WITHDRAWAL: ("saved", "box"),
}  # fmt: skip
_TAKES = frozenset({Kind.EXPENSE, Kind.WITHDRAWAL})
_OWN = frozenset({"saved", "loan", "charge"})
_BAG = {Fund.SAVINGS: ("box", "gain"), Fund.SOCIAL: ("social", "fund")}


@dataclass
class Book:
    """Balances after some lines; ``enter`` adds one, or refuses it and changes nothing."""

    terms: Terms
    accounts: dict[Account, int] = field(default_factory=dict)
    due: dict[int, dt.date] = field(default_factory=dict)
    #: shares by meeting and member: no more than were agreed
    bought: dict[tuple[int, int], int] = field(default_factory=dict)
    _moves: dict[str, tuple[Line, Moves]] = field(default_factory=dict)
    _undone: set[str] = field(default_factory=set)

    def of(self, name: str, member: int | None = None) -> int:
        return self.accounts.get((name, member), 0)

    def total(self, name: str) -> int:
        """All members' together."""
        return sum(value for (account, _member), value in self.accounts.items() if account == name)

    def debt(self, member: int) -> int:
        return self.of("loan", member) + self.of("charge", member)

    def members(self) -> list[int]:
        return sorted({member for _name, member in self.accounts if member is not None})

    def imbalance(self) -> int:
        """What the group holds less what it owes: nothing, always."""
        return sum(map(self.total, HELD)) - sum(map(self.total, OWED))

    def standing(self) -> list[Line]:
        """The lines that stand: neither undone nor an undoing."""
        return [line for key, (line, _moves) in self._moves.items() if key not in self._undone and not line.of]

    def enter(self, line: Line) -> None:
        """Add a line; raises Refused, and then nothing has changed."""
        moves = self._moves_of(line)
        after = {account: self.accounts.get(account, 0) + change for account, change in moves.items()}
        for (name, member), value in after.items():
            if value < 0 and name not in _MAY_FALL:
                raise Refused(_SHORT.get(name, "saved_less"), line, max(0, self.of(name, member)))
        self.accounts |= after
        self._note(line, moves)

    def _moves_of(self, line: Line) -> Moves:
        if line.id in self._moves or not line.id:
            raise Refused("known", line)
        if line.kind is Kind.CORRECTION:
            return self._undoing(line)
        if not 0 < line.amount <= MOST:
            raise Refused("amount", line, MOST)
        if line.kind in OF_A_MEMBER and line.member is None:
            raise Refused("member", line)
        self._require_agreed(line)
        return self._moved(line)

    def _undoing(self, line: Line) -> Moves:
        found = self._moves.get(line.of)
        if found is None or found[0].of or line.of in self._undone:
            raise Refused("no_such_line", line)
        if line.amount:
            raise Refused("amount", line)
        return {account: -change for account, change in found[1].items()}

    def _require_agreed(self, line: Line) -> None:
        """What the group agreed: whole shares, not too many, a loan at a time, and no more than her savings carry."""
        member = line.member or 0
        if line.kind is Kind.SHARE:
            if line.amount % self.terms.share_value:
                raise Refused("whole_shares", line, self.terms.share_value)
            left = self.terms.most_shares - self.bought.get((line.meeting, member), 0)
            if line.amount > left * self.terms.share_value:
                raise Refused("most_shares", line, left * self.terms.share_value)
        if line.kind is Kind.LOAN:
            if self.debt(member):
                raise Refused("has_loan", line)
            most = self.of("saved", member) * self.terms.loan_multiple // 10
            if line.amount > most:
                raise Refused("loan_most", line, most)

    def _moved(self, line: Line) -> Moves:
        """Both sides of a line, each by as much."""
        if line.kind is Kind.REPAYMENT:
            return self._repaid(line)
        brought = line.kind is Kind.OPENING and line.member is not None
        first, second = _BAG[line.fund] if line.kind in OF_A_FUND and not brought else _SIDES[line.kind]
        change = -line.amount if line.kind in _TAKES else line.amount
        return {
            _account(name, line): -change if name == "box" and line.kind is Kind.LOAN else change
            for name in (first, second)
        }

    def _repaid(self, line: Line) -> Moves:
        """What she pays goes to the charge first, then to the loan; more than she owes is refused."""
        charge = min(line.amount, self.of("charge", line.member))
        if line.amount > (owed := self.debt(line.member or 0)):
            raise Refused("owes_less", line, owed)
        parts = {("charge", line.member): -charge, ("loan", line.member): charge - line.amount}
        return {("box", None): line.amount, **{account: change for account, change in parts.items() if change}}

    def _note(self, line: Line, moves: Moves) -> None:
        self._moves[line.id] = line, moves
        told, sign = (self._moves[line.of][0], -1) if line.of else (line, 1)
        if line.of:
            self._undone.add(line.of)
        if told.member is None:
            return
        if told.kind is Kind.SHARE:
            key = told.meeting, told.member
            self.bought[key] = self.bought.get(key, 0) + sign * (told.amount // self.terms.share_value)
        if told.kind is Kind.LOAN and told.due and sign > 0:
            self.due[told.member] = told.due

    def past_due(self, on: dt.date) -> int:
        """What is left of loans that were to be paid back before a day."""
        return sum(self.of("loan", member) for member, day in self.due.items() if day < on)

    def told(self) -> dict[str, Any]:
        """The balances as a document; lines are not in it."""
        own = {
            str(member): {name: self.of(name, member) for name in ("saved", "loan", "charge") if self.of(name, member)}
            for member in self.members()
            if self.of("saved", member) or self.debt(member)
        }
        due = {str(member): day.isoformat() for member, day in sorted(self.due.items()) if self.of("loan", member)}
        return {**{name: self.of(name) for name in ("box", "social", "gain", "fund")}, "members": own, "due": due}

    @classmethod
    def carried(cls, terms: Terms, told: Mapping[str, Any]) -> "Book":
        """A book that goes on from the balances of a document."""
        accounts: dict[Account, int] = {(name, None): int(told[name]) for name in ("box", "social", "gain", "fund")}
        for number, own in told["members"].items():
            accounts |= {(name, int(number)): int(value) for name, value in own.items()}
        due = {int(number): dt.date.fromisoformat(day) for number, day in told["due"].items()}
        return cls(terms, accounts, due)


def _account(name: str, line: Line) -> Account:
    return name, line.member if name in _OWN else None


def replay(lines: Iterable[Line], terms: Terms, start: Mapping[str, Any] | None = None) -> Book:
    """The book after all lines, in their order; raises Refused at the first one that cannot stand."""
    book = Book.carried(terms, start) if start else Book(terms)
    for line in lines:
        book.enter(line)
    return book
