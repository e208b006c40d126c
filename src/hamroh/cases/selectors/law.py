"""Rules of law as staff see them: what a rule is called, where it stands, how certain it is, and whether it is to be read again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.cases import lawbook
from hamroh.kernel.datafiles import rows
from hamroh.kernel.law import Audience, Certainty, Limit, Rule, shown
from hamroh.kernel.law.rules import LANGS

#: what rules are about, by language
MATTERS = "law/matters.csv"


@dataclass(frozen=True)
class LawLine:
    """A rule beside an amount or a day. ``cited`` is empty where nobody saw the text: its article is not shown then."""

    rule: Rule
    cited: str
    to_verify: bool
    stale: bool

    @property
    def certainty(self) -> str:
        return str(self.rule.certainty)

    @property
    def told(self) -> str:
        """What it says in the reader's language, where that is not English and somebody wrote it."""
        return "" if _lang() == "en" else self.rule.told(_lang())


def law_line(rule: Rule, on: dt.date) -> LawLine:
    """A rule as it stands beside what rests on it."""
    unseen = rule.certainty is Certainty.C
    barred = bool(rule.limits & {Limit.CONTRADICTED, Limit.HEADING, Limit.REPEALED})
    return LawLine(rule, "" if unseen else rule.cited(_lang()), unseen or barred, rule.stale(on))


def law_lines(rules: Iterable[Rule], on: dt.date) -> list[LawLine]:
    """Rules as they stand beside what rests on them, each once."""
    return [law_line(rule, on) for rule in dict.fromkeys(rules)]


def rule_shown(*, actor: Any, code: str, on: dt.date) -> tuple[LawLine, list[str]]:
    """A rule with the marks that must stand beside it; Refused where there is none, or who asks works on no cases."""
    policy.require(actor, "case.list")
    rule = lawbook.book(on).rules.get(code)
    if rule is None:
        raise policy.Refused("no such rule")
    showing = shown(rule, Audience.STAFF, on)
    return law_line(rule, on), [reason.said(_lang()) for reason in showing.marks]


def rules_by_matter(*, actor: Any, state: str, on: dt.date) -> list[tuple[Any, list[LawLine]]]:
    """The rules of a state's pack in the order of the pack, by what they are about."""
    policy.require(actor, "case.list")
    found: dict[str, list[LawLine]] = {}
    for rule in lawbook.book(on).pack(state.lower()):
        found.setdefault(rule.matter, []).append(law_line(rule, on))
    named = {row["code"]: {lang: row[lang] for lang in LANGS} for row in rows(MATTERS)}
    return [(named[code], lines) for code, lines in found.items()]


def _lang() -> str:
    return get_language() or "en"
