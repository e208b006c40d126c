"""The months ahead: what comes, what goes and what is left, each currency in its own column and none changed into another.

Only where she told a rate with its day does one more column put all together, marked as hers; what comes is then rounded down and
what goes rounded up, so that it promises nothing too much.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hamroh.kernel.budgets.plans import YEAR, Income, InKind, Month, Plan, Rate, Spending, later
from hamroh.kernel.budgets.schedules import schedule, set_aside

UNIT = 1_000_000  # millionths of a rate


@dataclass(frozen=True, slots=True)
class Line:
    """A month of a column. ``in_kind`` is what came otherwise than in money; it changes nothing of what is left."""

    month: Month
    came: int
    spent: int
    repaid: int
    put_aside: int
    in_kind: int
    left: int


@dataclass(frozen=True, slots=True)
class Column:
    """The months of a currency; ``by_rate`` says that others were put together with it by the rates that she told."""

    currency: str
    lines: tuple[Line, ...]
    by_rate: bool = False

    @property
    def short(self) -> Line | None:
        """The first month in which the money runs out."""
        return next((line for line in self.lines if line.left < 0), None)

    @property
    def least(self) -> Line:
        """The month in which least is left, the first of them."""
        return min(self.lines, key=lambda line: line.left)


Flows = tuple[int, int, int, int, int]  # came, spent, repaid, put aside, in kind


def outlook(plan: Plan, months: int = YEAR) -> tuple[Column, ...]:
    """A column for each currency of the plan, her own first, and last the one that puts all together by her rates, if it can."""
    flows = {currency: _flows(plan, currency, months) for currency in currencies(plan)}
    columns = [_column(plan, currency, found) for currency, found in flows.items()]
    rates = {rate.currency: rate for rate in plan.rates if rate.to == plan.main}
    others = [currency for currency in flows if currency != plan.main]
    if others and all(currency in rates for currency in others):
        changed = [_changed(found, rates.get(currency)) for currency, found in flows.items()]
        summed = [tuple(map(sum, zip(*of_month, strict=True))) for of_month in zip(*changed, strict=True)]
        columns.append(_column(plan, plan.main, summed, by_rate=True))  # type: ignore[arg-type]
    return tuple(columns)


def judged(columns: Iterable[Column], main: str) -> Column:
    """The column that says whether the money lasts: all together where there is one, else her own currency's."""
    found = list(columns)
    return next((each for each in found if each.by_rate), next(each for each in found if each.currency == main))


def currencies(plan: Plan) -> tuple[str, ...]:
    """Her own first, then the others in the order of their codes."""
    parts = (plan.incomes, plan.spendings, plan.in_kind, plan.debts, plan.goals)
    return plan.main, *sorted({each.currency for part in parts for each in part} - {plan.main})


def _column(plan: Plan, currency: str, flows: list[Flows], *, by_rate: bool = False) -> Column:
    left, lines = plan.cash if currency == plan.main else 0, []
    for number, (came, spent, repaid, aside, kind) in enumerate(flows):
        left += came - spent - repaid - aside
        lines.append(Line(later(plan.start, number), came, spent, repaid, aside, kind, left))
    return Column(currency, tuple(lines), by_rate)


def _flows(plan: Plan, currency: str, months: int) -> list[Flows]:
    """What flows in a currency, month by month."""
    start = plan.start
    came = [_coming(each, start, months) for each in plan.incomes if each.currency == currency]
    spent = [_going(each, start, months) for each in plan.spendings if each.currency == currency]
    kind = [_going(each, start, months) for each in plan.in_kind if each.currency == currency]
    debts = [schedule(each, start, months) for each in plan.debts if each.currency == currency]
    repaid = [[instalment.paid for instalment in each] for each in debts]
    aside = [list(set_aside(each, start, months)) for each in plan.goals if each.currency == currency]
    return list(zip(*(_summed(each, months) for each in (came, spent, repaid, aside, kind)), strict=True))


def _summed(rows: list[list[int]], months: int) -> list[int]:
    return [sum(of_month) for of_month in zip(*rows, strict=True)] if rows else [0] * months


def _coming(income: Income, start: Month, months: int) -> list[int]:
    """What was due so many months before; what was due before the plan begins is taken as come already."""
    if income.stopped:
        return [0] * months
    due = [income.amount if later(start, number)[1] in income.months else 0 for number in range(months)]
    return ([0] * income.late + due)[:months]


def _going(part: Spending | InKind, start: Month, months: int) -> list[int]:
    return [part.amount if later(start, number)[1] in part.months else 0 for number in range(months)]


def _changed(flows: list[Flows], rate: Rate | None) -> list[Flows]:
    if rate is None:
        return flows
    by = rate.millionths

    def down(amount: int) -> int:
        return amount * by // UNIT

    def up(amount: int) -> int:
        return -(-amount * by // UNIT)

    return [(down(came), up(spent), up(repaid), up(aside), down(kind)) for came, spent, repaid, aside, kind in flows]
