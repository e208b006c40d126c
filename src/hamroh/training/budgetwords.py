"""Words of the household budget: what its fields are called, and what its answer says. The page's script is handed the same."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.kernel.budgets import Aim, Creditor, Envelope, Help, Shared, Source, What

SOURCES = {
    Source.REMITTANCE: _("Money sent from abroad"),
    Source.WAGE: _("Wage"),
    Source.BENEFIT: _("Pension or benefit"),
    Source.SALES: _("What you sell"),
    Source.OTHER: pgettext_lazy("money that comes in", "Other money"),
}
ENVELOPES = {
    Envelope.FOOD: pgettext_lazy("household budget", "Food"),
    Envelope.HOME: _("House, light, heating, water"),
    Envelope.HEALTH: _("Doctor and medicine"),
    Envelope.SCHOOL: pgettext_lazy("household budget", "School"),
    Envelope.CLOTHES: _("Clothes and shoes"),
    Envelope.TRAVEL: pgettext_lazy("household budget", "Travel"),
    Envelope.PHONE: pgettext_lazy("household budget", "Phone"),
    Envelope.FEASTS: _("Feasts and gifts"),
    Envelope.SAVINGS: _("Saved, for nothing set"),
    Envelope.OTHER: _("Other spending"),
}
#: a drawing beside the word
DRAWINGS = {
    Envelope.FOOD: "bowl", Envelope.HOME: "house", Envelope.HEALTH: "cross", Envelope.SCHOOL: "book",
    Envelope.CLOTHES: "shirt", Envelope.TRAVEL: "pin", Envelope.PHONE: "phone", Envelope.FEASTS: "people",
    Envelope.SAVINGS: "jar", Envelope.OTHER: "ring",
}  # fmt: skip
CREDITORS = {
    Creditor.SHOP: _("The shop, on credit"),
    Creditor.FAMILY: _("Relatives or neighbours"),
    Creditor.BANK: _("A bank"),
    Creditor.MICROLOAN: _("A microloan"),
    Creditor.LENDER: _("A moneylender"),
    Creditor.OTHER: pgettext_lazy("creditor", "Somebody else"),
}
AIMS = {
    Aim.SCHOOL: _("School things"),
    Aim.HEALTH: _("Treatment"),
    Aim.REPAIR: _("Repair of the house"),
    Aim.ANIMAL: _("A cow, sheep or hens"),
    Aim.TOOLS: _("Seed and tools"),
    Aim.FEAST: _("A feast"),
    Aim.RESERVE: _("For hard times"),
    Aim.OTHER: pgettext_lazy("to save for", "Something else"),
}
WHAT_IF = {
    What.AS_NOW: _("All goes on as now"),
    What.HALF: _("Only half of the money from abroad comes"),
    What.STOPS: _("No money comes from abroad any more"),
    What.LATE: _("The money from abroad comes late"),
}
#: what a workshop is told, each as a class
MEASURES = {
    Shared.CAME: _("Comes in a month"),
    Shared.SPENT: _("Goes in a month"),
    Shared.OWED: _("Debts in all"),
    Shared.ASIDE: _("Put aside in a month"),
}
#: what the answer says; sums, months and names are put in where %(…)s stands
SAID: dict[str, str | Promise] = {
    "lasts": _("The money lasts for all twelve months. Least is left in %(month)s: %(sum)s."),
    "short": _("The money runs out in %(month)s. Then %(sum)s are missing."),
    "late": _("The money from abroad comes late. Months: %(months)s"),
    "together": _("All together in %(money)s, by the rate that you wrote"),
    "apart": _("Each money stands by itself. We do not change one into another: write a rate if you have one."),
    "chart": _("What is left at the end of each month"),
    "month": _("Month"),
    "came": pgettext_lazy("household budget", "Comes"),
    "spent": pgettext_lazy("household budget", "Goes"),
    "repaid": pgettext_lazy("household budget", "Debts"),
    "aside": pgettext_lazy("household budget", "Put aside"),
    "left": pgettext_lazy("household budget", "Left"),
    "kind": _("In kind, not counted as money: %(sum)s in twelve months."),
    "help": _("What would help"),
    f"help_{Help.WAIT_WITH_GOALS}": _("Wait with what you save for: %(sum)s in twelve months."),
    f"help_{Help.ASK_CREDITORS}": _("Ask those whom you owe to wait: you pay back %(sum)s in twelve months."),
    f"help_{Help.SAVE_OR_EARN}": _("Spend %(sum)s less each month, or earn so much more."),
    f"help_{Help.IN_HAND}": _("Or have %(sum)s more in hand from the beginning."),
    f"help_{Help.OTHER_MONEY}": _("You have other money left: %(sum)s."),
    f"help_{Help.CLAIM}": _("The law may owe you money for the children. See what you are owed."),
    "enough": _("This alone is enough."),
    "part": _("This helps, but is not enough alone."),
    "envelopes": _("Your envelopes, in a month"),
    "envelope": _("For what"),
    "sum": _("How much"),
    "share": _("Of 100"),
    "debts": _("Your debts"),
    "ends": _("%(who)s: paid off in %(month)s. Interest in all: %(sum)s."),
    "never": _("%(who)s: it never ends so. What you pay does not cover the interest."),
    "goals": _("What you save for"),
    "goal": _("%(what)s: put aside %(sum)s each month until %(month)s."),
    "goal_late": _("%(what)s: its month is over. %(sum)s are needed now."),
    "lines": _("Beside lines of poverty that somebody stated"),
    "below": _("You have %(sum)s: less than %(line)s."),
    "above": _("You have %(sum)s: not less than %(line)s."),
    "per_child": _("So much for your children in a month."),
    "stated": _("Stated by: %(source)s"),
    "none_found": _("For Tajikistan we found no line of today with a source, so we show none."),
}
#: what is wrong with a field; the form says the same
FAULTS: dict[str, Any] = {
    "sum": _("Write a sum in numbers, like 1200 or 1200.50."),
    "months": _("Write months as numbers, like 9 or 4-10."),
    "month": _("Write the month and the year in numbers, like 5.2027."),
    "percent": _("Write a percentage in numbers, like 2 or 2.5."),
    "rate": _("Write the rate in numbers, like 0.12."),
    "day": _("Write the day in numbers, like 5.11.2026."),
    "both": _("Write the rate and its day."),
    "count": _("Write a number from 0 to 20."),
    "same": _("Choose another money than your own."),
}
