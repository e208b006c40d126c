"""What is owed on each day and why: the amount of a month as terms (income and share, fixed sum, multiple), stretch by stretch."""

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hamroh.kernel.law.dates import DAY, after, birthday, end_of, month_of, months
from hamroh.kernel.law.grounds import Footing, Ground, united
from hamroh.kernel.law.money import Money, plain
from hamroh.kernel.law.obligation import Amount, Basis, Child, Decision, Obligation
from hamroh.kernel.law.packs import Role
from hamroh.kernel.law.reasons import Missing, Reason

SHARES = ("share_1", "share_2", "share_3plus")


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a month's amount: its working as text and its exact value."""

    working: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one month on which the same is owed: nothing where there are no terms."""

    first: dt.date
    last: dt.date
    terms: tuple[Term, ...] = ()
    grounds: tuple[Ground, ...] = ()

    @property
    def monthly(self) -> Fraction:
        return sum((term.value for term in self.terms), Fraction(0))

    @property
    def working(self) -> str:
        return " + ".join(term.working for term in self.terms)


@dataclass(frozen=True)
class Reading:
    """An obligation read on a footing: from when each decision holds, to when each child is entitled, what is owed on a day."""

    obligation: Obligation
    footing: Footing

    @functools.cached_property
    def decisions(self) -> tuple[tuple[dt.date, Decision, tuple[Ground, ...]], ...]:
        """Each decision with the first day on which it holds, and why from then."""
        first, *later = self.obligation.decisions
        read = [(*self._start(first), first), *((*self._change(each), each) for each in later)]
        return tuple(sorted(((day, each, grounds) for day, grounds, each in read), key=lambda found: found[0]))

    @functools.cached_property
    def ends(self) -> tuple[dt.date, ...]:
        """For each child the first day on which nothing is owed for it; the last day of all where nothing is known."""
        return tuple(map(self._end, self.obligation.children))

    @functools.cached_property
    def edges(self) -> dict[dt.date, tuple[Ground, ...]]:
        """Days on which the amount may change, with what makes it so."""
        found = {day: grounds for day, _decision, grounds in self.decisions}
        for child, day in zip(self.obligation.children, self.ends, strict=True):
            found[day] = united(found.get(day, ()), self._why_end(child))
        return found

    def stretches(self, first: dt.date, last: dt.date) -> list[Stretch]:
        """The stretches of all months that the days touch, each whole; Missing lists everything that is not known."""
        found: list[Stretch] = []
        reasons: list[Reason] = []
        for day, until in self._cuts(first, last):
            try:
                _join(found, self._stretch(day, until))
            except Missing as missing:
                reasons += [reason for reason in missing.reasons if reason not in reasons]
        if reasons:
            raise Missing(*reasons)
        return self._with_edges(found)

    def _cuts(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
        """Days in stretches on which nothing can change."""
        begins = set(self.edges) | self._changes_of_law()
        for income in self.obligation.incomes:
            begins |= {income.first, after(income.last)}
        for assumed in self.footing.assumptions:
            begins |= {assumed.first or first, after(assumed.last or last)}
        if self.obligation.last:
            begins.add(after(self.obligation.last))
        for month in months(first, last):
            days = sorted({month, *(day for day in begins if month_of(day) == month)})
            yield from zip(days, [*(day - DAY for day in days[1:]), end_of(month)], strict=True)

    def _changes_of_law(self) -> set[dt.date]:
        """The days on which a rule of the state begins or has ended."""
        roles = self.footing.book.roles.items()
        rules = [rule for (_role, state), found in roles if state == self.footing.state for rule in found]
        begun = {rule.since.first for rule in rules if rule.since}
        return begun | {after(rule.until.last) for rule in rules if rule.until}

    def _with_edges(self, stretches: list[Stretch]) -> list[Stretch]:
        """The stretches, each with the grounds of its two ends where the amount changes there."""
        whole = [Stretch(dt.date.min, dt.date.min), *stretches, Stretch(dt.date.max, dt.date.max)]
        found = []
        for before, here, following in zip(whole, whole[1:], whole[2:], strict=False):
            begins = self.edges.get(here.first, ()) if before.terms != here.terms else ()
            ends = self.edges.get(here.last + DAY, ()) if following.terms != here.terms else ()
            found.append(replace(here, grounds=united(here.grounds, begins, ends)) if here.terms else here)
        return [each for each in found if each.terms]

    def _stretch(self, first: dt.date, last: dt.date) -> Stretch:
        """What is owed from one day to another of a month, between which nothing changes."""
        holding = [(day, decision) for day, decision, _grounds in self.decisions if day <= first]
        over = self.obligation.last is not None and first > self.obligation.last
        if not holding or over or (self.obligation.children and not self._count(first)):
            return Stretch(first, last)
        since, decision = holding[-1]
        read = list(self._terms(decision, since, first))
        grounds = united([Ground("decision", paper=decision.paper)], *(grounds for _term, grounds in read))
        return Stretch(first, last, tuple(term for term, _grounds in read), grounds)

    def _terms(self, decision: Decision, since: dt.date, day: dt.date) -> Iterator[tuple[Term, tuple[Ground, ...]]]:
        amount, law = decision.amount, decision.basis is not Basis.AGREEMENT
        if amount.of_income:
            share, of_share = self._share(amount, since, day)
            income, text, of_income = self._income(day)
            named = any(ground.about == Role.SHARES for ground in of_share)
            rule = self._rules(Role.SHARES, day) if law and not named else ()
            yield Term(f"{text} × {share}", income * share), united(rule, of_share, of_income)
        if amount.fixed is not None:
            yield Term(plain(amount.fixed), Fraction(amount.fixed)), self._rules(Role.FIXED, day) if law else ()
        if amount.times is not None and amount.unit is not None:
            value = self.footing.reference(amount.unit, day)
            self._same_currency(value)
            term = Term(_times(value.value, amount.times), Fraction(value.value) * Fraction(amount.times))
            rules = united(self._rules(Role.FIXED, day), self._follows(amount.unit, day)) if law else ()
            yield term, united(rules, [value])

    def _rules(self, role: Role, day: dt.date) -> tuple[Ground, ...]:
        """A rule that stands behind what the decision fixes."""
        return (self.footing.rule(role, day),)

    def _follows(self, unit: Role, day: dt.date) -> tuple[Ground, ...]:
        """The rule that lets a sum follow a reference value; Missing where the law names another value."""
        if unit is not Role.MINIMUM_WAGE:
            return self.footing.behind(Role.FLOOR)
        index = self.footing.rule(Role.INDEX, day, "index")
        if index.value != unit:
            raise Missing(Reason("other_index", {"name": index.names}))
        return (index,)

    def _share(self, amount: Amount, since: dt.date, day: dt.date) -> tuple[Fraction, tuple[Ground, ...]]:
        """The share of a day: of the article, of the writ's own steps, or of the writ as it stands."""
        count = self._count(day)
        if amount.by_law:
            return self._share_of_article(count, day)
        if amount.steps:
            return self._step(amount, count), ()
        assert amount.share is not None
        if count == self._count(since):  # nobody came of age under this decision
            return amount.share, ()
        choice = self.footing.chosen("share_after_majority")
        if choice.value != "steps_of_article":
            return amount.share, (choice,)
        share, grounds = self._share_of_article(count, day)
        return share, (choice, *grounds)

    def _step(self, amount: Amount, count: int | None) -> Fraction:
        if not count:
            raise Missing(Reason("children_not_known"))
        if count not in dict(amount.steps):
            raise Missing(Reason("no_step", {"count": str(count)}))
        return dict(amount.steps)[count]

    def _share_of_article(self, count: int | None, day: dt.date) -> tuple[Fraction, tuple[Ground, ...]]:
        if not count:
            raise Missing(Reason("children_not_known"))
        ground = self.footing.rule(Role.SHARES, day, SHARES[min(count, len(SHARES)) - 1])
        return Fraction(ground.value), (ground,)

    def _income(self, day: dt.date) -> tuple[Fraction, str, tuple[Ground, ...]]:
        """The monthly income of a day, its working, and what it rests on."""
        income = next((each for each in self.obligation.incomes if each.covers(day)), None)
        if income is None:
            raise Missing(Reason("income_not_stated", {"period": f"{day:%Y-%m}"}))
        if income.monthly is None:
            wage = self.footing.average_wage()
            self._same_currency(wage[0])
            rule = self.footing.rule(Role.UNPROVED_INCOME, day, "fallback_income")
            return Fraction(wage[0].value), wage[0].value, (rule, *wage)
        value, text, grounds = converted(income.monthly, self.obligation.currency, self.footing, day)
        return value, text, (Ground("income", paper=income.paper), *grounds)

    def _same_currency(self, figure: Ground) -> None:
        """Missing where a figure of a pack is in another currency than the obligation."""
        own = self.obligation.currency
        if figure.rule and figure.rule.parameters["currency"] != own:
            currency = str(figure.rule.parameters["currency"])
            raise Missing(Reason("figure_in_other_currency", {"name": figure.names, "currency": currency, "to": own}))

    def _count(self, day: dt.date) -> int | None:
        """How many children are entitled on a day; None where the obligation names none."""
        return sum(day < end for end in self.ends) if self.obligation.children else None

    def _end(self, child: Child) -> dt.date:
        if child.last is not None:
            return after(child.last)
        if child.born is None:
            return dt.date.max
        until = birthday(child.born, int(self.footing.rule(Role.END, child.born, "until_age").value))
        return until if self.footing.chosen("majority_from").value == "birthday" else until + DAY

    def _why_end(self, child: Child) -> tuple[Ground, ...]:
        if child.born is None or child.last is not None:
            return ()
        return self.footing.rule(Role.END, child.born, "until_age"), self.footing.chosen("majority_from")

    def _start(self, decision: Decision) -> tuple[dt.date, tuple[Ground, ...]]:
        """From when the first decision holds: the day it names, or by the rule of the start."""
        if decision.since:
            return decision.since, ()
        if not decision.filed:
            raise Missing(Reason("start_not_known", {"paper": decision.paper}))
        return decision.filed, (self.footing.rule(Role.START, decision.filed, "start"),)

    def _change(self, decision: Decision) -> tuple[dt.date, tuple[Ground, ...]]:
        """From when a later decision holds: the day it names, or by choice."""
        why = self.footing.behind(Role.CHANGE)
        if decision.since:
            return decision.since, why
        choice = self.footing.chosen("new_amount_from")
        day = decision.in_force if choice.value == "entry_into_force" else decision.filed
        if day is None:
            raise Missing(Reason("start_not_known", {"paper": decision.paper}))
        return day, (*why, choice)


