"""From what is told of an alimony matter to the facts of ``kernel.law``: one way, and nothing is added on it.

Facts of rows are JSON: days as ``2026-01-31``, sums and rates as decimals in text, shares as ``1/4``; what was left empty is not there.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.cases.models import AlimonyPart as Part
from hamroh.kernel.law import (
    Amount,
    Assumption,
    Basis,
    Book,
    Child,
    Decision,
    Footing,
    Ground,
    Income,
    Missing,
    Money,
    Obligation,
    Payment,
    PaymentKind,
    PenaltyLine,
    Reason,
    Relief,
    Role,
    Sheet,
    Situation,
    arrears,
    before_claim,
    before_writ,
    penalty,
)
from hamroh.kernel.law.grounds import stands


class Untold(Exception):
    """Something must be told before anything is worked out; the argument says what, for the reader."""


Facts = Mapping[str, Any]
CURRENCIES = {"TJ": "TJS", "AZ": "AZN"}
FAR = (dt.date.min, dt.date.max)


@dataclass(frozen=True)
class Told:
    """What is told of a matter by the law of ``state``, opened, by its part; children bring their day of birth as ``born``.

    ``shut`` says that something did not open: nothing is worked out then.
    """

    state: str
    today: dt.date
    book: Book
    parts: Mapping[str, Sequence[Facts]] = field(default_factory=dict)
    shut: bool = False

    def of(self, part: Part) -> Sequence[Facts]:
        return self.parts.get(part, ())

    def one(self, part: Part) -> Facts:
        """What is told once; empty where it is not yet."""
        return next(iter(self.of(part)), {})

    @property
    def currency(self) -> str:
        return str(self.one(Part.TERMS).get("currency") or CURRENCIES[self.state])

    @property
    def on(self) -> dt.date:
        """The day of the reckoning."""
        return day_of(self.one(Part.PERIOD), "on") or self.today


@dataclass(frozen=True)
class Reckoning:
    """A sheet with what it was worked out from; ``outside`` are payments before its time or after its day, ``no_penalty`` says why there is none."""

    obligation: Obligation
    footing: Footing
    sheet: Sheet
    outside: tuple[Payment, ...]
    penalty: tuple[PenaltyLine, ...]
    no_penalty: tuple[Reason, ...]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Everything that it rests on, each once, in the order of its lines."""
        found: dict[Ground, None] = dict.fromkeys(self.sheet.grounds)
        found |= dict.fromkeys(ground for line in self.penalty for ground in line.grounds)
        return tuple(found)


def day_of(facts: Facts, name: str) -> dt.date | None:
    return dt.date.fromisoformat(facts[name]) if facts.get(name) else None


def number_of(facts: Facts, name: str) -> Decimal | None:
    return Decimal(facts[name]) if facts.get(name) else None


def _share_of(facts: Facts, name: str) -> Fraction | None:
    return Fraction(facts[name]) if facts.get(name) else None


def _certain_day(facts: Facts, name: str) -> dt.date:
    return dt.date.fromisoformat(facts[name])


def money_of(facts: Facts) -> Money:
    return Money(
        Decimal(facts["amount"]), facts["currency"], number_of(facts, "rate"), day_of(facts, "rate_date"),
        facts.get("rate_source", ""),
    )  # fmt: skip


def amount_of(facts: Facts) -> Amount:
    """What a decision fixes: whatever of it was told."""
    steps = tuple((int(count), Fraction(share)) for count, share in facts.get("steps", ()))
    return Amount(
        share=_share_of(facts, "share"), steps=steps, by_law=bool(facts.get("by_law")), fixed=number_of(facts, "fixed"),
        times=number_of(facts, "times"), unit=Role(facts["unit"]) if facts.get("unit") else None,
    )  # fmt: skip


def decision_of(facts: Facts) -> Decision:
    return Decision(
        amount_of(facts), facts["paper"], since=day_of(facts, "since"), filed=day_of(facts, "filed"),
        in_force=day_of(facts, "in_force"), basis=Basis(facts["basis"]),
    )  # fmt: skip


def child_of(facts: Facts) -> Child:
    return Child(born=day_of(facts, "born"), last=day_of(facts, "last"))


def income_of(facts: Facts) -> Income:
    situation = Situation(facts["situation"])
    known = money_of(facts) if situation is Situation.KNOWN else None
    return Income(
        _certain_day(facts, "first"), _certain_day(facts, "last"), known, situation, facts.get("paper", "")
    )  # fmt: skip


def payment_of(facts: Facts) -> Payment:
    return Payment(
        _certain_day(facts, "on"), money_of(facts), PaymentKind(facts["kind"]), facts.get("paper", ""),
        facts.get("valued_by", ""), day_of(facts, "sent"),
    )  # fmt: skip


def relief_of(facts: Facts) -> Relief:
    return Relief(
        _certain_day(facts, "on"), facts["paper"], _share_of(facts, "share"), number_of(facts, "amount")
    )  # fmt: skip


