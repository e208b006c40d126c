"""What the page of a meeting says on a telephone, in the language in which it was taken along."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.groups.models import Attended
from hamroh.groups.wording import FUNDS, KINDS
from hamroh.kernel.savings import Fund, Kind


def words() -> str:
    """As a document for the page's script."""
    said = {**_frame(), **_meeting(), **_faults(), **{value: str(word) for value, word in Attended.choices}}
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def _frame() -> dict[str, str]:
    return {
        "title": pgettext("page", "Meeting"), "pin": _("PIN"), "open": pgettext("action", "Open"), "lock": pgettext("action", "Lock"),
        "back": pgettext("action", "Back"), "until": _("Here until %(day)s"), "forgot": _("I do not know the PIN any more"),
        "forgot_says": _("Nobody can open it without the PIN. Delete it here, and take the group along again at the desk. What was already closed and waits for a line is sent all the same."),
        "forget": _("Delete from this telephone"), "forget_sure": _("Delete everything of this group from this telephone? What was not sent is lost."),
        "nothing_here": _("No group is on this telephone. Take one along at the desk."), "wiped": _("Deleted. Nothing of the group is left on this telephone."),
        "called_back": _("This telephone was called back. Nothing of the group is left on it."), "unknown": _("The desk does not know this telephone. Sign in there and take the group along again; nothing is lost."),
        "waits": _("What was closed waits for a line. It is sent by itself when this page is open."), "sent": _("Sent. The desk has all of it, once."),
        "kept": _("Kept on this telephone, sealed."), "not_kept": _("This could not be kept. Is there room on the telephone?"),
        "other_window": _("The meeting is open in another window. Go on there."), "failed": _("It did not work. Try it again with a good line."),
    }  # fmt: skip


def _meeting() -> dict[str, str]:
    return {
        "meeting_n": _("Meeting %(n)s"), "which_day": _("On which day?"), "begin": _("Begin"), "attendance": _("Who came"),
        "savings": _("Savings"), "loans": _("Loans"), "others": _("Other money"), "decisions": _("Decisions"), "close": _("Close the meeting"),
        "closed": _("Closed"), "of": _("%(n)s of %(all)s"), "all_here": _("Everybody else is here"), "shares": str(KINDS[Kind.SHARE]),
        "shares_n": _("Shares: %(n)s"), "one_share": _("One share: %(price)s"), "fund": str(FUNDS[Fund.SOCIAL]), "repaid": str(KINDS[Kind.REPAYMENT]),
        "all_paid": _("Who is here paid %(price)s into the social fund"), "owes": _("She owes %(most)s."), "box": str(FUNDS[Fund.SAVINGS]),
        "social": str(FUNDS[Fund.SOCIAL]), "member": pgettext("group", "Member"), "whole_group": pgettext("group", "The whole group"),
        "nobody": pgettext("group", "Nobody"), "how_much": _("How much?"), "months": _("For how many months?"), "months_n": _("months: %(n)s"),
        "what": _("What was it?"), "which_bag": _("Which bag?"), "fine": str(KINDS[Kind.FINE]), "income": str(KINDS[Kind.INCOME]),
        "expense": str(KINDS[Kind.EXPENSE]), "withdrawal": str(KINDS[Kind.WITHDRAWAL]), "add": _("Add"), "remove": _("Remove"), "none": _("Nothing yet."),
        "decided": _("What was decided?"), "no_names": _("Name no person here."), "for": pgettext("vote", "For"), "against": pgettext("vote", "Against"),
        "abstained": pgettext("vote", "Abstained"), "takes_on": _("Who takes it on?"), "counted_box": _("Counted in the bag of savings"),
        "counted_social": _("Counted in the social fund"), "by_book": _("By the book: %(most)s"), "why_differs": _("If it differs from the book: why?"),
        "close_says": _("Count both bags together. What differs is written down beside the book; nothing is hidden."), "close_now": _("Close and send"),
    }  # fmt: skip


def _faults() -> dict[str, str]:
    return {
        "pin_wrong": _("This is not the PIN."), "pin_wait": _("Wait %(n)s seconds, then try again."), "amount_wrong": _("Write an amount like 250 or 12.50."),
        "owes_less": _("She owes less: %(most)s."), "has_loan": _("She has a loan that is not paid back."), "whose": _("Say whose it is."),
        "loan_most": _("More than the group agreed to lend on her savings: %(most)s."), "box_short": _("There is not so much in the bag: %(most)s."),
        "saved_less": _("She has not saved so much: %(most)s."), "months_wrong": _("Write a number from 1 to 24."),
        "write_something": _("Write what was decided."), "not_all_marked": _("Of %(n)s members it is not said whether they came."), "say_why": _("The bag and the book differ. Write why, as far as you know."),
    }  # fmt: skip
