"""What is known of an alimony obligation: decisions and what they fix, children, incomes, payments, relief. Facts only, each with its paper."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from hamroh.kernel.law.money import Money, check
from hamroh.kernel.law.packs import Role

#: values of which an amount may be a multiple
REFERENCES = (Role.MINIMUM_WAGE, Role.AVERAGE_WAGE, Role.SUBSISTENCE_CHILD)


class Basis(StrEnum):
    """By what the amount is fixed; a claim is not decided yet."""

    JUDGMENT = "judgment"
    AGREEMENT = "agreement"
    CLAIM = "claim"


class Situation(StrEnum):
    """What is known of the debtor's income."""

    KNOWN = "known"
    NO_PAPERS = "no_papers"
    NOT_WORKING = "not_working"


class PaymentKind(StrEnum):
    """How it was paid."""

    RECEIPT = "receipt"
    TRANSFER = "transfer"
    IN_KIND = "in_kind"


@dataclass(frozen=True, slots=True)
class Amount:
    """What is owed for a month: a share of income, a fixed sum, a multiple of a reference value, or several of these added up.

    ``share`` is what the writ says; ``steps`` are its own shares by number of children, as ``((3, 1/2), (2, 1/3))``; ``by_law`` takes the
    share of the article for the number of children. ``times`` counts the reference value ``unit`` (minimum wage, child's subsistence minimum).
    """

    share: Fraction | None = None
    steps: tuple[tuple[int, Fraction], ...] = ()
    by_law: bool = False
    fixed: Decimal | None = None
    times: Decimal | None = None
    unit: Role | None = None

    def __post_init__(self) -> None:
        shares = [share for share in (self.share, *(share for _count, share in self.steps)) if share is not None]
        if any(not 0 < share <= 1 for share in shares):
            raise ValueError("a share is more than nought and at most the whole")
        for number in (self.fixed, self.times):
            if number is not None:
                check(number)
        if (self.times is None) != (self.unit is None) or self.unit not in (None, *REFERENCES):
            raise ValueError("a multiple needs to say of which reference value")
        if not self.of_income and self.fixed is None and self.times is None:
            raise ValueError("nothing is owed: a share, a fixed sum or a multiple is expected")

    @property
    def of_income(self) -> bool:
        return self.share is not None or bool(self.steps) or self.by_law


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgment, order or agreement: what it fixes and its paper. ``since`` is the first day it names; without it the rule of the start
    (first decision: from filing) or the choice ``new_amount_from`` (later ones) says it."""

    amount: Amount
    paper: str
    since: dt.date | None = None
    filed: dt.date | None = None
    in_force: dt.date | None = None
    basis: Basis = Basis.JUDGMENT

    def __post_init__(self) -> None:
        if not self.paper:
            raise ValueError("a decision needs the paper it stands in")


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the obligation: born when, or entitled to which day for another reason (adopted, married), both as far as they matter."""

    born: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Income:
    """The debtor's income from one day to another, both in: so much a month by this paper, or why none is proved."""

    first: dt.date
    last: dt.date
    monthly: Money | None = None
    situation: Situation = Situation.KNOWN
    paper: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("an income ends before it begins")
        if (self.monthly is None) == (self.situation is Situation.KNOWN):
            raise ValueError("an income is known with its amount, or it says why there is none")
        if self.monthly is not None and not self.paper:
            raise ValueError("an income needs the paper that proves it")

    def covers(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid, when it came, and the slip or statement that says it was alimony; in kind with who accepted the value.

    Without a paper it is listed and not counted: nobody has said that it was alimony. ``sent`` is the day it was sent, where known.
    """

    on: dt.date
    sum: Money
    kind: PaymentKind = PaymentKind.RECEIPT
    paper: str = ""
    valued_by: str = ""
    sent: dt.date | None = None

    @property
    def counts(self) -> bool:
        return bool(self.paper) and (self.kind is not PaymentKind.IN_KIND or bool(self.valued_by))


@dataclass(frozen=True, slots=True)
class Relief:
    """A decision that forgives a part of the arrears: a share of them or a sum."""

    on: dt.date
    paper: str
    share: Fraction | None = None
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.amount is None) or not self.paper:
            raise ValueError("a relief is a share or a sum, with its paper")
        if self.amount is not None:
            check(self.amount)
        elif self.share is not None and not 0 <= self.share <= 1:
            raise ValueError("a relief forgives from nothing to everything")


@dataclass(frozen=True)
class Obligation:
    """An obligation in a state's law and currency: its decisions in order of time, the children, the incomes.

    ``due_day`` is the day of the month on which the writ says that alimony is due; ``last`` the last day of all, where one is fixed.
    """

    state: str
    currency: str
    decisions: tuple[Decision, ...]
    children: tuple[Child, ...] = ()
    incomes: tuple[Income, ...] = ()
    due_day: int | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if not self.decisions:
            raise ValueError("an obligation needs a decision, an agreement or a claim")
        if self.due_day is not None and not 1 <= self.due_day <= 31:
            raise ValueError("a month has no such day")
        ordered = sorted(self.incomes, key=lambda income: income.first)
        if any(a.last >= b.first for a, b in pairwise(ordered)):
            raise ValueError("two incomes overlap: add them up for those days")
