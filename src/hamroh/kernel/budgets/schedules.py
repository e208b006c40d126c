"""How a debt is paid off and what a goal asks for each month, by rules that are said on the page.

The interest of a month is taken of what is left when it begins, rounded half up, from the month of the first instalment on; then the
instalment is paid, the last one being whatever is left. A debt that an instalment does not bring down never ends.
"""

from dataclasses import dataclass

from hamroh.kernel.budgets.plans import Debt, Goal, Month, between, later

WHOLE = 10_000  # hundredths of a percent
LONGEST = 600  # months that a debt is followed


@dataclass(frozen=True, slots=True)
class Instalment:
    month: Month
    interest: int
    paid: int
    left: int


@dataclass(frozen=True, slots=True)
class PaidOff:
    """``ends`` is the month of the last instalment, None for a debt that never ends so; ``interest`` is what is paid beside the debt."""

    ends: Month | None
    interest: int | None


@dataclass(frozen=True, slots=True)
class Saving:
    """What to put aside each month, in how many months; ``late`` says that its time is over already, so all is wanted now."""

    monthly: int
    months: int
    late: bool


def schedule(debt: Debt, start: Month, months: int) -> tuple[Instalment, ...]:
    """The instalments of so many months from ``start`` on, those of months before it not being counted."""
    left, found = debt.owed, []
    waits = max(0, between(start, debt.first))
    for number in range(months):
        counts = number >= waits
        interest = (left * debt.interest + WHOLE // 2) // WHOLE if counts else 0
        paid = min(debt.instalment, left + interest) if counts else 0
        left += interest - paid
        found.append(Instalment(later(start, number), interest, paid, left))
    return tuple(found)


def paid_off(debt: Debt, start: Month) -> PaidOff:
    """When the debt is over and what it costs beside what was borrowed."""
    if not debt.owed:
        return PaidOff(start, 0)
    if debt.instalment <= (debt.owed * debt.interest + WHOLE // 2) // WHOLE:
        return PaidOff(None, None)
    found = schedule(debt, start, LONGEST)
    last = next((each for each in found if each.left == 0), None)
    return PaidOff(last.month, sum(each.interest for each in found)) if last else PaidOff(None, None)


def saving(goal: Goal, start: Month) -> Saving:
    """What the goal asks for each month, this month and its own counted, rounded up to a hundredth."""
    months = between(start, goal.by) + 1
    left = max(0, goal.amount - goal.saved)
    return Saving(-(-left // max(1, months)), max(1, months), months < 1)


def set_aside(goal: Goal, start: Month, months: int) -> tuple[int, ...]:
    """What is put aside for it in each of so many months."""
    left, monthly, found = max(0, goal.amount - goal.saved), saving(goal, start).monthly, []
    for _number in range(months):
        found.append(min(monthly, left))
        left -= found[-1]
    return tuple(found)
