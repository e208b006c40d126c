"""How the figures of a savings group's quarter are called, how each is reckoned, and what is missing for them."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hamroh.groups.wording import amount
from hamroh.kernel.savings.quarter import Figure, Lacking
from hamroh.web import dates

#: the figures of a quarter: what each is called, and how it is reckoned
FIGURES: dict[str, tuple[Any, Any]] = {
    "members": (_("Members"), _("Members on the last day of the quarter.")),
    "women": (_("Women"), _("Women among all members, in per cent.")),
    "meetings": (_("Meetings"), _("Meetings held in the quarter.")),
    "attendance": (_("Attendance"), _("Members who came, late ones too, among those who were expected, in per cent, over all meetings of the quarter.")),
    "left": (_("Drop-out"), _("Members who left since the cycle began, among those with whom it began, in per cent.")),
    "saved": (_("Savings"), _("What members saved in shares since the cycle began, less what they took back.")),
    "saved_each": (_("Savings per member"), _("Savings divided by members, rounded down.")),
    "borrowers": (_("Borrowers"), _("Members with a loan that is not paid back.")),
    "loans": (_("Loans outstanding"), _("What is left to be paid back of loans, without charges.")),
    "past_due": (_("Loans past due"), _("What is left of loans whose day has passed.")),
    "past_due_rate": (_("Share of loans past due"), _("Loans past due among loans outstanding, in per cent.")),
    "lent": (_("Savings at work"), _("Loans outstanding among what the bag of savings holds and has lent, in per cent.")),
    "cash": (_("Cash in the bag of savings"), _("By the book, after the last meeting of the quarter.")),
    "social": (_("Social fund"), _("By the book, after the last meeting of the quarter.")),
    "gain": (_("Gain"), _("Charges on loans, fines and other income of the bag of savings, less what was spent from it.")),
    "return": (_("Return on savings"), _("Gain divided by savings, in per cent, since the cycle began.")),
    "shared_out": (_("Shared out"), _("What members were paid out of the bag of savings when the cycle ended.")),
}  # fmt: skip


def lacking(each: Lacking) -> str:
    """What is missing for the figures of a quarter."""
    words = {
        "no_meeting": gettext("No meeting of this quarter is written down."),
        "no_member": gettext("No member is written down."),
        "open": gettext("Meeting %(number)s is not closed."),
        "attendance": gettext("Who came to meeting %(number)s is not written down."),
        "unsettled": gettext("What a telephone says of meeting %(number)s is not settled."),
        "sex": gettext("Of some members it is not said whether they are women or men: %(number)s."),
    }
    return words[each.code] % {"number": each.number}


def figure(each: Figure, currency: str) -> str:
    """A figure of a quarter as it is shown."""
    if each.value is None:
        return gettext("Nothing to divide by")
    if each.unit == "amount":
        return amount(int(each.value), currency)
    lang = get_language() or "en"
    if each.unit == "rate":
        return f"{dates.number(Decimal(each.value.numerator) / each.value.denominator, lang, 1)} %"
    return dates.number(Decimal(int(each.value)), lang, 0)
