"""The law that helps: rule packs as data, deadlines, and alimony arrears worked out line by line with their grounds.

Pure functions: no clock, no network. docs/reference/law.md says how a pack is written and how a sum is worked out.
"""

from hamroh.kernel.law.announced import Announced
from hamroh.kernel.law.arrears import Line, Month, Relieved, Sheet, arrears, grouped
from hamroh.kernel.law.audience import Audience, Showing, resting, shown
from hamroh.kernel.law.calendars import Calendar
from hamroh.kernel.law.changes import Change, Unfit, changed
from hamroh.kernel.law.deadlines import Deadline, deadline
from hamroh.kernel.law.grounds import Assumption, Footing, Ground, switches
from hamroh.kernel.law.money import Money
from hamroh.kernel.law.obligation import (
    Amount,
    Basis,
    Child,
    Decision,
    Income,
    Obligation,
    Payment,
    PaymentKind,
    Relief,
    Situation,
)
from hamroh.kernel.law.packs import Book, Role, load, read_book
from hamroh.kernel.law.penalty import PenaltyLine, penalty
from hamroh.kernel.law.reasons import Missing, Reason
from hamroh.kernel.law.routes import Route, route
from hamroh.kernel.law.rules import Act, Certainty, InForce, Limit, Rule, Source
from hamroh.kernel.law.windows import Window, before_claim, before_writ

__all__ = [
    "Act",
    "Amount",
    "Announced",
    "Assumption",
    "Audience",
    "Basis",
    "Book",
    "Calendar",
    "Certainty",
    "Change",
    "Child",
    "Deadline",
    "Decision",
    "Footing",
    "Ground",
    "InForce",
    "Income",
    "Limit",
    "Line",
    "Missing",
    "Money",
    "Month",
    "Obligation",
    "Payment",
    "PaymentKind",
    "PenaltyLine",
    "Reason",
    "Relief",
    "Relieved",
    "Role",
    "Route",
    "Rule",
    "Sheet",
    "Showing",
    "Situation",
    "Source",
    "Unfit",
    "Window",
    "arrears",
    "before_claim",
    "before_writ",
    "changed",
    "deadline",
    "grouped",
    "load",
    "penalty",
    "read_book",
    "resting",
    "route",
    "shown",
    "switches",
]
