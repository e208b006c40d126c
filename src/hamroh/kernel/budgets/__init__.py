"""A household's budget: months ahead, what if, what would help. Whole hundredths of each currency, and none changed into another.

No Django, no clock: the same plan is always answered alike. The page's own script reckons the same.
"""

from hamroh.kernel.budgets.advice import Advice, Help, a_month, advice
from hamroh.kernel.budgets.outlook import Column, Line, currencies, judged, outlook
from hamroh.kernel.budgets.plans import (
    EVERY_MONTH,
    YEAR,
    Aim,
    Creditor,
    Debt,
    Envelope,
    Goal,
    Income,
    InKind,
    Month,
    Plan,
    Rate,
    Source,
    Spending,
    between,
    later,
)
from hamroh.kernel.budgets.scenarios import AS_NOW, Scenario, What, supposed
from hamroh.kernel.budgets.schedules import Instalment, PaidOff, Saving, paid_off, saving, schedule, set_aside
from hamroh.kernel.budgets.thresholds import Compared, Measure, Threshold, compared, thresholds, without
from hamroh.kernel.budgets.workshops import LADDER, LEAST, Band, Shared, band_of, bands, released

__all__ = [
    "AS_NOW",
    "EVERY_MONTH",
    "LADDER",
    "LEAST",
    "YEAR",
    "Advice",
    "Aim",
    "Band",
    "Column",
    "Compared",
    "Creditor",
    "Debt",
    "Envelope",
    "Goal",
    "Help",
    "InKind",
    "Income",
    "Instalment",
    "Line",
    "Measure",
    "Month",
    "PaidOff",
    "Plan",
    "Rate",
    "Saving",
    "Scenario",
    "Shared",
    "Source",
    "Spending",
    "Threshold",
    "What",
    "a_month",
    "advice",
    "band_of",
    "bands",
    "between",
    "compared",
    "currencies",
    "judged",
    "later",
    "outlook",
    "paid_off",
    "released",
    "saving",
    "schedule",
    "set_aside",
    "supposed",
    "thresholds",
    "without",
]