def converted(sum_: Money, currency: str, footing: Footing, day: dt.date) -> tuple[Fraction, str, tuple[Ground, ...]]:
    """A sum in the currency of the obligation: exact, as working, and the rule and paper of the rate; Missing where there is no rate."""
    if sum_.currency == currency:
        return Fraction(sum_.amount), plain(sum_.amount), ()
    if sum_.rate is None or sum_.rate_date is None or not sum_.rate_source:
        raise Missing(Reason("rate_not_known", {"currency": sum_.currency, "to": currency, "day": f"{day}"}))
    rule = footing.rule(Role.EXCHANGE, day, "rate")
    rate = Ground(
        "rate", paper=f"{sum_.rate_source}, {sum_.rate_date}: 1 {sum_.currency} = {plain(sum_.rate)} {currency}"
    )
    return Fraction(sum_.amount) * Fraction(sum_.rate), f"{plain(sum_.amount)} × {plain(sum_.rate)}", (rule, rate)


def _times(value: str, times: Decimal) -> str:
    return value if times == 1 else f"{value} × {plain(times)}"


def _join(found: list[Stretch], new: Stretch) -> None:
    """Add a stretch; where it goes on as the one before it in the same month, the two are one."""
    last = found[-1] if found else None
    if last and last.terms == new.terms and month_of(last.first) == month_of(new.first):
        found[-1] = replace(last, last=new.last, grounds=united(last.grounds, new.grounds))
    else:
        found.append(new)
