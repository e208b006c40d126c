"""What a form takes in is what the engine gets: nothing is lost, rounded or added on the way through JSON."""

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from cases_alimony import form_of
from hamroh.cases import alimony
from hamroh.cases.forms.alimony import FORMS, ManyPaid
from hamroh.cases.forms.numbers import Sum
from hamroh.kernel.law import (
    Amount,
    Assumption,
    Basis,
    Decision,
    Income,
    Money,
    Payment,
    PaymentKind,
    Relief,
    Role,
    Situation,
)
from hamroh.kernel.law.money import plain

DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2060, 12, 31))
SUMS = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)
RATES = st.decimals(Decimal("0.000001"), 1000, places=6, allow_nan=False, allow_infinity=False)
SHARES = (
    st.tuples(st.integers(1, 99), st.integers(1, 99))
    .filter(lambda pair: pair[0] <= pair[1])
    .map(lambda pair: Fraction(*pair))
)
WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=60)


def through(thing: str, typed: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What is typed, through the form, and through JSON as it is sealed."""
    part, told = form_of(thing, typed)
    data = {name: str(value) for name, value in told.items() if value is not None}
    form = FORMS[part](data, currency="AZN", state="AZ", **more)
    assert form.is_valid(), form.errors
    return dict(json.loads(json.dumps(form.facts)))


def of_money(money: Money) -> dict[str, Any]:
    rate = money.rate and plain(money.rate)
    return {
        "amount": plain(money.amount), "currency": money.currency, "rate": rate, "rate_date": money.rate_date,
        "rate_source": money.rate_source or None,
    }  # fmt: skip


@st.composite
def sums(draw: Any) -> Money:
    if draw(st.booleans()):
        return Money(draw(SUMS), "AZN")
    return Money(draw(SUMS), "RUB", draw(RATES), draw(DAYS), draw(WORDS))


@st.composite
def paid(draw: Any) -> Payment:
    kind, words = draw(st.sampled_from(PaymentKind)), st.just("") | WORDS
    return Payment(draw(DAYS), draw(sums()), kind, draw(words), draw(words), draw(st.none() | DAYS))


@given(paid())
def test_it_hands_on_a_payment_as_it_was_typed(payment):
    typed = {name: getattr(payment, name) for name in ("on", "kind", "paper", "valued_by", "sent")}
    assert alimony.payment_of(through("payment", typed | of_money(payment.sum))) == payment


@given(DAYS, st.integers(0, 4000), sums(), st.sampled_from(Situation), WORDS)
def test_it_hands_on_an_income_as_it_was_typed(first, days, money, situation, paper):
    last = min(first + dt.timedelta(days), dt.date(2090, 1, 1))
    known = situation is Situation.KNOWN
    income = Income(first, last, money if known else None, situation, paper)
    typed = {"first": first, "last": last, "situation": str(situation), "paper": paper, **of_money(money)}
    assert alimony.income_of(through("income", typed)) == income


@st.composite
def decided(draw: Any) -> tuple[str, Amount]:
    share, fixed, times = draw(SHARES), draw(SUMS), draw(RATES)
    counts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True))
    return draw(
        st.sampled_from(
            [
                ("share", Amount(share=share)), ("by_law", Amount(by_law=True)), ("fixed", Amount(fixed=fixed)),
                ("mixed", Amount(share=share, fixed=fixed)), ("multiple", Amount(times=times, unit=Role.MINIMUM_WAGE)),
                ("steps", Amount(steps=tuple((count, share) for count in counts))),
            ]
        )
    )  # fmt: skip


@given(decided(), st.sampled_from(Basis), WORDS, DAYS, st.none() | DAYS)
def test_it_hands_on_a_decision_as_it_was_typed(found, basis, paper, since, filed):
    way, amount = found
    typed = {
        "basis": str(basis), "paper": paper, "since": since, "filed": filed, "share": amount.share, "unit": amount.unit,
        "fixed": plain(amount.fixed) if amount.fixed is not None else None,
        "times": plain(amount.times) if amount.times else None,
        "steps": ", ".join(f"{count}: {share}" for count, share in amount.steps),
    }  # fmt: skip
    assert alimony.decision_of(through(f"decision-{way}", typed)) == Decision(amount, paper, since, filed, None, basis)


@given(DAYS, WORDS, SHARES)
def test_it_hands_on_relief_as_it_was_typed(on, paper, share):
    assert alimony.relief_of(through("relief", {"on": on, "paper": paper, "share": share})) == Relief(on, paper, share)


@given(RATES, WORDS, st.none() | DAYS)
def test_it_hands_on_what_a_lawyer_states(rate, article, first):
    typed = {"about": "penalty", "value": plain(rate), "article": article, "first": first}
    facts = through("assumption", typed) | {"by": "Z."}
    assert alimony.assumption_of(facts) == Assumption("penalty", plain(rate), "Z.", article, first)


class Asked(forms.Form):
    sum = Sum(places=6, required=False)


@given(st.text(max_size=24) | st.from_regex(r"\A[-+]?\d*[.,]?\d*(e\d+)?\Z"))
def test_it_reads_no_sum_that_the_engine_would_refuse(typed):
    form = Asked({"sum": typed})
    if form.is_valid() and form.cleaned_data["sum"]:
        assert Money(Decimal(form.cleaned_data["sum"]), "AZN").amount >= 0
    else:
        assert form.errors or not typed.strip()


@pytest.mark.parametrize("typed", ["+5", "5-", "٥٠", "1 000\N{NO-BREAK SPACE}000,5", "=5"])
def test_it_reads_digits_of_every_script_and_no_sign(typed):
    form = ManyPaid({"lines": f"2026-02-20 {typed.split()[0]} slip", "kind": "receipt"}, currency="TJS")
    assert form.is_valid() is (typed[0] in "٥1")


def test_it_names_each_line_that_is_wrong():
    form = ManyPaid(
        {"lines": "2026-02-20 300 slip\n\n2026-02-30 5\n2026-03-01 -5 x", "kind": "receipt"}, currency="TJS"
    )
    assert [words.partition(":")[0] for words in form.errors["lines"]] == ["Line 3", "Line 4"]
