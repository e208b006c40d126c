"""What would keep a household above water, each with its sum and whether it would be enough by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hamroh.kernel.budgets.outlook import Column, Line
from hamroh.kernel.budgets.plans import Plan, Source


class Help(StrEnum):
    """A way; SAVE_OR_EARN is a sum a month less spent or more earned, IN_HAND a sum kept from the beginning."""

    WAIT_WITH_GOALS = "goals"
    ASK_CREDITORS = "creditors"
    SAVE_OR_EARN = "month"
    IN_HAND = "hand"
    OTHER_MONEY = "other"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Advice:
    """``amount`` is in the column's currency; ``currency`` names another one in which money is left."""

    help: Help
    amount: int | None = None
    enough: bool = False
    currency: str = ""


def advice(plan: Plan, column: Column, others: tuple[Column, ...] = ()) -> tuple[Advice, ...]:
    """What would help where the money runs out; nothing where it lasts. ``plan`` is the one as it is supposed to be."""
    return tuple(_found(plan, column, others)) if column.short else ()


def _found(plan: Plan, column: Column, others: tuple[Column, ...]) -> Iterator[Advice]:
    for help_, of_line in ((Help.WAIT_WITH_GOALS, _aside), (Help.ASK_CREDITORS, _repaid)):
        amount = sum(of_line(line) for line in column.lines)
        if amount:
            yield Advice(help_, amount, _holds_without(column, of_line))
    yield Advice(Help.SAVE_OR_EARN, a_month(column), enough=True)
    yield Advice(Help.IN_HAND, -column.least.left, enough=True)
    for other in others:
        if other.currency != column.currency and not other.short and other.least.left > 0:
            yield Advice(Help.OTHER_MONEY, other.least.left, currency=other.currency)
    if any(each.stopped for each in plan.incomes if each.source is Source.REMITTANCE):
        yield Advice(Help.CLAIM)


def a_month(column: Column) -> int:
    """The least sum that, left over each month from the first one on, keeps every month at nought or above.

    It is what each month lacks, shared among the months up to it, the most of these, rounded up.
    """
    return max(0, *(-(line.left // number) for number, line in enumerate(column.lines, 1)))


def _holds_without(column: Column, of_line: Callable[[Line], int]) -> bool:
    kept = 0
    for line in column.lines:
        kept += of_line(line)
        if line.left + kept < 0:
            return False
    return True


def _aside(line: Line) -> int:
    return line.put_aside


def _repaid(line: Line) -> int:
    return line.repaid
