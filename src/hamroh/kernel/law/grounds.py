"""What a line of a sum rests on: a rule, a paper of the case, a choice where the law is silent, or what a lawyer assumes under her name.

Nothing becomes more certain by being assumed: an assumption has certainty C, and the name of who answers for it.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from hamroh.kernel.datafiles import rows
from hamroh.kernel.law.dates import PartialDate, moved
from hamroh.kernel.law.packs import Book, Role
from hamroh.kernel.law.reasons import Missing, Reason, phrase
from hamroh.kernel.law.rules import Certainty, InForce, Limit, Rule

SWITCHES = "law/switches.csv"
#: a figure of the average wage whose period ended longer ago is not that of the time of collection
FRESH_MONTHS = 12
_VALUE = re.compile(r"|\d{1,12}(\.\d{1,6})?|\d{1,4}/[1-9]\d{0,3}|[a-z_]+")


@dataclass(frozen=True, slots=True)
class Assumption:
    """What is assumed where a rule is C or absent, a value is not known or the law is silent.

    ``about`` is the id of a rule, a role or a switch; ``value`` what is taken for it. ``by`` is the lawyer who states it and ``article``
    the act and article she names: only with both may it stand in a document. ``first`` and ``last`` bound the days for which a value holds.
    """

    about: str
    value: str = ""
    by: str = ""
    article: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if not _VALUE.fullmatch(self.value):
            raise ValueError(f"{self.value!r} is neither a number from nought on nor a code")

    @property
    def stated(self) -> bool:
        """Whether somebody answers for it: a choice needs a name, anything else the article, too."""
        return bool(self.by and (self.article or self.about in switches()))

    def holds(self, day: dt.date) -> bool:
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True)
class Ground:
    """One thing that a line rests on. ``certainty`` is None for a paper of the case, which ``paper`` names."""

    about: str
    certainty: Certainty | None = None
    rule: Rule | None = None
    value: str = ""
    assumed: Assumption | None = None
    paper: str = ""

    @property
    def open(self) -> bool:
        """Whether it is C and nobody answers for it."""
        return self.certainty is Certainty.C and not (self.assumed and self.assumed.stated)

    def said(self, lang: str = "en") -> str:
        """The ground in words; a rule that nobody saw is said without its article, one that was changed with the name of its text."""
        said = self._reason(lang).said(lang)
        edition = self.rule.edition if self.rule else ""
        return Reason("edition", {"said": said, "edition": edition}).said(lang) if edition else said

    @property
    def names(self) -> Mapping[str, str]:
        """What the rule, the choice or the value is called, by language."""
        if self.rule:
            return self.rule.names
        return switches().get(self.about, {}).get(self.value) or phrase(f"role/{self.about}")

    def _reason(self, lang: str) -> Reason:
        if self.paper:
            return Reason("paper", {"paper": self.paper})
        name = self.names
        if self.assumed and self.assumed.stated:
            return self._stated(name, self.assumed)
        if self.rule and self.certainty is not Certainty.C:
            return Reason("rule", {"name": name, "cited": self.rule.cited(lang), "certainty": str(self.certainty)})
        seen_by_nobody = self.rule is not None and Limit.OURS not in self.rule.limits
        return Reason("unseen" if seen_by_nobody else "chosen", {"name": name})

    def _stated(self, name: Mapping[str, str], assumed: Assumption) -> Reason:
        """What somebody answers for: with its article, and its value where that is a number."""
        if self.about in switches() and not assumed.article:
            return Reason("chosen_by", {"name": name, "by": assumed.by})
        value = assumed.value if assumed.value[:1].isdigit() else ""
        said = ", ".join(filter(None, (assumed.article, value)))
        return Reason("stated", {"name": name, "by": assumed.by, "said": said})


@functools.cache
def switches() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The choices where the law is silent: by key and value the row of the table, with the words in each language."""
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in rows(SWITCHES):
        found.setdefault(row["key"], {})[row["value"]] = row
    return found


