"""What was paid, in the currency of the obligation, and which months each payment covers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hamroh.kernel.law.dates import end_of, month_of
from hamroh.kernel.law.grounds import Footing, Ground, united
from hamroh.kernel.law.money import ZERO, rounded
from hamroh.kernel.law.obligation import Payment, PaymentKind
from hamroh.kernel.law.parts import converted
from hamroh.kernel.law.reasons import Missing, Reason, phrase


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as it counts: its working, its amount in the obligation's currency, and what it rests on.

    ``why_not`` says why it is not counted; its amount is nought then.
    """

    payment: Payment
    working: str
    amount: Decimal
    grounds: tuple[Ground, ...]
    why_not: Reason | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """So much of a payment goes to a month: ``on`` is the day it came, ``month`` the first day of the month."""

    on: dt.date
    month: dt.date
    amount: Decimal
    grounds: tuple[Ground, ...]


def counted(payments: Iterable[Payment], currency: str, footing: Footing) -> tuple[Paid, ...]:
    """The payments in order of their days, each in the obligation's currency; Missing lists every rate that is not known."""
    found: list[Paid] = []
    reasons: list[Reason] = []
    for payment in sorted(payments, key=lambda each: (each.on, each.sum.currency, each.sum.amount, each.paper)):
        try:
            found.append(_paid(payment, currency, footing))
        except Missing as missing:
            reasons += missing.reasons
    if reasons:
        raise Missing(*reasons)
    return tuple(found)


def _paid(payment: Payment, currency: str, footing: Footing) -> Paid:
    if not payment.counts:
        code = "not_valued" if payment.paper and payment.kind is PaymentKind.IN_KIND else "not_said_alimony"
        return Paid(payment, "", ZERO, (), Reason(code, {"day": f"{payment.on}"}))
    day_rule = _rate_day(payment, currency, footing)
    exact, working, grounds = converted(payment.sum, currency, footing, payment.on)
    paper = Ground("payment", paper=_paper(payment))
    return Paid(payment, f"− {working}", rounded(exact), united([paper], grounds, day_rule))


def _rate_day(payment: Payment, currency: str, footing: Footing) -> tuple[Ground, ...]:
    """The choice of the day of the rate; Missing where the rate given is of another day."""
    if payment.sum.currency == currency:
        return ()
    choice = footing.chosen("fx_rate_day")
    days = {"receipt": payment.on, "due": end_of(payment.on), "payment_sent": payment.sent}
    if payment.sum.rate_date != days[choice.value]:
        day = days[choice.value]
        said = f"{day}" if day else phrase("day_not_known")
        raise Missing(Reason("rate_not_known", {"currency": payment.sum.currency, "to": currency, "day": said}))
    return (choice,)


def _paper(payment: Payment) -> str:
    return f"{payment.paper} ({payment.valued_by})" if payment.valued_by else payment.paper


def covered(paid: Iterable[Paid], due: Mapping[dt.date, Decimal], footing: Footing) -> tuple[Cover, ...]:
    """Which months the payments cover: the oldest first, or the month of receipt first; what is left over covers nothing yet.

    Where a payment goes to another month than the one in which it came, the choice of the order is one of its grounds.
    """
    left, found = dict(due), []
    for each in paid:
        for month, amount in _spread(each, left, footing):
            left[month] -= amount
            order = () if month == month_of(each.payment.on) else (footing.chosen("payment_order"),)
            found.append(Cover(each.payment.on, month, amount, united(each.grounds, order)))
    return tuple(found)


def _spread(paid: Paid, left: Mapping[dt.date, Decimal], footing: Footing) -> Iterator[tuple[dt.date, Decimal]]:
    rest = paid.amount
    for month in _order(sorted(left), month_of(paid.payment.on), footing):
        amount = min(rest, left[month])
        if amount > 0:
            rest -= amount
            yield month, amount


def _order(months: Sequence[dt.date], own: dt.date, footing: Footing) -> Sequence[dt.date]:
    if footing.chosen("payment_order").value == "current_first" and own in months:
        return [own, *(month for month in months if month != own)]
    return months