def assumption_of(facts: Facts) -> Assumption:
    return Assumption(
        facts["about"], facts.get("value", ""), facts.get("by", ""), facts.get("article", ""), day_of(facts, "first"),
        day_of(facts, "last"),
    )  # fmt: skip


def clash(part: str, told: Sequence[Facts]) -> bool:
    """Whether two of these things are told for the same days, where only one can be so."""
    if part == Part.INCOME:
        return any(_overlap(one, other) for one, other in combinations(told, 2))
    if part in (Part.CHOICE, Part.ASSUMPTION):
        pairs = ((one, other) for one, other in combinations(told, 2) if one["about"] == other["about"])
        return any(_overlap(one, other) for one, other in pairs)
    return False


def _overlap(one: Facts, other: Facts) -> bool:
    spans = [(day_of(each, "first") or FAR[0], day_of(each, "last") or FAR[1]) for each in (one, other)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def obligation_of(told: Told) -> Obligation:
    """The obligation; Untold says what must be told before there is one."""
    if told.shut:
        raise Untold(_("Something that was entered does not open. Nothing is worked out, so that no sum is wrong."))
    if any(not (each.get("born") or each.get("last")) for each in told.of(Part.CHILD)):
        raise Untold(
            _("The birthday of a child is not known to the day. Write it on the child’s page, or the last day here.")
        )
    if not told.of(Part.DECISION):
        raise Untold(_("No decision, agreement or claim is entered yet: what is owed is not known."))
    terms = told.one(Part.TERMS)
    return Obligation(
        told.state, told.currency, tuple(map(decision_of, sorted(told.of(Part.DECISION), key=_begins))),
        tuple(map(child_of, told.of(Part.CHILD))), tuple(map(income_of, told.of(Part.INCOME))),
        int(terms["due_day"]) if terms.get("due_day") else None, day_of(terms, "last"),
    )  # fmt: skip


def _begins(facts: Facts) -> str:
    return str(facts.get("since") or facts.get("in_force") or facts.get("filed") or "")


def footing_of(told: Told) -> Footing:
    """What the reckoning stands on; what was stated of a rule that somebody has seen since is stated no more."""
    stated = map(assumption_of, (*told.of(Part.CHOICE), *told.of(Part.ASSUMPTION)))
    return Footing(told.book, told.state, told.on, tuple(each for each in stated if stands(told.book, each)))


def stated_no_more(told: Told) -> list[Assumption]:
    """What a lawyer stated of rules whose text was seen since."""
    return [each for each in map(assumption_of, told.of(Part.ASSUMPTION)) if not stands(told.book, each)]


def reckon(told: Told) -> Reckoning:
    """The sheet of everything that is told; Missing says, all at once, what the law does not know; Untold, what was not told."""
    duty, footing = obligation_of(told), footing_of(told)
    first, last, behind = _period(told, duty, footing)
    if first > last:
        raise Untold(_("The time that is worked out ends before it begins. Change it."))
    payments = tuple(map(payment_of, told.of(Part.PAYMENT)))
    within = [each for each in payments if first <= each.on <= told.on]
    reliefs = map(relief_of, told.of(Part.RELIEF))
    sheet = arrears(duty, footing, first, last, payments=within, reliefs=reliefs, behind=behind)
    lines, why_not = _penalty(told, duty, footing, sheet)
    outside = tuple(each for each in payments if each not in within)
    return Reckoning(duty, footing, sheet, outside, lines, why_not)


def _period(told: Told, duty: Obligation, footing: Footing) -> tuple[dt.date, dt.date, tuple[Ground, ...]]:
    """The first and last day that are worked out, and what a look-back rests on."""
    asked = told.one(Part.PERIOD)
    last = day_of(asked, "last")
    if asked.get("how") == "claim":
        window = before_claim(
            footing,
            _certain_day(asked, "claim"),
            took_steps=_known(asked, "took_steps"),
            evaded=_known(asked, "evaded"),
        )
        return window.first, last or window.last, window.grounds
    first = day_of(asked, "first") or _start(duty)
    if asked.get("how") == "writ":
        window = before_writ(footing, _certain_day(asked, "presented"), first, fault=_known(asked, "fault"))
        return window.first, last or window.last, window.grounds
    return first, last or told.on.replace(day=1) - dt.timedelta(days=1), ()


def _start(duty: Obligation) -> dt.date:
    first = duty.decisions[0]
    start = first.since or first.filed
    if start is None:
        raise Missing(Reason("start_not_known", {"paper": first.paper}))
    return start


def _known(facts: Facts, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(facts.get(name, ""))


def _penalty(
    told: Told, duty: Obligation, footing: Footing, sheet: Sheet
) -> tuple[tuple[PenaltyLine, ...], tuple[Reason, ...]]:
    fault = _known(told.one(Part.PERIOD), "fault")
    try:
        return penalty(duty, footing, sheet, told.on, fault=fault), ()
    except Missing as missing:
        return (), missing.reasons
