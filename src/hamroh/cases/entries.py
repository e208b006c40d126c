"""What is told of an alimony matter as lines of a list: the thing itself, and its details beneath."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hamroh.cases.forms.alimony import STATED, Earned, Paid, Period
from hamroh.cases.forms.decisions import WAYS, Decided
from hamroh.cases.models import AlimonyPart as Part
from hamroh.cases.selectors.alimony import Entry
from hamroh.cases.sheets import breakable
from hamroh.kernel.law import Role, switches
from hamroh.kernel.law.reasons import phrase
from hamroh.web import dates

Facts = Mapping[str, Any]


def said(entry: Entry, lang: str) -> tuple[str, str]:
    """The words of an entry and its details."""
    if not entry.facts:
        return _("This cannot be shown: it was changed in the store. That was written down."), ""
    words, details = _WORDS[entry.row.part](entry, lang)
    return breakable(words), breakable(" · ".join(filter(None, details)))


def _day(facts: Facts, name: str, lang: str) -> str:
    return dates.day(dt.date.fromisoformat(facts[name]), lang) if facts.get(name) else ""


def _days(facts: Facts, lang: str) -> str:
    ends = [_day(facts, name, lang) for name in ("first", "last")]
    return " – ".join(end or "…" for end in ends) if any(ends) else ""


def _sum(facts: Facts, lang: str) -> str:
    return f"{dates.number(Decimal(facts['amount']), lang)} {facts['currency']}" if facts.get("amount") else ""


def _rate(facts: Facts, lang: str) -> str:
    if not facts.get("rate"):
        return ""
    return f"1 {facts['currency']} = {facts['rate']}, {_day(facts, 'rate_date', lang)}, {facts['rate_source']}"


def _label(form: Any, name: str, value: str) -> str:
    return str(dict(form.base_fields[name].choices).get(value, ""))


def _terms(entry: Entry, lang: str) -> tuple[str, list[str]]:
    due = _("due on day %(day)s of the month") % {"day": entry.facts["due_day"]} if entry.facts.get("due_day") else ""
    return entry.facts["currency"], [due, _day(entry.facts, "last", lang)]


def _period(entry: Entry, lang: str) -> tuple[str, list[str]]:
    facts = entry.facts
    days = [_day(facts, name, lang) for name in ("claim", "presented", "on")]
    return _label(Period, "how", facts.get("how", "")), [_days(facts, lang), *days]


def _child(entry: Entry, lang: str) -> tuple[str, list[str]]:
    born = _day(entry.facts, "born", lang) or _("birthday not known to the day")
    last = _day(entry.facts, "last", lang)
    return str(entry.name), [born, _("until %(day)s") % {"day": last} if last else ""]


def _decision(entry: Entry, lang: str) -> tuple[str, list[str]]:
    facts = entry.facts
    unit = phrase(f"role/{facts['unit']}")[lang] if facts.get("unit") else ""
    steps = ", ".join(f"{count}: {share}" for count, share in facts.get("steps", ()))
    what = [facts.get("share", ""), steps, facts.get("fixed", ""), facts.get("times", ""), unit]
    days = {name: _day(facts, name, lang) for name in ("since", "filed", "in_force")}
    since = [
        _("owed from %(day)s") % {"day": days["since"]} if days["since"] else "",
        _("filed on %(day)s") % {"day": days["filed"]} if days["filed"] else "",
        _("in force since %(day)s") % {"day": days["in_force"]} if days["in_force"] else "",
    ]
    words = f"{WAYS[facts['how']][0]}: {' '.join(filter(None, what))}".rstrip(": ")
    return words, [_label(Decided, "basis", facts["basis"]), facts["paper"], *since]


def _income(entry: Entry, lang: str) -> tuple[str, list[str]]:
    facts = entry.facts
    how = _sum(facts, lang) or _label(Earned, "situation", facts["situation"])
    return how, [_days(facts, lang), facts.get("paper", ""), _rate(facts, lang)]


def _payment(entry: Entry, lang: str) -> tuple[str, list[str]]:
    facts = entry.facts
    paper = facts.get("paper") or _("no slip: not counted")
    how = _label(Paid, "kind", facts["kind"])
    return _sum(facts, lang), [_day(facts, "on", lang), how, paper, facts.get("valued_by", ""), _rate(facts, lang)]


def _relief(entry: Entry, lang: str) -> tuple[str, list[str]]:
    facts = entry.facts
    return facts.get("share") or facts["amount"], [_day(facts, "on", lang), facts["paper"]]


def _choice(entry: Entry, lang: str) -> tuple[str, list[str]]:
    return switches()[entry.facts["about"]][entry.facts["value"]][lang], [entry.facts.get("by", "")]


def _assumption(entry: Entry, lang: str) -> tuple[str, list[str]]:
    facts = entry.facts
    value = facts.get("value", "") if STATED.get(Role(facts["about"])) else ""
    name = phrase(f"role/{facts['about']}")[lang]
    return f"{name}: {value}".rstrip(": "), [facts["article"], facts.get("by", ""), _days(facts, lang)]


_WORDS: dict[str, Callable[[Entry, str], tuple[str, list[str]]]] = {
    Part.TERMS: _terms, Part.PERIOD: _period, Part.CHILD: _child, Part.DECISION: _decision, Part.INCOME: _income,
    Part.PAYMENT: _payment, Part.RELIEF: _relief, Part.CHOICE: _choice, Part.ASSUMPTION: _assumption,
}  # fmt: skip
