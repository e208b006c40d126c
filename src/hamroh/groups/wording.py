"""How the room says amounts, kinds of lines, and why a line cannot stand."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from hamroh.kernel.savings import Fund, Kind, Line, Refused
from hamroh.web import dates

#: of every currency that groups here save in
MINOR = 100
KINDS: dict[str, Any] = {
    Kind.OPENING: pgettext_lazy("ledger", "Brought over"),
    Kind.SHARE: pgettext_lazy("ledger", "Shares"),
    Kind.FUND: pgettext_lazy("ledger", "Paid into the social fund"),
    Kind.LOAN: pgettext_lazy("ledger", "Loan"),
    Kind.CHARGE: pgettext_lazy("ledger", "Charge on a loan"),
    Kind.REPAYMENT: pgettext_lazy("ledger", "Paid back"),
    Kind.FINE: pgettext_lazy("ledger", "Fine"),
    Kind.INCOME: pgettext_lazy("ledger", "Money that came in"),
    Kind.EXPENSE: pgettext_lazy("ledger", "Money that was spent"),
    Kind.WITHDRAWAL: pgettext_lazy("ledger", "Savings taken back"),
    Kind.CORRECTION: pgettext_lazy("ledger", "Undone"),
}
FUNDS: dict[str, Any] = {
    Fund.SAVINGS: pgettext_lazy("ledger", "Bag of savings"),
    Fund.SOCIAL: pgettext_lazy("ledger", "Social fund"),
}


def decimal(minor: int) -> Decimal:
    return Decimal(minor) / MINOR


def amount(minor: int, currency: str = "") -> str:
    """An amount as people of the language write it."""
    said = dates.number(abs(decimal(minor)), get_language() or "en", 2)
    return f"{'−' if minor < 0 else ''}{said}{dates.NBSP}{currency}".strip()


def minor_of(value: Decimal | None) -> int:
    """Whole minor units of what a form took, which allows two places."""
    return int((value or Decimal(0)) * MINOR)


def kind(line: Line) -> str:
    """What a line does, with its bag where that is left open."""
    said = str(KINDS[line.kind])
    return f"{said} ({FUNDS[line.fund]})" if line.fund is Fund.SOCIAL else said


def about(kind_and_fund: str) -> str:
    """What two records differ in."""
    more = {
        "attendance": _("Who came"), "cash": _("What was counted"), "decision": _("Decision"), "held": _("Day of the meeting"),
        "agenda": _("Agenda"),
    }  # fmt: skip
    name, _colon, fund = kind_and_fund.partition(":")
    if name in more:
        return more[name]
    return f"{KINDS[name]} ({FUNDS[fund]})" if fund == Fund.SOCIAL else str(KINDS[name])


def refusal(refused: Refused, currency: str) -> str:
    """Why a line cannot stand, with the member's number and how much could."""
    most = amount(refused.most, currency)
    words = {
        "box_short": _("There is not so much in the bag of savings: %(most)s."),
        "social_short": _("There is not so much in the social fund: %(most)s."),
        "owes_less": _("She owes less: %(most)s."),
        "saved_less": _("She has not saved so much: %(most)s."),
        "whole_shares": _("Only whole shares are bought; one costs %(most)s."),
        "most_shares": _("More shares than were agreed for one meeting; up to %(most)s are left."),
        "has_loan": _("She has a loan that is not paid back."),
        "loan_most": _("More than the group agreed to lend on her savings: %(most)s."),
        "no_such_line": _("There is no such line, or it was undone already."),
    }
    said = words.get(refused.code, _("This amount cannot stand.")) % {"most": most}
    member = refused.line.member
    return f"№ {member}: {said}" if member is not None else said


def meeting_called(number: int, on: dt.date) -> str:
    """A meeting by its number and its day."""
    return _("Meeting %(number)s, %(day)s") % {"number": number, "day": dates.day(on, get_language() or "en")}


def plain(value: Fraction, places: int = 1) -> str:
    """A number in the form of the language, without noughts at its end."""
    said = f"{float(value):.{places}f}".rstrip("0").rstrip(".")
    return dates.number(Decimal(said), get_language() or "en")
