"""What a household tells of its money. Sums are whole hundredths of their own currency; a month is its year and its number."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

Month = tuple[int, int]
YEAR = 12
EVERY_MONTH = frozenset(range(1, YEAR + 1))


class Source(StrEnum):
    REMITTANCE = "remittance"
    WAGE = "wage"
    BENEFIT = "benefit"
    SALES = "sales"
    OTHER = "other"


class Envelope(StrEnum):
    FOOD = "food"
    HOME = "home"
    HEALTH = "health"
    SCHOOL = "school"
    CLOTHES = "clothes"
    TRAVEL = "travel"
    PHONE = "phone"
    FEASTS = "feasts"
    SAVINGS = "savings"
    OTHER = "other"


class Creditor(StrEnum):
    SHOP = "shop"
    FAMILY = "family"
    BANK = "bank"
    MICROLOAN = "microloan"
    LENDER = "lender"
    OTHER = "other"


class Aim(StrEnum):
    SCHOOL = "school"
    HEALTH = "health"
    REPAIR = "repair"
    ANIMAL = "animal"
    TOOLS = "tools"
    FEAST = "feast"
    RESERVE = "reserve"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Income:
    """Money that comes in the months of the year that ``months`` names; ``late`` is by how many months it comes after its time."""

    source: Source
    amount: int
    currency: str
    months: frozenset[int] = EVERY_MONTH
    stopped: bool = False
    late: int = 0


@dataclass(frozen=True, slots=True)
class Spending:
    envelope: Envelope
    amount: int
    currency: str
    months: frozenset[int] = EVERY_MONTH


@dataclass(frozen=True, slots=True)
class InKind:
    """What is grown or given and need not be bought, at what it is worth to her; it is never counted as money."""

    amount: int
    currency: str
    months: frozenset[int] = EVERY_MONTH


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt that is paid off month by month from ``first`` on; ``interest`` is in hundredths of a percent a month, of what is left."""

    creditor: Creditor
    owed: int
    currency: str
    instalment: int
    interest: int = 0
    first: Month = (1, 1)


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to save for until the end of a month."""

    aim: Aim
    amount: int
    currency: str
    by: Month
    saved: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency gave on a day, in millionths of a unit of another: told by her, not by us."""

    currency: str
    to: str
    millionths: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Plan:
    """A household's money from a month on; ``cash`` is what is in hand of the ``main`` currency when it begins."""

    start: Month
    main: str
    cash: int = 0
    incomes: tuple[Income, ...] = ()
    spendings: tuple[Spending, ...] = ()
    in_kind: tuple[InKind, ...] = ()
    debts: tuple[Debt, ...] = ()
    goals: tuple[Goal, ...] = ()
    rates: tuple[Rate, ...] = ()
    children: int = 0


def later(month: Month, by: int) -> Month:
    """The month so many months after another.

    >>> later((2026, 11), 3)
    (2027, 2)
    """
    year, number = divmod(month[0] * YEAR + month[1] - 1 + by, YEAR)
    return year, number + 1


def between(first: Month, last: Month) -> int:
    """How many months the second lies after the first.

    >>> between((2026, 11), (2027, 2))
    3
    """
    return (last[0] - first[0]) * YEAR + last[1] - first[1]
