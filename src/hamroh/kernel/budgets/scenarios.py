"""What if: remittances halve, stop, or come late. Nothing else of the plan changes."""

from dataclasses import dataclass, replace
from enum import StrEnum

from hamroh.kernel.budgets.plans import Income, Plan, Source


class What(StrEnum):
    AS_NOW = "now"
    HALF = "half"
    STOPS = "stops"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Scenario:
    """``months`` is by how many months the money comes late; it says something of LATE alone."""

    what: What = What.AS_NOW
    months: int = 0


AS_NOW = Scenario()


def supposed(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as it would be then; a half is rounded down."""
    if scenario.what is What.AS_NOW:
        return plan
    incomes = (_changed(each, scenario) if each.source is Source.REMITTANCE else each for each in plan.incomes)
    return replace(plan, incomes=tuple(incomes))


def _changed(income: Income, scenario: Scenario) -> Income:
    if scenario.what is What.HALF:
        return replace(income, amount=income.amount // 2)
    if scenario.what is What.STOPS:
        return replace(income, stopped=True)
    return replace(income, late=income.late + scenario.months)
