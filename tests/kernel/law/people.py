"""Invented facts of the examples: short ways to say them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hamroh.kernel.law import (
    Amount,
    Assumption,
    Book,
    Child,
    Decision,
    Footing,
    Income,
    Money,
    Obligation,
    Payment,
    Role,
    Situation,
    load,
)
from hamroh.kernel.law.dates import PartialDate

CURRENCY = {"AZ": "AZN", "TJ": "TJS", "RU": "RUB"}
#: a lawyer who answers for what she states
LAWYER = "Zarina Davlatova"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def book_with(**changed: dict[str, object]) -> Book:
    """The book with the last rule for some roles of Azerbaijan changed; a change of its id adds one beside it."""
    book = load()
    roles = dict(book.roles)
    for name, changes in changed.items():
        role = Role(name)
        (*_others, rule) = book.of(role, "AZ")
        roles[role, "AZ"] = (
            (*book.of(role, "AZ"), replace(rule, **changes)) if "id" in changes else (replace(rule, **changes),)
        )
    return Book(book.rules, roles)


def span(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of ``2026-01``, ``2026-01..03``, ``2020..2025``, ``2026-01-15..31`` or ``2026-02-10``."""
    first, _dots, last = text.partition("..")
    if last and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return PartialDate.of(first).first, PartialDate.of(last or first).last


def share(text: str, **more) -> Decision:
    return Decision(Amount(share=Fraction(text)), paper=more.pop("paper", "judgment"), **more)


def fixed(text: str, **more) -> Decision:
    return Decision(Amount(fixed=Decimal(text)), paper="judgment", **more)


def wage(period: str, monthly: str, currency: str = "AZN") -> Income:
    return Income(*span(period), monthly=Money(Decimal(monthly), currency), paper="wage certificate")


def no_papers(period: str) -> Income:
    return Income(*span(period), situation=Situation.NO_PAPERS)


def obligation(state: str, *decisions: Decision, children: tuple[Child, ...] = (), incomes=(), **more) -> Obligation:
    return Obligation(state, CURRENCY[state], decisions, children, tuple(incomes), **more)


def footing(state: str, on: str, *assumptions: Assumption) -> Footing:
    return Footing(load(), state, day(on), assumptions)


def paid(on: str, amount: str, currency: str = "AZN", rate: str = "", **more) -> Payment:
    money = (
        Money(Decimal(amount), currency, Decimal(rate), day(on), "National Bank")
        if rate
        else Money(Decimal(amount), currency)
    )
    return Payment(day(on), money, paper=more.pop("paper", "bank slip"), **more)


def stated(about: str, value: str = "", article: str = "article 1", **more) -> Assumption:
    return Assumption(about, value, LAWYER, article, **more)