@dataclass(frozen=True)
class Footing:
    """What one reckoning stands on: the packs, the state, the day of the reckoning and what is assumed."""

    book: Book
    state: str
    on: dt.date
    assumptions: tuple[Assumption, ...] = ()

    def __post_init__(self) -> None:
        for each in self.assumptions:
            _check(self.book, each)
        for one, other in combinations(self.assumptions, 2):
            if one.about == other.about and _overlap(one, other):
                raise ValueError(f"two things are assumed about {one.about} for the same days")

    def assumed(self, about: str, day: dt.date | None = None) -> Assumption | None:
        """What is assumed about a rule, a role or a switch on a day."""
        return next((each for each in self.assumptions if each.about == about and each.holds(day or self.on)), None)

    def chosen(self, key: str) -> Ground:
        """The choice for a switch: the one that is assumed, else the usual one; Missing where there is none."""
        assumed = self.assumed(key)
        value = assumed.value if assumed else next((v for v, row in switches()[key].items() if row["default"]), None)
        if value is None:
            raise Missing(Reason(f"choose/{key}"))
        return Ground(key, Certainty.C, value=value, assumed=assumed)

    def rule(self, role: Role, day: dt.date, parameter: str = "") -> Ground:
        """The rule for a role on a day as a ground, its parameter as the value; Missing where neither rule nor assumption gives it."""
        rule = self.book.one(role, self.state, day)
        known = rule is not None and (not parameter or rule.knows(parameter))
        if rule and known and rule.certainty is not Certainty.C:
            _in_force(rule, day)
            return Ground(role, rule.certainty, rule, _text(rule, parameter))
        assumed = (self.assumed(rule.id, day) if rule else None) or self.assumed(role, day)
        if rule and known:
            value = (assumed.value if assumed else "") or _text(rule, parameter)
            return Ground(role, rule.certainty, rule, value, assumed)
        if assumed and (assumed.value or not parameter):
            return Ground(
                role, Certainty.C, rule, assumed.value, assumed
            )  # whatever the rule is: its number was not seen
        raise Missing(Reason("value_not_seen" if rule else "no_rule", _where(role, self.state)))

    def behind(self, role: Role) -> tuple[Ground, ...]:
        """The rule behind what a court has decided already: named where somebody saw it, and never in its way."""
        rule = self.book.one(role, self.state, self.on)
        return (Ground(role, rule.certainty, rule),) if rule and rule.certainty is not Certainty.C else ()

    def reference(self, role: Role, day: dt.date) -> Ground:
        """A reference value on a day (subsistence minimum, minimum wage); Missing where it is not known for that day."""
        for rule in self.book.of(role, self.state):
            if _dated(rule, day):
                return Ground(role, rule.certainty, rule, str(rule.parameters["value"]))
        assumed = self.assumed(role, day)
        if assumed and assumed.value:
            return Ground(role, Certainty.C, value=assumed.value, assumed=assumed)
        raise Missing(_unknown(role, day, self.state))

    def average_wage(self) -> tuple[Ground, ...]:
        """The average wage at the time of collection, and the choice of the figure; Missing where no fresh one is known."""
        assumed = self.assumed(Role.AVERAGE_WAGE)
        if assumed and assumed.value:
            return (Ground(Role.AVERAGE_WAGE, Certainty.C, value=assumed.value, assumed=assumed),)
        choice = self.chosen("average_wage_figure")
        known = [rule for rule in self.book.of(Role.AVERAGE_WAGE, self.state) if self._fits(rule, choice.value)]
        if not known:
            raise Missing(_unknown(Role.AVERAGE_WAGE, self.on, self.state))
        rule = max(known, key=lambda each: _period(each)[1])
        return Ground(Role.AVERAGE_WAGE, rule.certainty, rule, str(rule.parameters["value"])), choice

    def _fits(self, rule: Rule, figure: str) -> bool:
        """Whether a figure of the average wage is of the chosen kind, was published by the day of reckoning and is still fresh."""
        whole_year, last = _period(rule)
        published = rule.parameters.get("published", last + dt.timedelta(days=1))
        if not isinstance(published, dt.date) or published > self.on or not rule.knows("value"):
            return False
        if figure == "last_full_year":
            return whole_year and last.year == self.on.year - 1
        return figure == "latest_month" and not whole_year and moved(last, FRESH_MONTHS) >= self.on


def united(*grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Grounds of several lines, each once, in their order."""
    found: list[Ground] = []
    for each in (ground for some in grounds for ground in some):
        if each not in found:
            found.append(each)
    return tuple(found)


def _check(book: Book, assumed: Assumption) -> None:
    """ValueError where an assumption is about nothing, nobody answers for it, or it would stand in the place of what was seen."""
    if assumed.about in switches():
        if assumed.value not in switches()[assumed.about]:
            raise ValueError(f"{assumed.value!r} is no choice for {assumed.about}")
    elif rule := book.rules.get(assumed.about):
        if not stands(book, assumed):
            raise ValueError(f"{rule.id} is {rule.certainty}: the rule holds, nothing is assumed in its place")
    elif assumed.about not in set(Role):
        raise ValueError(f"{assumed.about!r} is no rule, no role and no choice")
    if assumed.about not in switches() and not assumed.stated:
        raise ValueError(
            "what is assumed about a rule or a figure needs the lawyer who states it and the article or source"
        )


def stands(book: Book, assumed: Assumption) -> bool:
    """Whether something may still be stated about what is assumed: no longer about a rule whose every text was seen, with its numbers."""
    texts = book.texts(assumed.about) if assumed.about in book.rules else ()
    return not texts or any(text.certainty is Certainty.C or None in text.parameters.values() for text in texts)


def _overlap(one: Assumption, other: Assumption) -> bool:
    return (one.first or dt.date.min) <= (other.last or dt.date.max) and (other.first or dt.date.min) <= (
        one.last or dt.date.max
    )


def _text(rule: Rule, parameter: str) -> str:
    return str(rule.parameters.get(parameter, "")) if parameter else ""


def _in_force(rule: Rule, day: dt.date) -> None:
    if rule.in_force(day) is not InForce.YES:
        raise Missing(Reason("not_sure_in_force", {"name": rule.names, "day": f"{day}"}))


def _dated(rule: Rule, day: dt.date) -> bool:
    """Whether a figure is known for a day: by its dates, or by the one period it was seen for."""
    if not rule.knows("value"):
        return False
    period = rule.parameters.get("period")
    if isinstance(period, PartialDate):
        return period.covers(day)
    return bool(rule.since) and rule.in_force(day) is InForce.YES


def _period(rule: Rule) -> tuple[bool, dt.date]:
    """Whether a figure is of a whole year, and the last day of its period."""
    period = rule.parameters["period"]
    assert isinstance(period, PartialDate)
    return period.whole_year, period.last


def _unknown(role: Role, day: dt.date, state: str) -> Reason:
    return Reason("figure_not_known", {**_where(role, state), "period": f"{day:%Y-%m}"})


def _where(role: Role, state: str) -> dict[str, Mapping[str, str]]:
    return {"role": phrase(f"role/{role}"), "state": phrase(f"state/{state}")}
