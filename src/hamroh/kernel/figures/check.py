"""Every rule over a profile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hamroh.kernel.figures.citing import check_citations
from hamroh.kernel.figures.courses import check_claims, check_jumps, check_periods, check_stale, compare_vintages
from hamroh.kernel.figures.estimates import (
    check_balances,
    check_conflicts,
    check_mirrors,
    check_subsets,
)
from hamroh.kernel.figures.model import Finding, Profile, Severity
from hamroh.kernel.figures.repeats import check_same_numbers
from hamroh.kernel.figures.shares import check_shares
from hamroh.kernel.figures.sums import check_breaks, check_coverage, check_sums, explain_sums
from hamroh.kernel.figures.writing import check_notation, check_privacy, check_ranges, check_signs, check_units

__all__ = ["RULES", "Rule", "compare_vintages", "examine"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, the weight of most of what it finds, its tolerance in words, and the function."""

    id: str
    severity: Severity
    tolerance: str
    check: Callable[[Profile], Iterator[Finding]]


RULES = (
    Rule(
        "SUM",
        Severity.ERROR,
        "half a step of the last digit for each number; none where persons are counted one by one",
        check_sums,
    ),
    Rule("EXPLAIN", Severity.INFO, "exact; at most three rows, or a known group of countries", explain_sums),
    Rule("BREAK", Severity.WARNING, "exact", check_breaks),
    Rule("COVERAGE", Severity.WARNING, "a tenth of the total", check_coverage),
    Rule("SHARE", Severity.ERROR, "a step of the last digit, and the rounding of the parts", check_shares),
    Rule("SIGN", Severity.ERROR, "none", check_signs),
    Rule("RANGE", Severity.ERROR, "none", check_ranges),
    Rule("UNIT", Severity.ERROR, "3 % over at least three periods", check_units),
    Rule("MIRROR", Severity.WARNING, "a tenth", check_mirrors),
    Rule("BALANCE", Severity.ERROR, "half a step of the last digit for each number", check_balances),
    Rule("SUBSET", Severity.WARNING, "none; up to a year apart", check_subsets),
    Rule("CONFLICT", Severity.WARNING, "a twentieth", check_conflicts),
    Rule("SAME-NUMBER", Severity.WARNING, "exact", check_same_numbers),
    Rule("TREND", Severity.ERROR, "none", check_claims),
    Rule("JUMP", Severity.WARNING, "two and a half times, from 150 on", check_jumps),
    Rule("PERIOD", Severity.WARNING, "none", check_periods),
    Rule("STALE", Severity.INFO, "a year", check_stale),
    Rule("CITE", Severity.ERROR, "two steps from who counted", check_citations),
    Rule("NOTATION", Severity.INFO, "none", check_notation),
    Rule("PII", Severity.ERROR, "none", check_privacy),
)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def examine(profile: Profile) -> list[Finding]:
    """What every rule finds, errors first; within a weight in the order of the rules and of the profile."""
    found = [finding for rule in RULES for finding in rule.check(profile)]
    return sorted(found, key=lambda each: _WEIGHT[each.severity])
